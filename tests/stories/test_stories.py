from streams.stories import Stories
from tests.factories import an_event


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
