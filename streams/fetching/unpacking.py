"""Bodies as they come, packed or not → bytes, in bounded steps: a bomb is stopped before it goes off."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli

from streams.errors import TocsinError

ACCEPTED = "gzip, br"
STEP = 64 * 1024  # bytes unpacked at once
BOMB_RATIO = 20  # text is packed ten times smaller, hardly ever twenty times


class Oversized(TocsinError):
    """A body is larger than it may be; `is_bomb` when it was made to be."""

    def __init__(self, limit: int, *, is_bomb: bool) -> None:
        super().__init__(f"is larger than {limit:,} bytes{' when unpacked' if is_bomb else ''}")
        self.is_bomb = is_bomb


class BadPacking(TocsinError):
    """A body is packed in a way that is not known, or broken."""


class _Unpacker(Protocol):
    def step(self, packed: bytes, most: int) -> bytes:
        """Return up to `most` bytes more; empty when `packed` and all before it are unpacked."""
        ...

    @property
    def is_done(self) -> bool: ...


class _Zlib:
    def __init__(self, window: int) -> None:
        self._inner = zlib.decompressobj(window)

    def step(self, packed: bytes, most: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + packed, most)

    @property
    def is_done(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def step(self, packed: bytes, most: int) -> bytes:
        return bytes(self._inner.process(packed, output_buffer_limit=most))

    @property
    def is_done(self) -> bool:
        return bool(self._inner.is_finished())


class _Plain:
    is_done = True

    def step(self, packed: bytes, most: int) -> bytes:  # noqa: ARG002 - a chunk is small already
        return packed


class Body:
    """Collects a body as it comes, and unpacks it. `limit` counts bytes, packed and unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        """Begin empty. Raises BadPacking when the encoding is none that is known."""
        self._unpacker = _unpacker(encoding)
        self._is_plain = isinstance(self._unpacker, _Plain)
        self._limit = limit
        self._parts: list[bytes] = []
        self._packed = self.size = 0

    def add(self, packed: bytes) -> None:
        """Take the next bytes as they came. Raises Oversized, BadPacking."""
        self._packed += len(packed)
        try:
            self._unpack(packed)
        except (zlib.error, brotli.error) as error:
            raise BadPacking("its body is broken: it cannot be unpacked") from error

    def _unpack(self, packed: bytes) -> None:
        while more := self._unpacker.step(packed, STEP):
            self._parts.append(more)
            self.size += len(more)
            if self.size > self._limit:
                is_bomb = self._packed * BOMB_RATIO < self._limit
                self._parts.clear()
                raise Oversized(self._limit, is_bomb=is_bomb)
            if self._is_plain:
                return
            packed = b""

    def whole(self) -> bytes:
        """Return the body. Raises BadPacking where it ends before its end."""
        if not self._unpacker.is_done and self._packed:
            raise BadPacking("its body is broken: it ends before its end")
        return b"".join(self._parts)


def _unpacker(encoding: str) -> _Unpacker:
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zlib(16 + zlib.MAX_WBITS)
        case "deflate":
            return _Zlib(zlib.MAX_WBITS)
        case "br":
            return _Brotli()
    raise BadPacking(f"its body is packed as {encoding[:40]!r}, which was not asked for")
