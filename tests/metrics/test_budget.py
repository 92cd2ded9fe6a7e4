"""What floods in from outside makes no more time series than docs/metrics.md promises."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry

from schemas import Outcome, Polarity, Reason, Status, Verdict
from streams.metrics import Metrics
from streams.sources import Registry
from streams.sources.source import Source
from streams.tension import Dyads
from streams.tension.watch import MOST_DYADS
from tests.factories import NOON, an_event
from tests.pipeline.articles import an_article
from tests.tension.contributions import a_contribution, days, watched

ENDLESS = 1200
CHANNELS = ("military_communication", "leader_communication", "negotiation")


@pytest.fixture(scope="module")
def flooded(tmp_path_factory):
    """What a process exports that everything with a name of its own choosing went through."""
    metrics = Metrics(CollectorRegistry())
    metrics.articles.know(Registry([_source(number) for number in range(ENDLESS)]))
    for number in range(ENDLESS):
        _articles(metrics, number)
        _events(metrics, number)
        _alerts(metrics, number)
        _flow(metrics, number)
        _delivery(metrics, number)
    metrics.delivery.judged({}, {("rule", f"rule-{number}"): 0.5 for number in range(ENDLESS)})
    _dyads(metrics, tmp_path_factory.mktemp("watch"))
    return metrics


def _source(number):
    return Source(
        id=f"source-{number}", name="They", langs=["en"], kind="online", tier=3, expected_interval=900
    )


def _articles(metrics, number):
    metrics.articles.received(an_article(source=f"source-{number}"), NOON)
    metrics.articles.heard(f"source-{number}", 1000.0)
    metrics.articles.tagged(f"outcome-{number}", f"l{number}", f"source-{number}", 2)
    metrics.articles.dropped(f"stage-{number}", f"reason-{number}")
    metrics.articles.candidates_dropped({f"reason-{number}": 1})


def _events(metrics, number):
    for status in Status:
        for polarity in Polarity:
            changes = {"type": f"type-{number}", "family": f"family-{number}"} if number % 2 else {}
            event = an_event(status=status.value, polarity=polarity).model_copy(update=changes)
            metrics.events.emitted(event)
            story = SimpleNamespace(
                type=event.type,
                family=event.family,
                status=status,
                polarity=polarity,
                severity=5.0,
                revision=1,
                novelty=f"novelty-{number}",
                origins=number,
                reports=[],
                backfill=False,
            )
            metrics.events.told(story)
            metrics.stories.emitted(story)
    metrics.stories.merged(story, "article")
    metrics.stories.told_after(1.0)
    metrics.stories.holds(number, 1, 1)
    metrics.stories.let_go(f"reason-{number}", 1)


def _alerts(metrics, number):
    for msg_type in ("Alert", "Update", "Cancel", "Else"):
        metrics.alerts.emitted(SimpleNamespace(rule=SimpleNamespace(id=f"rule-{number}"), msg_type=msg_type))
    metrics.alerts.raised_after(1.0)
    metrics.alerts.withheld(f"reason-{number}", 1)
    metrics.alerts.matches(number, 1, {f"why-{number % 20}": 1})


def _flow(metrics, number):
    for reason in (*Reason, "else"):
        metrics.flow.failed(SimpleNamespace(stage=f"stage-{number}", reason=reason))
    metrics.flow.passed_over(f"stage-{number}", f"reason-{number}")
    with metrics.flow.timed(f"stage-{number}"):
        pass
    for topic in ("tocsin.articles", "tocsin.events", f"topic-{number}"):
        metrics.flow.waits(topic, number, 1)
        metrics.flow.committed(topic, number, 1.0)


def _delivery(metrics, number):
    brief = SimpleNamespace(rule=f"rule-{number}", raised_at=NOON)
    for outcome in Outcome:
        delivery = SimpleNamespace(receiver=f"r-{number}", outcome=outcome, brief=brief, done_at=NOON)
        metrics.delivery.delivered(delivery)
    metrics.delivery.attempted(f"r-{number}", f"answer-{number}")
    metrics.delivery.waits(f"r-{number}", queued=1, held=1)


def _dyads(metrics, folder):
    pairs = [(f"A{number:02d}", f"B{number:02d}") for number in range(MOST_DYADS)]
    listed = "".join(f"  - {{id: {one}-{other}, title: They}}\n" for one, other in pairs)
    dyads = Dyads(watched(folder, f"dyads:\n{listed}"))
    flood = [
        a_contribution(type_, sides, (), day, id=f"{type_}-{sides}-{day}", object=f"line {day}")
        for sides in pairs
        for day in days(60)[::15]
        for type_ in (*CHANNELS, "communication_refused", "communication_channel_opened")
    ]
    flood += [
        a_contribution(day=day, actors=sides[:1], targets=sides[1:], origins=1 + at % 3, id=f"{at}-{sides}")
        for sides in pairs[:3]
        for at, day in enumerate(days(60))
    ]
    flood += [a_contribution(actors=(f"X{at}",), targets=(f"Y{at}",), id=f"x{at}") for at in range(500)]
    for contribution in flood:
        metrics.dyads.weighed(dyads.add(contribution), dyads)


def test_no_metric_makes_more_series_than_its_budget(flooded):
    made = _series(flooded)
    over = {
        one.name: (made[_family(one.name)], one.most)
        for one in flooded.make.made
        if made[_family(one.name)] > one.most
    }
    assert over == {}


def test_the_flood_reaches_every_metric(flooded):
    made = _series(flooded)
    assert [one.name for one in flooded.make.made if not made[_family(one.name)]] == []


def test_all_of_it_together_is_less_than_twenty_thousand_series(flooded):
    assert sum(_series(flooded).values()) <= sum(one.most for one in flooded.make.made) < 20_000


def test_every_verdict_has_room(flooded):
    assert _series(flooded)["tocsin_feedback_held"] == len(Verdict)


def _series(metrics) -> Counter[str]:
    return Counter(
        {
            family.name: len(family.samples)
            for family in metrics.registry.collect()
            if family.name.startswith("tocsin_")
        }
    )


def _family(name: str) -> str:
    return name.removesuffix("_total").removesuffix("_info")
