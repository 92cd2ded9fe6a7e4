"""Articles that come again under their ids: corrected, retracted, or only dated anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schemas import Event, Story, Withdrawal, decode
from schemas.topics import EVENTS, STORIES
from tests.pipeline.articles import an_article


@pytest.fixture
def running(line):
    line.start_worker()
    return line


def stories(line) -> dict[str, Story]:
    """Return the last revision of every story."""
    last = {}
    for record in line.records(STORIES):
        story = decode(Story, record.value)
        if story.id not in last or last[story.id].revision < story.revision:
            last[story.id] = story
    return last


def go(line, *articles) -> dict[str, Story]:
    line.publish(*articles)
    line.drain()
    return stories(line)


def test_a_retracted_article_cancels_every_story_that_it_alone_told(running):
    article = an_article()
    told = go(running, article)
    assert told
    assert not any(story.cancelled for story in told.values())
    after = go(running, article.model_copy(update={"retracted": True}))
    assert after.keys() == told.keys()
    assert all(story.cancelled and story.mentions == 0 for story in after.values())


def test_what_another_article_tells_too_goes_on_with_one_report_less(running):
    article = an_article()
    other = an_article(url="https://elsewhere.example/1", source="other")
    told = go(running, article, other)
    shared = {id_ for id_, story in told.items() if len(story.articles) == 2}
    assert shared
    after = go(running, article.model_copy(update={"retracted": True}))
    assert all(after[id_].articles == [other.id] and not after[id_].cancelled for id_ in shared)


def test_a_correction_takes_back_only_what_it_no_longer_says(running):
    article = an_article()
    told = go(running, article)
    first_sentence = article.body.partition(". ")[0] + "."
    after = go(running, article.model_copy(update={"body": first_sentence}))
    assert {story.cancelled for story in after.values()} == {True, False}
    kept = [story for story in after.values() if not story.cancelled]
    assert {story.type for story in kept} == {"military_communication"}
    assert told.keys() == after.keys()


def test_a_new_date_of_publication_raises_nothing(running):
    article = an_article()
    told = go(running, article)
    assert (
        go(running, article.model_copy(update={"published_at": article.published_at + timedelta(days=9)}))
        == told
    )


def test_a_killed_worker_takes_back_all_the_same(line):
    article = an_article()
    worker = line.start_worker("w1")
    go(line, article)
    worker.kill()
    line.start_worker("w1")
    assert all(story.cancelled for story in go(line, article.model_copy(update={"retracted": True})).values())


def test_withdrawals_travel_with_the_events_and_say_what_they_are(running):
    article = an_article()
    go(running, article, article.model_copy(update={"retracted": True}))
    kinds = {"dev.tocsin.event.v1": Event, "dev.tocsin.withdrawal.v1": Withdrawal}
    records = [(kinds[dict(one.headers)["ce_type"].decode()], one) for one in running.records(EVENTS)]
    events = {one.key for kind, one in records if kind is Event}
    assert {one.key for kind, one in records if kind is Withdrawal} == events
