from __future__ import annotations

from dataclasses import replace

import pytest

from schemas import DeadLetter, Reason

LETTER = DeadLetter(
    stage="tag",
    reason=Reason.SCHEMA,
    exception="Unreadable",
    message="body: Field required",
    topic="tocsin.articles",
    partition=3,
    offset=42,
    attempt=1,
    failed_at="2022-05-13T20:01:00Z",
    key=b"a1",
    value=b"\xff not json \x00",
    headers={"ce_id": b"a1", "traceparent": b"00-4bf9-00"},
)


def test_a_dead_letter_is_the_same_after_the_wire():
    assert DeadLetter.from_wire(LETTER.key, LETTER.value, LETTER.wire_headers()) == LETTER


def test_the_original_headers_stay_beside_the_reason():
    headers = LETTER.wire_headers()
    assert headers["ce_id"] == b"a1"
    assert headers["traceparent"] == b"00-4bf9-00"
    assert headers["tocsin.dlq.reason"] == b"schema"
    assert headers["tocsin.dlq.offset"] == b"42"


def test_a_dead_letter_that_fails_again_says_only_its_latest_reason():
    again = replace(LETTER, headers=LETTER.wire_headers(), reason=Reason.TOO_LARGE, attempt=2)
    read = DeadLetter.from_wire(again.key, again.value, again.wire_headers())
    assert (read.reason, read.attempt) == (Reason.TOO_LARGE, 2)
    assert read.headers == LETTER.headers


def test_a_reason_with_hostile_text_still_goes_on_the_wire():
    hostile = replace(LETTER, message="holds \ud83d")
    assert hostile.wire_headers()["tocsin.dlq.message"] == b"holds ?"


def test_a_message_that_is_no_dead_letter_is_refused():
    with pytest.raises(KeyError, match="stage"):
        DeadLetter.from_wire(b"a1", b"{}", {"ce_id": b"a1"})
