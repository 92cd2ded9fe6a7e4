from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from schemas.article import DateFlag
from schemas.deadletter import Reason
from streams.ingest.found import Found
from streams.ingest.mapping import load_mapping

NOW = datetime(2022, 5, 14, tzinfo=UTC)
BASE = {"body": "text", "published_at": "date"}
MESSAGE = {"text": "They spoke.", "date": "2022-05-13T20:00:00Z"}


@pytest.fixture
def mapped(tmp_path):
    """Return what a message becomes by a mapping of these fields."""

    def read(message, *, only=None, each=None, **fields):
        written = {
            "fields": BASE | fields,
            **({"only": only} if only else {}),
            **({"each": each} if each else {}),
        }
        (tmp_path / "map.yaml").write_text(json.dumps(written))
        raw = message if isinstance(message, bytes) else json.dumps(message).encode()
        return list(load_mapping(tmp_path / "map.yaml").read("news[0]@7", raw, NOW))

    return read


def test_fields_come_from_where_the_mapping_says(mapped):
    message = MESSAGE | {"meta": {"link": "https://example.org/1"}, "heads": ["A call"]}
    [found] = mapped(message, url="meta.link", title="heads[0]", source={"value": "example"})
    article = found.article
    assert (article.url, article.title, article.source) == ("https://example.org/1", "A call", "example")
    assert article.body == "They spoke."
    assert article.published_at == datetime(2022, 5, 13, 20, tzinfo=UTC)
    assert article.fetched_at == NOW


def test_a_default_stands_in_where_the_message_says_nothing(mapped):
    rule = {"from": "language", "default": "en"}
    assert [mapped(MESSAGE | more, lang=rule)[0].article.lang for more in ({}, {"language": "fr"})] == [
        "en",
        "fr",
    ]


def test_paragraphs_are_joined_and_mark_up_becomes_text(mapped):
    message = MESSAGE | {"text": ["One.", "Two."], "head": "A &amp; <b>B</b>"}
    [found] = mapped(message, title={"from": "head", "as": "html"})
    assert (found.article.title, found.article.body) == ("A & B", "One.\n\nTwo.")


@pytest.mark.parametrize("date", [1652472000, 1652472000.5, 1652472000000, "Fri, 13 May 2022 20:00:00 +0000"])
def test_a_date_is_read_however_it_is_written(mapped, date):
    [found] = mapped(MESSAGE | {"date": date})
    assert found.article.published_at == datetime(2022, 5, 13, 20, tzinfo=UTC)


def test_an_article_without_a_date_is_flagged_as_everywhere(mapped):
    [found] = mapped({"text": "They spoke."})
    assert found.article.published_at == NOW
    assert found.article.date_flags == [DateFlag.UNDATED]


def test_what_is_not_wanted_is_passed_over(mapped):
    assert mapped(MESSAGE | {"kind": "advert"}, only="kind == 'story'") == []
    assert len(mapped(MESSAGE | {"kind": "story"}, only="kind == 'story'")) == 1


def test_one_message_may_hold_several_articles_each_judged_by_itself(mapped):
    several = {"items": [MESSAGE, {"date": "2022-05-13"}, MESSAGE | {"text": "Another."}]}
    first, broken, last = mapped(several, each="items")
    assert [found.where for found in (first, broken, last)] == [
        f"news[0]@7, element {number}" for number in (1, 2, 3)
    ]
    assert isinstance(first, Found)
    assert isinstance(last, Found)
    assert "body: is missing" in broken.why


@pytest.mark.parametrize(
    ("message", "reason", "said"),
    [
        (b"<xml/>", Reason.NOT_JSON, "is not JSON"),
        (b"", Reason.EMPTY, "the message has no value"),
        (MESSAGE | {"text": 3}, Reason.SCHEMA, "body: 'text' gives '3', which is not a text"),
        (MESSAGE | {"date": "soon"}, Reason.SCHEMA, "published_at: 'date' gives 'soon', which is not a date"),
        (MESSAGE | {"link": "http://[bad"}, Reason.SCHEMA, "url: "),
    ],
)
def test_what_does_not_fit_keeps_its_bytes_and_says_which_field_is_wrong(mapped, message, reason, said):
    [unread] = mapped(message, url="link")
    assert unread.reason == reason
    assert unread.why.startswith(said)
    assert unread.raw == (message if isinstance(message, bytes) else json.dumps(message).encode())


def test_the_same_message_always_has_the_same_id(mapped):
    message = MESSAGE | {"link": "https://example.org/1?utm_source=feed"}
    once, again = (mapped(message, url="link")[0].article for _ in range(2))
    assert once.id == again.id
