"""What the page says when what is behind it is old, silent or gone."""

from __future__ import annotations

from streams import children
from tests.factories import a_story
from tests.web.site import Site


def test_a_page_whose_server_went_says_so_and_catches_up_when_it_is_back(alone, look, tmp_path):
    alone.tell(a_story(actors=["RUS"], targets=["USA"]))
    page = look(alone)
    page.locator(".card").first.wait_for()
    alone.stop()
    page.get_by_text("Reconnecting").wait_for()
    page.get_by_text("No answer from the server.").wait_for()
    assert page.locator(".card").count() == 1
    again = Site(alone.broker, tmp_path, TOCSIN_WEB_PAGE_PORT=str(alone.port))
    try:
        again.port = alone.port
        again.tell(a_story(actors=["IND"], targets=["PAK"]))
        again.ready()
        page.get_by_text("Live", exact=True).wait_for()
        page.locator(".card").filter(has_text="IND \u2013 PAK").wait_for()
        page.get_by_text("No answer from the server.").wait_for(state="detached")
    finally:
        again.stop()


def test_a_page_whose_broker_went_says_that_nothing_is_read(alone, look):
    page = look(alone)
    page.get_by_text("No stories yet").wait_for()
    children.end(alone.broker.embedded.process)
    page.locator(".notice.failed", has_text="cannot read the topics").wait_for()


def test_data_that_grows_old_is_called_stale(alone, look):
    page = look(alone)
    page.locator(".notice.stale").wait_for()


def test_a_story_that_is_not_kept_is_said_to_be_gone(alone, look):
    page = look(alone, "/stories/unknown")
    page.get_by_role("heading", name="Not here").wait_for()
