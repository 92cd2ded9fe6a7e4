"""A back-test gives the answer of the live path, whatever it passes over to be quick."""

from collections import Counter

import pytest
from prometheus_client import CollectorRegistry

from schemas import Alert, decode, encode
from schemas.topics import ALERTS, MATCHES, STORIES
from streams.alerting import Alerts, Surroundings, Windows, load_rules
from streams.metrics import Metrics
from streams.rehearsal import Rehearsal
from streams.rehearsal.backtest import begin, differences
from streams.rehearsal.peek import Peek
from streams.sources import Registry
from streams.stages import Correlate, InRecord, Judge, Warn
from streams.stories import Stories
from tests.stories.corpus import articles, read

RULES = """\
rules:
  - id: strikes
    version: 1
    title: Strikes
    description: Every strike.
    match: type == "air_missile_strike" && counts
  - id: storm
    version: 1
    title: Storm
    description: Many strikes.
    match: type == "air_missile_strike" && counts
    when:
      count: {over: 7d, at_least: 3}
    group_by: [dyad]
  - id: silent
    version: 1
    title: Silent
    description: No talks.
    match: type == "leader_communication" && counts
    when:
      absence: {for: 3d}
    group_by: [dyad]
"""
REGISTRY = Registry.load()


@pytest.fixture(scope="module")
def events():
    return read(articles()).events


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "rules.yaml"
    file.write_text(RULES)
    return load_rules(file)


def live(rules, events):
    """Return the alerts that the stages of a worker make of events, byte for byte as on the topics."""
    metrics = Metrics(CollectorRegistry())
    correlate = Correlate(Stories(REGISTRY.family), metrics)
    warn = Warn(Alerts(rules, Surroundings(REGISTRY)), metrics, partitions=4)
    judges = [Judge(Windows(rules), metrics) for _ in range(4)]
    sent = []
    for event in events:
        now = event.article.published_at
        for story in correlate.outputs(record(encode(event)), now):
            for out in warn.outputs(record(story.value), now):
                sent.append(out)
                if out.topic == MATCHES.name:
                    sent += judges[out.partition].outputs(record(out.value, out.partition), now)
    topics = {ALERTS.name, MATCHES.name, "tocsin.threads", "tocsin.contributions", STORIES.name}
    assert {out.topic for out in sent} <= topics
    return [decode(Alert, out.value) for out in sent if out.topic == ALERTS.name]


def record(value, partition=0):
    return InRecord("topic", partition, 0, 0.0, b"key", value, {})


def tried(rules, events):
    line = Rehearsal(rules, REGISTRY)
    return [alert for event in events for alert in line.add(event)]


def said(alerts):
    return Counter((alert.id, alert.msg_type, alert.rule.id) for alert in alerts)


def test_a_back_test_says_what_the_stages_of_a_worker_say(rules, events):
    by_clock = {"silent"}  # time alone raises these: a worker's clock is the machine's
    ours = [alert for alert in tried(rules, events) if alert.rule.id not in by_clock]
    theirs = [alert for alert in live(rules, events) if alert.rule.id not in by_clock]
    assert said(ours) == said(theirs)
    assert {alert.rule.id for alert in ours} == {"strikes", "storm"}


def test_the_starter_set_says_the_same_in_a_back_test_and_live(events):
    starters = load_rules()
    by_clock = {rule.id for rule in starters.of_kind("absence")}
    ours, theirs = tried(starters, events), live(starters, events)
    assert said(one for one in ours if one.rule.id not in by_clock) == said(theirs)


def begun(alerts):
    return {(alert.id, alert.rule.id) for alert in alerts if alert.msg_type == "Alert"}


def test_what_is_passed_over_begins_and_ends_no_thread(rules, events):
    """A near-copy of a text that was passed over is not known as one, so what is confirmed may differ."""
    peek = Peek([rules])
    kept = [event for event in events if not peek.passes_over(encode(event))]
    assert len(kept) < len(events) / 1.5
    assert begun(tried(rules, kept)) == begun(tried(rules, events))
    assert peek.days() == {event.article.published_at.date() for event in events}


def test_time_alone_raises_silences_as_history_goes_by(rules, events):
    silences = [alert for alert in tried(rules, events) if alert.rule.id == "silent"]
    assert {alert.raised_at.hour for alert in silences if alert.msg_type == "Alert"} == {0}


def test_only_the_days_that_are_asked_for_are_tried(rules, events):
    days = sorted({event.article.published_at.date() for event in events})
    peek = Peek([rules], first=days[3], last=days[9])
    for event in events:
        peek.passes_over(encode(event))
    assert (min(peek.days()), max(peek.days())) == (days[3], days[9])


def test_a_second_version_is_compared_alert_by_alert(rules, events, tmp_path):
    file = tmp_path / "stricter.yaml"
    file.write_text(RULES.replace("&& counts", '&& counts && "RUS" in parties', 1))
    stricter = load_rules(file)
    trials = []
    for each in (stricter, rules):
        trial = begin(each)
        trial.take(tried(each, events))
        trials.append(trial)
    [strikes] = [one for one in differences(*trials) if one.rule == "strikes"]
    assert (len(strikes.more), strikes.same) == (0, len(trials[0].rules["strikes"].about))
    assert len(strikes.less) == len(trials[1].rules["strikes"].about) - strikes.same > 0


def test_noise_is_estimated_by_what_became_of_the_alerts(rules, events):
    trial = begin(rules)
    trial.take(tried(rules, events))
    noise = trial.rules["strikes"].noise()
    assert set(noise) == {"never confirmed", "one origin", "low confidence", "cancelled later"}
    assert all(0 <= share <= 1 for share in noise.values())
    assert sum(trial.per_day().values()) == sum(one.messages["Alert"] for one in trial.rules.values())
