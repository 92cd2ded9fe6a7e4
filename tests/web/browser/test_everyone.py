"""The page for everyone: any colour scheme, any width, any hand, on paper, and little of the line."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import streams.web

VIEWS = ["/", "/stories/{}", "/dyads", "/dyads/RUS-USA", "/matrix", "/map", "/rules"]
STATIC = Path(streams.web.__file__).parent / "static"
MOST_BYTES = 250_000


@pytest.fixture
def view(running, look):
    """Open a view and wait until it shows what it has."""

    def open_view(path: str, **options):
        story = running.get("/stories")["items"][-1]["id"]
        page = look(running, path.format(story), **options)
        page.locator("main h1, main h2").first.wait_for()
        page.locator(".loading").wait_for(state="detached")
        page.wait_for_timeout(300)  # for what is drawn once its size is known
        return page

    return open_view


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", VIEWS)
def test_nothing_keeps_anyone_from_reading_a_view(view, path, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - not installed where not asked for

    page = view(path, color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page).response["violations"]
    serious = [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
    assert serious == []


@pytest.mark.parametrize("path", VIEWS)
def test_a_view_fits_a_phone(view, path):
    page = view(path, viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_control_of_the_feed_is_reached_and_seen_with_the_tab_key(view):
    page = view("/")
    seen = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                """() => {
                    const at = document.activeElement;
                    const name = at.id || at.name || at.textContent.trim().slice(0, 20);
                    return `${name},${getComputedStyle(at).outlineStyle !== "none"}`;
                }"""
            )
        )
    assert {one.rpartition(",")[0] for one in seen} >= {
        "Skip to the content",
        "Map",
        "theme",
        "search",
        "pick-type",
    }
    assert [one for one in seen if one.endswith("false")] == []


def test_the_chosen_colours_are_kept(running, look):
    page = look(running, color_scheme="light")
    page.locator("#theme").click()
    page.locator("#theme").click()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_a_printed_story_is_the_story_alone(view):
    page = view("/stories/{}")
    page.emulate_media(media="print")
    assert page.locator("main h1").is_visible()
    assert page.locator("mark").first.is_visible()
    assert not page.locator("nav, .strip, .feedback").first.is_visible()


def test_the_whole_page_is_small_over_the_wire():
    sizes = {
        file.relative_to(STATIC).as_posix(): len(gzip.compress(file.read_bytes(), 9))
        for file in STATIC.rglob("*")
        if file.is_file()
    }
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_every_file_of_the_page_is_its_own():
    code = "".join(file.read_text() for file in STATIC.rglob("*") if file.suffix in {".html", ".css", ".js"})
    elsewhere = {*re.findall(r"https?://[\w.-]+", code)} - {"http://www.w3.org"}  # the name of SVG
    assert elsewhere == set()
    assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", code)
