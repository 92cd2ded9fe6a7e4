from __future__ import annotations

import pytest

from tests.factories import a_story
from tests.pipeline.waiting import wait_for
from tests.web.site import Site


@pytest.fixture
def start(broker, tmp_path):
    """Start the page; it ends with the test."""
    started = []

    def begin(**environment) -> Site:
        started.append(Site(broker, tmp_path, **environment))
        return started[-1]

    yield begin
    for site in started:
        site.stop()


def test_stories_told_before_it_started_and_after_are_in_the_feed(start):
    before, after = a_story(actors=["RUS"], targets=["USA"]), a_story(actors=["IND"], targets=["PAK"])
    site = start()
    site.tell(before)
    site.ready()
    assert [card["id"] for card in site.get("/stories")["items"]] == [before.id]
    site.tell(after)
    wait_for(lambda: site.get("/status")["stories_kept"] == 2, "the story")
    assert [card["id"] for card in site.get("/stories")["items"]] == [after.id, before.id]


def test_a_browser_is_told_of_a_story_that_its_filters_let_through(start):
    site = start().ready()
    stream = site.stream("?dyad=IND-PAK")
    assert stream.headers["Content-Type"] == "text/event-stream"
    wait_for(lambda: stream.of("status"), "the status")
    site.tell(a_story(actors=["RUS"], targets=["USA"]), told := a_story(actors=["IND"], targets=["PAK"]))
    wait_for(lambda: stream.of("story"), "the story")
    assert [card["id"] for card in stream.of("story")] == [told.id]


def test_it_ends_when_told_to_with_browsers_that_listen(start):
    site = start().ready()
    stream = site.stream()
    wait_for(lambda: stream.of("status"), "the status")
    assert site.stop() == 0
