"""The screen loses no event: it only saves the reading of what cannot tell of one."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from schemas import Article
from streams.evaluation import read_gold, set_files
from streams.tagging import Tagger
from streams.tagging.screen import Screen

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)
CASES = [file for file in set_files(Path("tests/gold"))["dev"] if file.name.endswith("_cases.yaml")]
RECIPE = (
    "Peel the onions. Fry them in butter, add the stock, and simmer it for half an hour. Serve with bread."
)


@cache
def tagger():
    return Tagger.load()


def found_in(text):
    return [event.id for event in tagger().tag(text.article, now=NOON).events]


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_with_or_without_the_screen_the_same_events_are_found(file, monkeypatch):
    texts = list(read_gold(file))
    screened = [found_in(text) for text in texts]
    monkeypatch.setattr(Screen, "may_tell", lambda *_: True)
    monkeypatch.setattr(Screen, "may_yield", lambda *_: True)
    assert screened == [found_in(text) for text in texts]


@pytest.mark.parametrize("file", CASES, ids=[file.stem for file in CASES])
def test_read_to_the_end_a_text_yields_no_event_more(file):
    texts = [text.article for text in read_gold(file)]
    together = [
        Article(id="all", body="\n".join(a.text for a in some), lang=some[0].lang, published_at=NOON)
        for some in (texts[at : at + 5] for at in range(0, len(texts), 5))
        if len({a.lang for a in some}) == 1
    ]
    for article in (*texts, *together):
        explained = tagger().tag(article, now=NOON, explain=True)
        assert tagger().tag(article, now=NOON).events == explained.events


@pytest.mark.parametrize(
    "text",
    [
        "You should peel the onions.",
        "They will see that this is not done.",
        "The roof should not leak, and nobody will say what it would cost.",
    ],
)
def test_nothing_that_must_or_will_not_be_is_read_where_nobody_says_so(text, monkeypatch):
    monkeypatch.setattr("streams.tagging.lines.Lines._read", lambda *_: pytest.fail("a word was read"))
    assert tagger().tag(Article(id="quiet", body=text, lang="en", published_at=NOON), now=NOON).events == []


def test_a_recipe_is_not_read(monkeypatch):
    monkeypatch.setattr("streams.tagging.lines.Lines._read", lambda *_: pytest.fail("a word was read"))
    article = Article(id="recipe", body=RECIPE, lang="en", published_at=NOON)
    assert tagger().tag(article, now=NOON).outcome == "nothing"
