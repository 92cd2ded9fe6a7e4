from __future__ import annotations

import gzip
import zlib

import brotli
import pytest

from streams.fetching.unpacking import BadPacking, Body, Oversized

TEXT = b"The words of a feed, again and again. " * 2_000
LIMIT = 1_000_000
PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
}
BOMB = bytes(300_000_000)


def read(encoding, packed, limit=LIMIT, chunk=1_000):
    body = Body(encoding, limit)
    for start in range(0, len(packed), chunk):
        body.add(packed[start : start + chunk])
    return body.whole()


@pytest.mark.parametrize("encoding", PACKED)
def test_a_body_is_unpacked_as_it_comes(encoding):
    assert read(encoding, PACKED[encoding]) == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_bomb_is_stopped_when_the_limit_is_passed_and_told_as_one(encoding):
    packed = gzip.compress(BOMB, 1) if encoding == "gzip" else brotli.compress(BOMB, quality=1)
    with pytest.raises(Oversized, match=r"larger than 1,000,000 bytes when unpacked") as caught:
        read(encoding, packed)
    assert caught.value.is_bomb


def test_what_is_merely_large_is_no_bomb():
    with pytest.raises(Oversized) as caught:
        read("", bytes(LIMIT + 1))
    assert not caught.value.is_bomb


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_ends_before_its_end_is_broken(encoding):
    with pytest.raises(BadPacking, match="broken"):
        read(encoding, PACKED[encoding][:-20])


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_is_not_packed_as_it_says_is_broken(encoding):
    with pytest.raises(BadPacking, match="broken"):
        read(encoding, b"<rss>" * 100)


def test_an_encoding_that_was_not_asked_for_is_named():
    with pytest.raises(BadPacking, match="'zstd', which was not asked for"):
        Body("zstd", LIMIT)
