"""Stories know whether anybody but archives tells them."""

from schemas import Story, decode, encode
from streams.stories import Stories
from tests.factories import an_event


def told(*by):
    """Return the stories after each of these reports, by an archive or a paper."""
    stories = Stories(family=str)
    events = [
        an_event(article=f"a-{at}", source=f"s-{at}", backfill=who == "archive") for at, who in enumerate(by)
    ]
    return [stories.add(event) for event in events]


def test_a_story_is_of_archives_until_anybody_else_reports_it():
    assert [story.backfill for story in told("archive", "archive", "paper", "archive")] == [
        True,
        True,
        False,
        False,
    ]


def test_it_is_so_after_a_restart_too():
    first, second = told("archive", "paper")
    for story, mark in ((first, True), (second, False)):
        rebuilt = Stories(family=str)
        rebuilt.restore(decode(Story, encode(story)))
        assert rebuilt.add(an_event(article="a-9", source="s-9", backfill=True)).backfill is mark


def test_an_archive_that_is_read_twice_tells_nothing_new():
    stories = Stories(family=str)
    event = an_event(backfill=True)
    assert stories.add(event)
    assert stories.add(event) is None


def test_an_article_of_an_archive_that_is_then_reported_makes_the_story_news_once():
    stories = Stories(family=str)
    stories.add(an_event(backfill=True))
    live = stories.add(an_event())
    assert not live.backfill
    assert live.revision == 2
    assert live.mentions == 1
    assert stories.add(an_event()) is None
