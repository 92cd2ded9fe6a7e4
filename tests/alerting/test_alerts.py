from datetime import date, timedelta

import pytest

from streams.alerting import Alerts, load_rules
from streams.alerting.variables import age_hours
from tests.factories import DAY, NOON, a_date, a_story, an_event

RULES = """\
rules:
  - id: talks
    version: 1
    title: Talks
    description: They spoke.
    when: type == "military_communication" && counts && severity >= 2
  - id: long-silence
    version: 1
    title: Talks after a long silence
    description: They had not spoken for a month.
    when: type == "military_communication" && attributes.gap_days > 30
"""


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    return load_rules(file)


def fired(rules, story):
    return [alert.rule.id for alert in Alerts(rules).on_story(story, now=NOON)]


def test_an_alert_says_what_why_and_by_which_evidence(rules):
    story = a_story(an_event(quote="they spoke for an hour"))
    [alert] = Alerts(rules).on_story(story, now=NOON)
    assert alert.summary == "USA held military talks with RUS."
    assert alert.condition == 'type == "military_communication" && counts && severity >= 2'
    assert {why.name: why.value for why in alert.why} == {
        "type": "military_communication",
        "counts": "true",
        "severity": "3",
    }
    assert alert.evidence[0].evidence.quote == "they spoke for an hour"
    assert (alert.status, alert.severity, alert.polarity) == ("occurred", 3, "deescalatory")
    assert alert.dedup_key == f"talks:{story.id}"
    assert alert.raised_at == NOON


def test_a_rule_fires_once_a_story_whatever_revisions_follow(rules):
    alerts = Alerts(rules)
    events = [an_event(article=f"a{number}", severity=3 + number) for number in range(3)]
    assert len(alerts.on_story(a_story(events[0]), now=NOON)) == 1
    assert alerts.on_story(a_story(*events), now=NOON) == []


def test_a_rule_fires_once_a_restored_alert_included(rules):
    story = a_story()
    [alert] = Alerts(rules).on_story(story, now=NOON)
    rebuilt = Alerts(rules)
    rebuilt.restore(alert)
    assert rebuilt.on_story(story, now=NOON) == []


def test_ids_do_not_depend_on_when_the_alert_is_raised(rules):
    story = a_story()
    [once] = Alerts(rules).on_story(story, now=NOON)
    [again] = Alerts(rules).on_story(story, now=NOON + timedelta(days=900))
    assert once.id == again.id


def test_a_new_version_of_a_rule_fires_anew(rules, tmp_path):
    file = tmp_path / "raised.yaml"
    file.write_text(RULES.replace("version: 1", "version: 2"))
    [before] = Alerts(rules).on_story(a_story(), now=NOON)
    [after] = Alerts(load_rules(file)).on_story(a_story(), now=NOON)
    assert before.id != after.id


def test_a_plan_fires_when_it_has_come_to_pass(rules):
    alerts = Alerts(rules)
    plan, deed = an_event(status="planned"), an_event(status="occurred", article="b")
    assert alerts.on_story(a_story(plan), now=NOON) == []
    assert [alert.rule.id for alert in alerts.on_story(a_story(plan, deed), now=NOON)] == ["talks"]


def test_a_condition_that_reads_an_absent_attribute_does_not_hold(rules):
    assert fired(rules, a_story(status="planned")) == []


def test_a_condition_that_reads_an_attribute_holds_when_it_is_met(rules):
    assert fired(rules, a_story(status="planned", attributes={"gap_days": 84})) == ["long-silence"]
    assert fired(rules, a_story(status="planned", attributes={"gap_days": 2})) == []


def test_an_attribute_of_another_kind_stops_nothing(rules):
    assert fired(rules, a_story(attributes={"gap_days": "some"})) == ["talks"]


@pytest.mark.parametrize(
    ("event_date", "hours"),
    [
        (a_date(DAY), 0),
        (a_date(DAY - timedelta(days=1)), 12),
        (a_date(DAY - timedelta(days=4)), 84),
        (a_date(date(2022, 5, 1), date(2022, 5, 31), "month"), 0),
        (a_date(DAY + timedelta(days=3)), 0),
    ],
)
def test_age_counts_from_the_end_of_the_day_to_the_first_report(event_date, hours):
    assert age_hours(a_story(event_date=event_date)) == pytest.approx(hours, abs=0.001)
