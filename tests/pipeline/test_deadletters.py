"""What cannot be processed becomes a dead letter with its reason, and never holds up the rest."""

from __future__ import annotations

import orjson
import pytest

from schemas import DeadLetter, Reason, encode
from schemas.topics import ALERTS
from tests.pipeline.articles import an_article, ids_by_core

SOUND = orjson.loads(encode(an_article()))


def _with(**changes) -> bytes:
    return orjson.dumps(SOUND | changes)


BAD = {
    "not JSON": (b"{nope", Reason.NOT_JSON),
    "no value": (None, Reason.EMPTY),
    "bytes that are no text": (b"\xff\xfe\x00\x80" * 10, Reason.NOT_JSON),
    "another schema": (b'{"headline": "x"}', Reason.SCHEMA),
    "a date without its zone": (_with(published_at="2022-05-13T20:00:00"), Reason.SCHEMA),
    "5 MB": (_with(body="x " * 2_500_000), Reason.TOO_LARGE),
    "a lone surrogate": (encode(an_article()).replace(b"cessez", b"\\ud800"), Reason.UNFIT_TEXT),
    "a NUL": (_with(body="a\x00b"), Reason.UNFIT_TEXT),
    "a line of 200,000 characters": (_with(body="x" * 200_000), Reason.UNFIT_TEXT),
}


@pytest.fixture
def letters(line):
    """Send every bad message, each followed by a sound one, and return the dead letters by key."""
    line.start_worker()
    articles = [an_article(number) for number in range(len(BAD))]
    messages = []
    for article, (name, (value, _)) in zip(articles, BAD.items(), strict=True):
        messages += [(name.encode(), value), (article.id.encode(), encode(article))]
    line.send(*messages)
    line.drain()
    assert line.ids() == ids_by_core(articles), "the sound ones flow on"
    assert line.count(ALERTS) > 0
    return {record.key.decode(): record for record in line.deadletters()}


def test_each_bad_message_is_a_dead_letter_with_its_reason_and_its_bytes(letters):
    assert set(letters) == set(BAD)
    for name, (value, reason) in BAD.items():
        letter = DeadLetter.from_wire(letters[name].key, letters[name].value, dict(letters[name].headers))
        assert (letter.reason, letter.stage, letter.topic) == (reason, "tag", "tocsin.articles"), name
        assert letter.value == value, name
        assert letter.headers == {"trace": b"t-1"}, name
