from datetime import date, timedelta

import pytest

from schemas import Place, Status, Withdrawal
from streams.alerting import Alerts, load_rules
from streams.alerting.variables import age_hours
from streams.stories import Stories
from tests.factories import DAY, NOON, a_date, a_story, an_event

RULES = """\
rules:
  - id: talks
    version: 1
    title: Talks
    description: They spoke.
    match: type == "military_communication" && counts && severity >= 2
  - id: long-silence
    version: 1
    title: Talks after a long silence
    description: They had not spoken for a month.
    match: type == "military_communication" && attributes.gap_days > 30
"""


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    return load_rules(file)


def fired(rules, story):
    return [alert.rule.id for alert in Alerts(rules).on_story(story, now=NOON).alerts]


def test_an_alert_says_what_why_and_by_which_evidence(rules):
    story = a_story(an_event(quote="they spoke for an hour"))
    [alert] = Alerts(rules).on_story(story, now=NOON).alerts
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


def told(rules, *revisions):
    """Return what is said of a story over its revisions, as (kind, confirmed, what changed)."""
    alerts = Alerts(rules)
    said = [alert for story in revisions for alert in alerts.on_story(story, now=NOON).alerts]
    return [(one.msg_type, one.confirmed, [change.field for change in one.changes]) for one in said]


def revisions(*events):
    stories = Stories(family=str)
    return [story for event in events if (story := stories.add(event))]


def reports(*sources, **same):
    return [an_event(article=f"a-{source}", source=source, **same) for source in sources]


def test_a_story_that_is_told_again_fires_no_second_alert(rules):
    same = reports("one", "two", "three", origin_hint="afp")
    assert told(rules, *revisions(*same)) == [("Alert", False, [])]


def test_the_first_origin_alerts_unconfirmed_and_the_second_confirms(rules):
    story = revisions(*reports("one", "two", "three"))
    assert told(rules, *story) == [("Alert", False, []), ("Update", True, ["confirmed"])]


def test_what_is_known_from_two_origins_at_once_is_confirmed_at_once(rules):
    assert told(rules, a_story(*reports("one", "two"))) == [("Alert", True, [])]


def test_a_story_that_gets_worse_is_an_update_of_its_alert(rules):
    graver = [an_event(article=f"a{number}", severity=3 + number) for number in range(3)]
    worse = ("Update", False, ["severity"])
    assert told(rules, *revisions(*graver)) == [("Alert", False, []), worse, worse]


def test_a_toll_that_rises_is_an_update_and_one_that_falls_is_none(rules):
    story = a_story(attributes={"killed": 3})
    tolls = [
        story.model_copy(update={"revision": at, "attributes": {"killed": killed}})
        for at, killed in enumerate((3, 7, 5), 1)
    ]
    assert told(rules, *tolls) == [("Alert", False, []), ("Update", False, ["killed"])]


def test_a_plan_that_is_denied_is_an_update_though_the_rule_no_longer_holds(tmp_path):
    file = tmp_path / "plans.yaml"
    file.write_text(RULES.replace("counts", '(counts || status == "planned")'))
    plan = a_story(status="planned")
    denied = plan.model_copy(update={"revision": 2, "status": Status.DENIED})
    assert told(load_rules(file), plan, denied) == [("Alert", False, []), ("Update", False, ["status"])]


def test_a_story_taken_back_cancels_its_alert_once_and_one_told_anew_says_so(rules):
    stories = Stories(family=str)
    first = stories.add(an_event())
    back = Withdrawal(id="w", article="article-1", reason="retracted", withdrawn_at=NOON)
    [gone] = stories.withdraw(back)
    anew = stories.add(an_event(article="a2", source="two"))
    assert told(rules, first, gone, gone, anew) == [
        ("Alert", False, []),
        ("Cancel", False, ["cancelled"]),
        ("Update", False, ["cancelled"]),
    ]


