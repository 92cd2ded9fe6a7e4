"""The body of a request → the items in it: bounded while it is read and while it is unpacked."""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from aiohttp import web

    from streams.ingest.http.room import Share

MOST: Final = 8 * 1024 * 1024  # bytes of one body, unpacked
MOST_ITEMS: Final = 10_000  # of one body: each takes memory of its own, however short it is
READ_WITHIN: Final = 60.0  # seconds: a sender that trickles must not hold its room for ever
PIECE: Final = 256 * 1024
JSON: Final = "application/json"
LINES: Final = ("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines")
_GZIP: Final = 16 + zlib.MAX_WBITS


class Unfit(Exception):
    """A body that cannot be read. `status` is that of the answer."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class NotJson(Unfit):
    """A body, all of it, that is no JSON; `raw` are its bytes."""

    def __init__(self, raw: bytes, detail: str) -> None:
        super().__init__(400, detail)
        self.raw = raw


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a body: what it says, or why that cannot be told; and its bytes as they came."""

    raw: bytes
    said: Any = None
    wrong: str | None = None


def check_kind(request: web.Request) -> None:
    """Raise Unfit when the request says that its body is nothing that we read."""
    if request.content_type not in (JSON, *LINES):
        kinds = ", ".join((JSON, *LINES))
        raise Unfit(415, f"the content type is {request.content_type}, what is read is: {kinds}")
    if request.headers.get("Content-Encoding", "identity").lower() not in ("identity", "gzip"):
        raise Unfit(415, "the content encoding is neither gzip nor identity")
    if (request.content_length or 0) > MOST:
        raise _too_large()


async def read(request: web.Request, share: Share) -> bytes:
    """Return the body, unpacked. Raises Unfit, NoRoom."""
    unpack = _Unpacking() if request.headers.get("Content-Encoding", "").lower() == "gzip" else None
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(READ_WITHIN):
            async for packed in request.content.iter_chunked(PIECE):
                for piece in unpack(packed) if unpack else (packed,):
                    size += len(piece)
                    if size > MOST:
                        raise _too_large()
                    share.grow(len(piece))
                    pieces.append(piece)
    except TimeoutError as error:
        raise Unfit(408, f"the body did not come within {READ_WITHIN:.0f} s") from error
    except zlib.error as error:
        raise Unfit(400, f"the body is no sound gzip: {error}") from error
    if unpack and not unpack.is_whole:
        raise Unfit(400, "the gzip body ends too early")
    return b"".join(pieces)


def items_of(body: bytes, kind: str) -> tuple[list[Item], bool]:
    """Return the items of a body and whether it is a batch. Raises NotJson, Unfit."""
    if kind in LINES:
        _count(body.count(b"\n"))
        return [_line(line) for line in body.split(b"\n") if line.strip()], True
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise NotJson(body, f"the body is no JSON: {error}") from error
    if isinstance(said, list):
        _count(len(said))
        return [Item(orjson.dumps(one), one) for one in said], True
    return [Item(body, said)], False


def _count(items: int) -> None:
    if items > MOST_ITEMS:
        raise Unfit(413, f"the body has more than {MOST_ITEMS:,} items; send it in parts")


def _line(line: bytes) -> Item:
    try:
        return Item(line, orjson.loads(line))
    except orjson.JSONDecodeError as error:
        return Item(line, wrong=f"is no JSON: {error}")


def _too_large() -> Unfit:
    return Unfit(413, f"the body is larger than {MOST:,} bytes; send it in parts")


class _Unpacking:
    """Unpacks gzip piece by piece, so that a bomb is seen before it is in memory."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)

    @property
    def is_whole(self) -> bool:
        return self._stream.eof

    def __call__(self, packed: bytes) -> list[bytes]:
        pieces: list[bytes] = []
        size = 0
        while packed and size <= MOST:
            if self._stream.eof:  # files that were packed one by one may follow each other
                self._stream = zlib.decompressobj(_GZIP)
            pieces.append(self._stream.decompress(packed, PIECE))
            size += len(pieces[-1])
            packed = self._stream.unconsumed_tail or self._stream.unused_data
        return pieces
