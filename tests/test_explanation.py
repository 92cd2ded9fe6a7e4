from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from schemas import Article
from streams.explanation import COLOURS, show
from streams.tagging import Tagger
from streams.tagging.explain import explain
from streams.tagging.frames import DATA

PAGE = (Path(__file__).parents[1] / "docs" / "tagging.md").read_text("utf-8")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


@pytest.fixture
def shown(tagger):
    def of(body, *, title="News", lang="en", colour=False, where="news.txt"):
        article = Article(
            id="a", title=title, body=body, lang=lang, source="s", published_at=NOON, fetched_at=NOON
        )
        tagged = tagger.tag(article, now=NOON, explain=True)
        out = io.StringIO()
        console = Console(
            file=out,
            width=100,
            highlight=False,
            force_terminal=colour,
            color_system="standard" if colour else None,
        )
        show(console, where, tagged, explain(article, tagged))
        return out.getvalue()

    return of


def test_an_event_shows_what_fired_why_and_who(shown):
    text = shown("Russia struck Ukraine on Monday. The weather was mild.")
    assert "1 kept" in text
    for name in ("event", "fired", "status", "actor", "target", "date", "confidence", "id"):
        assert f"    {name} " in text
    assert "“struck” is STRIKE" in text
    assert "RUS: “Russia” (name; subject)" in text
    assert "The weather was mild." in text


def test_what_was_dropped_says_why_in_one_line(shown):
    (line,) = [
        line
        for line in shown("Poland threatened to close its border with Belarus.").splitlines()
        if line.strip().startswith("dropped")
    ]
    assert "close" in line
    assert ": " in line


def test_the_words_of_an_event_have_the_colours_of_the_legend(shown):
    text = shown("Russia struck Ukraine on Monday.", colour=True)
    for name, words in (("actor", "Russia"), ("target", "Ukraine"), ("trigger", "struck")):
        coded = Console(color_system="standard", force_terminal=True)
        with coded.capture() as capture:
            coded.print(f"[{COLOURS[name]}]{words}[/]", end="")
        assert capture.get() in text


def test_nothing_in_an_article_commands_the_terminal(shown):
    hostile = "Russia \x9d0;owned\x9cstruck\x9b31m Ukraine [red]on\u202e Monday.\x9b2J"
    text = shown(hostile, title="\x9b31mNews\u2066", where="evil\x1b[2J.txt")
    assert [char for char in text if char != "\n" and not char.isprintable()] == []
    assert "[red]" in text


def test_an_article_that_is_not_read_says_why(shown):
    text = shown("Hallitus ja eduskunta keskustelivat tänään talousarviosta Helsingissä.", lang=None)
    assert "not read: its language is fi" in text


def test_an_article_without_any_trigger_shows_its_sentences(shown):
    text = shown("The weather was mild. Nobody minded.")
    assert "0 kept, 0 dropped" in text
    assert "Nobody minded." in text


def test_the_page_shows_an_explanation_as_it_is_printed(shown):
    text = shown("Russia struck Ukraine on Monday.")
    printed = PAGE.split("```text\n")[1].split("```")[0]
    fields = re.findall(r"^    ([a-z]+(?: party)?)  ", text, re.MULTILINE)
    assert {"event", "fired", "confidence"} <= set(fields)
    assert [name for name in fields if f"\n    {name} " not in printed] == []


def test_the_frame_that_the_page_shows_is_one_of_the_file():
    frame = re.search(r"```yaml\n- (.*)\n```", PAGE)[1]
    assert f"- {frame}\n" in DATA.joinpath("frames.yaml").read_text("utf-8")