def test_a_thread_is_held_together_by_its_first_alert(rules):
    alerts, story = Alerts(rules), revisions(*reports("one", "two"))
    gone = story[1].model_copy(update={"revision": 3, "cancelled": True})
    first, update, cancel = (alerts.on_story(one, now=NOON).alerts[0] for one in (*story, gone))
    assert (first.references, update.references, cancel.references) == ([], [first.id], [first.id])
    assert (first.supersedes, update.supersedes, cancel.supersedes) == (None, first.id, update.id)
    assert [one.revision for one in (first, update, cancel)] == [1, 2, 3]
    assert len({one.dedup_key for one in (first, update, cancel)}) == 1


def test_a_revision_that_comes_again_says_nothing_again(rules):
    first, second = revisions(*reports("one", "two"))
    assert len(told(rules, first, second, first, second)) == 2


def test_a_worker_that_starts_anew_goes_on_where_the_thread_was(rules):
    first, second = revisions(*reports("one", "two"))
    before, after = Alerts(rules), Alerts(rules)
    raised = before.on_story(first, now=NOON)
    [update] = before.on_story(second, now=NOON).alerts
    for thread in raised.threads:
        after.restore(thread)
    [same] = after.on_story(second, now=NOON).alerts
    assert (same.id, same.references, same.supersedes) == (update.id, update.references, update.supersedes)


def test_more_evidence_may_be_asked_for_before_anything_is_said(tmp_path):
    file = tmp_path / "careful.yaml"
    file.write_text(RULES.replace("    title: Talks\n", "    title: Talks\n    require: {evidence: 2}\n"))
    assert told(load_rules(file), *revisions(*reports("one", "two"))) == [("Alert", True, [])]


def test_an_alert_says_what_did_not_count(rules):
    plan = an_event(status="planned", article="a2")
    story = a_story().model_copy(update={"unknown_sources": 3, "origin_names": ["afp"], "next_best": [plan]})
    [alert] = Alerts(rules).on_story(story, now=NOON).alerts
    assert {one.what: one.number for one in alert.not_counted} == {"planned": 1, "unknown_sources": 3}


@pytest.mark.parametrize(
    "condition", ['place_country == "UKR"', 'place_country != "RUS"', '!(place_country == "RUS")']
)
def test_what_is_unknown_meets_no_condition_whichever_way_it_asks(tmp_path, condition):
    file = tmp_path / "scoped.yaml"
    file.write_text(RULES.replace("counts", condition))
    assert told(load_rules(file), a_story()) == []
    here = a_story(place=Place(name="Kyiv", country="UKR"))
    assert told(load_rules(file), here) == [("Alert", False, [])]


def test_a_rule_fires_once_a_restored_alert_included(rules):
    story = a_story()
    [thread] = Alerts(rules).on_story(story, now=NOON).threads
    rebuilt = Alerts(rules)
    rebuilt.restore(thread)
    assert rebuilt.on_story(story, now=NOON).alerts == []


def test_ids_do_not_depend_on_when_the_alert_is_raised(rules):
    story = a_story()
    [once] = Alerts(rules).on_story(story, now=NOON).alerts
    [again] = Alerts(rules).on_story(story, now=NOON + timedelta(days=900)).alerts
    assert once.id == again.id


def test_a_new_version_of_a_rule_fires_anew(rules, tmp_path):
    file = tmp_path / "raised.yaml"
    file.write_text(RULES.replace("version: 1", "version: 2"))
    [before] = Alerts(rules).on_story(a_story(), now=NOON).alerts
    [after] = Alerts(load_rules(file)).on_story(a_story(), now=NOON).alerts
    assert before.id != after.id


def test_a_plan_fires_when_it_has_come_to_pass(rules):
    alerts = Alerts(rules)
    plan, deed = an_event(status="planned"), an_event(status="occurred", article="b")
    assert alerts.on_story(a_story(plan), now=NOON).alerts == []
    assert [alert.rule.id for alert in alerts.on_story(a_story(plan, deed), now=NOON).alerts] == ["talks"]


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
