"""What archives alone tell is learnt from, and raises no alert; a report of the day may."""

from datetime import timedelta

import pytest

from schemas import Withdrawal
from streams.alerting import Alerts, Tense, Windows, load_rules
from streams.rehearsal.line import Rehearsal
from streams.stories import Stories
from tests.alerting.test_tense import a_dyad
from tests.factories import NOON, a_date, an_event

RULES = """\
rules:
  - id: talks
    version: 1
    title: Talks
    description: They spoke.
    match: type == "military_communication" && counts
  - id: often
    version: 1
    title: Often
    description: Three strikes within a week.
    match: type == "air_missile_strike" && counts
    group_by: [dyad]
    when:
      count: {at_least: 3, over: 7d}
  - id: silent
    version: 1
    title: Silent
    description: No talks for 30 days.
    match: type == "military_communication" && counts
    group_by: [dyad]
    when:
      absence: {for: 30d}
"""


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    return load_rules(file)


class Line:
    """Events in; alerts out, of single stories and of several."""

    def __init__(self, rules):
        self.stories = Stories(family=str)
        self.alerts, self.windows = Alerts(rules), Windows(rules)
        self.said, self.withheld = [], 0

    def add(self, *events):
        for event in events:
            if story := self.stories.add(event):
                self.tell(story)
        return self

    def tell(self, story):
        raised = self.alerts.on_story(story, now=NOON)
        self.withheld += raised.withheld
        told = [self.windows.on_match(match, now=NOON) for match in raised.matches]
        self.said += [(alert.rule.id, alert.msg_type) for one in (raised, *told) for alert in one.alerts]


def a_report(source="one", *, backfill=False, **changes):
    return an_event(article=f"a-{source}", source=source, backfill=backfill, **changes)


def a_strike(day, *, backfill=False):
    then = NOON + timedelta(days=day)
    return an_event(
        "air_missile_strike",
        actors=["RUS"],
        targets=["UKR"],
        article=f"strike-{day}",
        source=f"s{day}",
        backfill=backfill,
        published=then,
        event_date=a_date(then.date()).model_copy(update={"text": "that day"}),
        tagged_at=then,
    )


def test_a_story_that_archives_alone_tell_raises_nothing_and_that_is_counted(rules):
    line = Line(rules).add(a_report(backfill=True))
    assert line.said == []
    assert line.withheld == 1


def test_a_later_report_of_such_a_story_raises_the_alert(rules):
    line = Line(rules).add(a_report("one", backfill=True), a_report("two"))
    assert line.said == [("talks", "Alert")]


def test_the_article_of_an_archive_that_is_reported_too_raises_the_alert(rules):
    line = Line(rules).add(a_report(backfill=True), a_report())
    assert line.said == [("talks", "Alert")]
    assert not line.stories.add(a_report(backfill=True)), "the archive takes nothing back"


def test_an_archive_read_after_the_report_changes_no_story_into_history(rules):
    line = Line(rules).add(a_report("one"), a_report("two", backfill=True))
    assert line.said == [("talks", "Alert"), ("talks", "Update")]


def test_what_was_alerted_is_cancelled_though_an_archive_still_tells_it(rules):
    line = Line(rules).add(a_report("one"), a_report("two", backfill=True))
    [story] = line.stories.withdraw(
        Withdrawal(id="w", article="a-one", reason="retracted", withdrawn_at=NOON)
    )
    assert story.backfill
    line.tell(story)
    assert line.said[-1] == ("talks", "Update"), "fewer origins than were told"


def test_a_window_that_archives_alone_fill_does_not_fire(rules):
    assert Line(rules).add(*(a_strike(day, backfill=True) for day in range(6))).said == []


def test_a_report_of_the_day_completes_a_window_that_an_archive_began(rules):
    line = Line(rules).add(a_strike(0, backfill=True), a_strike(1, backfill=True), a_strike(2))
    assert line.said == [("often", "Alert")]


def test_reading_an_archive_ends_and_begins_no_silence(rules):
    line = Line(rules).add(a_report(backfill=True))
    assert line.windows.tick(NOON + timedelta(days=90), first=True).alerts == []


def test_a_dyad_that_an_archive_moved_speaks_only_when_a_report_moves_it():
    tense, far = Tense(load_rules()), a_dyad(4.0)
    assert tense.on_dyad(far.model_copy(update={"backfill": True}), now=NOON).alerts == []
    assert len(tense.on_dyad(far, now=NOON).alerts) == 1


def test_rules_are_tried_on_archives_as_if_they_were_news(rules):
    assert [alert.rule.id for alert in Rehearsal(rules).add(a_report(backfill=True))] == ["talks"]
