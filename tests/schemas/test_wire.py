from __future__ import annotations

import json

import orjson
import pytest
from pydantic import ValidationError

from schemas import Article, Event, Reason, Unreadable, decode, encode
from schemas.article import MAX_LINE
from schemas.wire import MAX_BYTES

GOOD = {"id": "a1", "body": "Texte.", "published_at": "2022-05-13T20:00:00Z"}


def refusal(raw: bytes | None) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        decode(Article, raw)
    return refused.value


def test_every_message_is_the_same_after_the_wire(messages):
    for message in messages:
        assert decode(type(message), encode(message)) == message


def test_what_is_not_known_is_left_out_and_never_null(messages):
    for message in messages:
        assert b"null" not in encode(message)


def test_the_wire_carries_text_of_any_script_as_utf8(article):
    raw = encode(article(title="Шойгу и Остин 🕊"))
    assert "Шойгу и Остин 🕊".encode() in raw
    assert decode(Article, raw).title == "Шойгу и Остин 🕊"


def test_a_producer_cannot_add_a_field_that_the_schema_does_not_know(article, event):
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        article(importance=3)
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        event(claim={"kind": "official", "certainty": 1})


def test_a_consumer_passes_over_the_fields_of_a_newer_producer(event):
    newer = orjson.loads(encode(event()))
    newer["mood"] = "tense"
    newer["evidence"]["page"] = 4
    newer["actors"][0]["rank"] = "minister"
    assert decode(Event, orjson.dumps(newer)) == event()


def test_an_instant_is_kept_in_utc_and_needs_its_time_zone():
    assert decode(Article, orjson.dumps(GOOD | {"published_at": "2022-05-13T22:00:00+02:00"})) == decode(
        Article, orjson.dumps(GOOD)
    )
    refused = refusal(orjson.dumps(GOOD | {"published_at": "2022-05-13T20:00:00"}))
    assert refused.reason is Reason.SCHEMA
    assert "needs its time zone" in refused.detail


@pytest.mark.parametrize("raw", [None, b""])
def test_a_message_without_value_is_empty(raw):
    assert refusal(raw).reason is Reason.EMPTY


@pytest.mark.parametrize(
    "raw",
    [
        b"Le chef du Pentagone",
        b'{"id": "a1", ',
        b"\xff\xfe\x00",
        b'{"id": NaN}',
        b'{"id": "a\x00"}',
        json.dumps(GOOD).encode("utf-16"),
        b"[" * 100_000,
    ],
    ids=["text", "cut off", "binary", "NaN", "raw NUL", "UTF-16", "deep"],
)
def test_bytes_that_are_not_json_are_told_so(raw):
    assert refusal(raw).reason is Reason.NOT_JSON


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("un mot \ud83d coupé", "Unicode"),
        ("un mot\x00", "U+0000 at character 6"),
        ("un \x1b[31mmot", "U+001B at character 3"),
        ("x" * 200_000, f"a line of 200000 characters, the limit is {MAX_LINE}"),
    ],
    ids=["lone surrogate", "NUL", "terminal escape", "200 kB line"],
)
def test_text_that_no_one_can_process_is_unfit(body, said):
    refused = refusal(json.dumps(GOOD | {"body": body}).encode())
    assert refused.reason is Reason.UNFIT_TEXT
    assert said in refused.detail


def test_a_long_text_of_ordinary_lines_is_fit():
    body = "\n".join(["Une ligne."] * 20_000)
    assert decode(Article, orjson.dumps(GOOD | {"body": body})).body == body


def test_a_message_of_5_mb_is_too_large_however_valid():
    refused = refusal(orjson.dumps(GOOD | {"body": "Une ligne.\n" * 480_000}))
    assert refused.reason is Reason.TOO_LARGE
    assert str(MAX_BYTES) in refused.detail


def test_a_missing_field_breaks_the_schema_and_is_named():
    refused = refusal(orjson.dumps({"id": "a1"}))
    assert refused.reason is Reason.SCHEMA
    assert refused.detail == "body: Field required (and 1 more)"


@pytest.mark.parametrize("raw", [b"[]", b"3", b'"text"', b"null"])
def test_json_that_is_no_object_breaks_the_schema(raw):
    assert refusal(raw).reason is Reason.SCHEMA
