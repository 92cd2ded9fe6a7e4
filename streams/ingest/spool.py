"""The spool: what could not be sent yet, on disk, in order, bounded; gone only when it is said to be done.

A folder of segments, each a row of entries: length and CRC-32 as two big-endian words of 4 bytes, then the bytes.
`done` says up to where all was done. What was half written when the power went has a wrong checksum and is set aside,
as a file of the same name that ends in `.torn`: nobody was told that it is safe, unless the disk lost it later.
"""

from __future__ import annotations

import fcntl
import logging
import os
import struct
import zlib
from collections import deque
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

import orjson

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LOGGER = logging.getLogger(__name__)

SEGMENT: Final = (
    16 * 1024 * 1024
)  # bytes after which the next segment begins: what is done is freed by segments
_HEAD = struct.Struct(">II")


class SpoolFull(TocsinError):
    """The spool has no room for more."""


class SpoolInUse(TocsinError):
    """Another process holds the spool."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where an entry begins, or the next will: the number of the segment and the byte in it."""

    segment: int
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and the position after it."""

    at: Position
    after: Position
    content: bytes


@dataclass(slots=True)
class _Segment:
    number: int
    size: int
    entries: int


class Spool:
    """One spool. Its methods block on the disk; one thread at a time may call them."""

    def __init__(self, folder: Path, *, limit: int) -> None:
        """Open or make the spool; `limit` is the most bytes that it may take on disk.

        Raises SpoolInUse when another process has it open, SpoolFull when the folder cannot be written.
        """
        self._folder, self._limit = folder, limit
        self._writing: IO[bytes] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "lock").open("ab")
        except OSError as error:
            raise SpoolFull(f"the spool {folder} cannot be written: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise SpoolInUse(
                f"the spool {folder} is held by another process: stop it, or name another with TOCSIN_SPOOL"
            ) from error
        self._done = self._read_done()
        self._segments: deque[_Segment] = deque()
        self._done_in_first = 0  # entries of the first segment that are done
        self._recover()

    @property
    def count(self) -> int:
        """Entries that are not done."""
        return sum(segment.entries for segment in self._segments) - self._done_in_first

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(segment.size for segment in list(self._segments))

    @property
    def first(self) -> Position:
        """Where the first entry that is not done begins."""
        return self._done

    def append(self, contents: Sequence[bytes]) -> list[Position]:
        """Write entries and return where each begins; they are on the disk when this returns.

        All or none. Raises SpoolFull.
        """
        needed = sum(_HEAD.size + len(content) for content in contents)
        if self.size + needed > self._limit:
            raise SpoolFull(
                f"the spool {self._folder} has no room: {self.size:,} of {self._limit:,} bytes are taken; "
                "it empties when the brokers are back, TOCSIN_SPOOL_LIMIT allows more"
            )
        segment = self._open_segment()
        offset, where, rows = segment.size, [], []
        for content in contents:
            where.append(Position(segment.number, offset))
            rows += [_HEAD.pack(len(content), zlib.crc32(content)), content]
            offset += _HEAD.size + len(content)
        try:
            self._write(b"".join(rows))
        except OSError as error:
            self._cut(segment)
            raise SpoolFull(f"the spool {self._folder} cannot be written: {error.strerror}") from error
        segment.size, segment.entries = offset, segment.entries + len(contents)
        return where

    def read(self, start: Position, *, most: int, most_bytes: int) -> list[Entry]:
        """Return the next entries from a position on, in order, so many at most."""
        found: list[Entry] = []
        taken = 0
        for segment in self._segments:
            if segment.number < start.segment:
                continue
            offset = start.offset if segment.number == start.segment else 0
            for entry in _entries(self._path(segment.number), segment.number, offset, segment.size):
                found.append(entry)
                taken += len(entry.content)
                if len(found) >= most or taken >= most_bytes:
                    return found
        return found

    def done(self, after: Position, count: int) -> None:
        """Note that the next `count` entries, which end at this position, are done; free what can be freed."""
        self._done = after
        self._done_in_first += count
        while self._segments and self._is_done(self._segments[0], after):
            first = self._segments[0]
            if first.number == after.segment:
                self._done = Position(first.number + 1, 0)
                self._stop_writing()
            self._done_in_first -= first.entries
            self._segments.popleft()
            self._write_done()
            self._path(first.number).unlink()
        self._write_done()

    def close(self) -> None:
        """Let go of the spool; what is on it stays."""
        self._stop_writing()
        self._lock.close()

    @staticmethod
    def _is_done(segment: _Segment, after: Position) -> bool:
        return segment.number < after.segment or (
            segment.number == after.segment and segment.size == after.offset
        )

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:012d}.segment"

    def _read_done(self) -> Position:
        try:
            segment, offset = orjson.loads((self._folder / "done").read_bytes())
            return Position(int(segment), int(offset))
        except (FileNotFoundError, ValueError):
            return Position(0, 0)

    def _write_done(self) -> None:
        """Replace the file in one step: half of it would be read as a place where nothing begins."""
        fresh = self._folder / "done.new"
        with fresh.open("wb") as file:
            file.write(orjson.dumps([self._done.segment, self._done.offset]))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._folder / "done")

    def _recover(self) -> None:
        """Find what is on the disk, cut off what was half written, pass over what was done."""
        said, start = self._done, 0
        for path in sorted(self._folder.glob("*.segment")):
            number, size, entries = int(path.stem), 0, 0
            if number < said.segment:
                path.unlink()  # the end came between noting it as done and freeing it
                continue
            for entry in _entries(path, number, 0, path.stat().st_size):
                size, entries = entry.after.offset, entries + 1
                if entry.after <= said:
                    start, self._done_in_first = size, entries
            segment = _Segment(number, size, entries)
            if torn := path.stat().st_size - size:
                LOGGER.warning("%s: %d bytes at its end are not whole; they are set aside", path, torn)
                path.with_suffix(".torn").write_bytes(path.read_bytes()[size:])
                self._cut(segment)
            if entries:
                self._segments.append(segment)
            else:
                path.unlink()
        first = self._segments[0].number if self._segments else said.segment + 1
        self._done = Position(first, start if first == said.segment else 0)
        if self._segments and start == self._segments[0].size:
            self.done(self._done, 0)

    def _open_segment(self) -> _Segment:
        """Return the segment to write to: after a start always a new one."""
        if self._writing is None or self._segments[-1].size >= SEGMENT:
            self._stop_writing()
            number = max(self._segments[-1].number + 1 if self._segments else 0, self._done.segment)
            self._writing = self._path(number).open("ab", buffering=0)
            self._segments.append(_Segment(number, 0, 0))
            if len(self._segments) == 1:
                self._done, self._done_in_first = Position(number, 0), 0
            self._sync_folder()
        return self._segments[-1]

    def _write(self, rows: bytes) -> None:
        assert self._writing is not None  # noqa: S101 - for the type checker
        left = memoryview(rows)
        while left:
            left = left[self._writing.write(left) :]
        os.fsync(self._writing.fileno())

    def _cut(self, segment: _Segment) -> None:
        os.truncate(self._path(segment.number), segment.size)

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.close()
            self._writing = None

    def _sync_folder(self) -> None:
        """Make the name of a new segment survive a power cut, not its content alone."""
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _entries(path: Path, number: int, offset: int, end: int) -> Iterator[Entry]:
    """Yield the whole entries between two offsets; stop at the first that is not whole."""
    with path.open("rb") as file:
        file.seek(offset)
        while offset + _HEAD.size <= end:
            length, checksum = _HEAD.unpack(file.read(_HEAD.size))
            after = offset + _HEAD.size + length
            if after > end:
                return
            content = file.read(length)
            if zlib.crc32(content) != checksum:
                return
            yield Entry(Position(number, offset), Position(number, after), content)
            offset = after
