from datetime import timedelta

from streams.stories import Limits, Stories
from tests.factories import DAY, NOON, an_event


def test_the_first_event_begins_a_story():
    story = Stories().add(an_event())
    assert (story.revision, story.mentions, story.novelty) == (1, 1, "first")


def test_the_same_event_twice_changes_nothing():
    stories = Stories()
    stories.add(an_event())
    assert stories.add(an_event()) is None


def test_another_report_is_a_new_revision_of_the_same_story():
    stories = Stories()
    first = stories.add(an_event())
    second = stories.add(an_event(article="article-2"))
    assert second.id == first.id
    assert (second.revision, second.mentions, second.novelty) == (2, 2, "repeat")


def test_a_restored_story_goes_on_where_it_was():
    before = Stories()
    events = [an_event(article=f"article-{number}", source=f"source-{number}") for number in range(4)]
    for event in events[:2]:
        story = before.add(event)
    after = Stories()
    after.restore(story)
    assert after.add(events[0]) is None
    for event in events[2:]:
        assert after.add(event) == before.add(event)


def test_of_two_restored_revisions_the_higher_one_holds_in_either_order():
    stories = Stories()
    first = stories.add(an_event())
    second = stories.add(an_event(article="article-2"))
    for order in ((first, second), (second, first)):
        rebuilt = Stories()
        for story in order:
            rebuilt.restore(story)
        assert rebuilt.add(an_event(article="article-3")).revision == 3


def test_a_new_date_of_publication_raises_nothing():
    stories = Stories()
    stories.add(an_event())
    assert stories.add(an_event(published=NOON + timedelta(days=30))) is None


def test_a_story_that_nobody_tells_any_more_is_let_go_and_counted():
    stories = Stories(limits=Limits(keep_days=14))
    stories.add(an_event())
    later = {"published": NOON + timedelta(days=20), "tagged_at": NOON + timedelta(days=20)}
    stories.add(an_event(article="b", targets=["CHN"], **later))
    assert (len(stories), stories.mentions, stories.let_go) == (1, 1, {"ended": 1})


def test_old_reports_that_come_together_still_meet():
    stories = Stories()
    stories.add(an_event(article="new", targets=["CHN"], published=NOON + timedelta(days=300)))
    first = stories.add(an_event(article="a"))
    assert stories.add(an_event(article="b")).id == first.id


def test_an_article_dated_in_the_future_ages_nothing():
    stories = Stories()
    stories.add(an_event())
    stories.add(an_event(article="b", targets=["CHN"], published=NOON + timedelta(days=3000)))
    assert stories.add(an_event(article="c")).mentions == 2


def test_no_more_mentions_are_held_than_the_limit_and_the_oldest_go_first():
    stories = Stories(limits=Limits(mentions=3))
    for number in range(6):
        published = NOON + timedelta(days=number)
        stories.add(
            an_event(article=f"a{number}", day=published.date(), published=published, targets=[f"T{number}"])
        )
    assert (stories.mentions, stories.let_go) == (3, {"limit": 3})
    assert (
        stories.add(
            an_event(article="x", day=DAY, targets=["T5"], published=NOON + timedelta(days=5))
        ).mentions
        == 2
    )
