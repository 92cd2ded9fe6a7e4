"""Articles that are corrected or retracted take back what they told."""

from datetime import timedelta

from schemas import Withdrawal
from streams.stories import Stories
from tests.factories import NOON, an_event


def of(article, *keeps):
    return Withdrawal(
        id="w", article=article, keeps=[event.id for event in keeps], reason="revised", withdrawn_at=NOON
    )


def told(*events):
    stories = Stories(family=str)
    for event in events:
        stories.add(event)
    return stories


def test_a_story_that_only_a_retracted_article_told_is_cancelled_and_still_says_what_it_said():
    event = an_event()
    [story] = told(event).withdraw(of("article-1"))
    assert (story.cancelled, story.mentions, story.origins, story.revision) == (True, 0, 0, 2)
    assert story.lead == event
    assert [(change.field, change.after) for change in story.changes] == [("cancelled", True)]
    assert story.novelty == "update"


def test_the_other_reports_go_on_telling_it():
    loud = an_event(article="a", source="tabloid", confidence=0.9, severity=8, attributes={"killed": 40})
    sober = an_event(article="b", source="agency", attributes={"killed": 4})
    stories = told(loud, sober)
    [story] = stories.withdraw(of("a"))
    assert not story.cancelled
    assert (story.lead, story.severity, story.attributes) == (sober, sober.severity, {"killed": 4})
    assert (story.sources, story.origin_names, story.mentions) == (["agency"], ["agency"], 1)
    assert [one.event for one in story.evidence] == [sober.id]


def test_what_the_newer_version_still_says_stays():
    kept = an_event(article="a")
    assert told(kept).withdraw(of("a", kept)) == []


def test_an_article_that_told_nothing_takes_nothing_back():
    assert told(an_event()).withdraw(of("another")) == []


def test_taking_back_twice_changes_nothing():
    stories = told(an_event())
    assert len(stories.withdraw(of("article-1"))) == 1
    assert stories.withdraw(of("article-1")) == []


def test_a_cancelled_story_lives_again_when_somebody_else_tells_it():
    stories = told(an_event(severity=9))
    [cancelled] = stories.withdraw(of("article-1"))
    again = stories.add(an_event(article="b", source="agency"))
    assert (again.id, again.cancelled, again.mentions, again.origins) == (cancelled.id, False, 1, 1)
    assert again.severity == an_event().severity


def test_withdrawals_survive_a_restart():
    events = [an_event(article="a"), an_event(article="b", published=NOON + timedelta(hours=1))]
    before, after = told(*events), Stories(family=str)
    after.restore(before.withdraw(of("a"))[0])
    assert after.withdraw(of("a")) == []
    assert after.withdraw(of("b")) == before.withdraw(of("b"))
