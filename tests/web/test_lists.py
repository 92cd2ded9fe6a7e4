from __future__ import annotations

import asyncio
import json

import pytest

from streams.web import lists
from streams.web.filters import BadParameter
from streams.web.pairs import Pairs
from tests.factories import a_story, an_event
from tests.web.made import a_history, gist, query

PARTIES = ["IND", "ISR", "IRN", "FRA", "DEU", "POL", "TUR"]


class Request:
    """As much of a request as a list reads."""

    def __init__(self, words):
        self.query = query(words)


@pytest.fixture
def history():
    return a_history(*(a_story(actors=[party], targets=["USA"]) for party in PARTIES))


def page(history, words=""):
    told = json.loads(asyncio.run(lists.stories(Request(words), history, Pairs([]))).body)
    return [card["actors"][0]["id"] for card in told["items"]], told["next"]


def test_pages_follow_each_other_without_gap_or_repetition(history):
    told, cursor = page(history, "limit=3")
    while cursor:
        more, cursor = page(history, f"limit=3&cursor={cursor}")
        told += more
    assert told == PARTIES[::-1]


def test_the_last_page_has_no_next(history):
    assert page(history, "limit=7")[1] is None
    assert page(history, "limit=6")[1] is not None


def test_a_page_goes_on_although_its_last_story_was_told_anew(history):
    first, cursor = page(history, "limit=3")
    event = an_event(actors=[first[-1]], targets=["USA"])
    again = a_story(event, an_event(actors=[first[-1]], targets=["USA"], article="a-2", source="s-2"))
    history.take(gist(again), 2_000_000_000_000, 0)
    rest, _ = page(history, f"limit=10&cursor={cursor}")
    assert first + rest == PARTIES[::-1]


def test_a_story_that_was_taken_back_is_in_no_list(history):
    taken = next(iter(history.newest_first()))
    story = a_story(actors=["TUR"], targets=["USA"]).model_copy(update={"revision": 2, "cancelled": True})
    assert story.id == taken.id
    history.take(gist(story), 2_000_000_000_000, 0)
    assert page(history)[0] == PARTIES[-2::-1]


@pytest.mark.parametrize("words", ["limit=0", "limit=501", "limit=many", "cursor=here"])
def test_a_page_that_cannot_be_is_refused(history, words):
    with pytest.raises(BadParameter):
        page(history, words)
