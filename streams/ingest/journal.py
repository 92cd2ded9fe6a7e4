"""How far files were brought in: a journal on disk that a killed process goes on from."""

from __future__ import annotations

import fcntl
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, Self

import orjson

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


SPARE_LINES: Final = 10_000  # out of date, before the journal is written anew without them


class JournalInUse(TocsinError):
    """Another process writes this journal."""


class JournalUnusable(TocsinError):
    """The journal cannot be read or written."""


class Stamp(NamedTuple):
    """What tells one state of a file from another, without reading it."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, file: Path) -> Self:
        """Return the stamp of a file as it is. Raises OSError."""
        seen = file.stat()
        return cls(seen.st_size, seen.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many inputs of a file are done, in its order; `whole` when there are no more."""

    stamp: Stamp
    done: int
    whole: bool


Ends = dict[tuple[str, int], int]
"""The offset after the last message of ours, by topic and partition."""


@dataclass(slots=True)
class Journal:
    """What was done, by file. `ends` says how far the topics had come when it was last written.

    Lines of JSON, on disk before `note` returns; a torn last one is passed over. Without a path nothing is kept.
    """

    path: Path | None
    progress: dict[str, Progress] = field(default_factory=dict)
    ends: Ends = field(default_factory=dict)
    _file: BinaryIO | None = None
    _lines: int = 0

    def __enter__(self) -> Self:
        """Lock the journal, read it, and write it anew without what is out of date.

        Raises JournalInUse, JournalUnusable.
        """
        if self.path is None:
            return self
        try:
            self._file = self.path.open("a+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._file.seek(0)
            self._read(self._file.readlines())
            self._compact(self.path)
        except BlockingIOError as error:
            raise JournalInUse(f"{self.path}: another process works with this journal") from error
        except OSError as error:
            raise JournalUnusable(f"{self.path}: {error.strerror or error}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def of(self, name: str, stamp: Stamp) -> Progress:
        """Return how far the file of this name was done; from its beginning when it has changed since."""
        known = self.progress.get(name)
        return known if known and known.stamp == stamp else Progress(stamp, 0, whole=False)

    def note(self, progress: Mapping[str, Progress], ends: Mapping[tuple[str, int], int]) -> None:
        """Write down how far these files are done, and how far the topics have come with it."""
        self.progress |= progress
        self.ends |= ends
        if self._file is None:
            return
        try:
            if self.path and self._lines > SPARE_LINES + 2 * len(self.progress):
                self._compact(self.path)
            self._lines += len(progress) + 1
            self._file.writelines(_line(name, one, {}) for name, one in progress.items())
            self._file.write(_line(None, None, self.ends))
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise JournalUnusable(f"{self.path}: {error.strerror or error}") from error

    def keep(self, names: set[str]) -> None:
        """Forget every file but these, and write the journal anew. Raises JournalUnusable."""
        self.progress = {name: progress for name, progress in self.progress.items() if name in names}
        if self.path is None:
            return
        try:
            self._compact(self.path)
        except OSError as error:
            raise JournalUnusable(f"{self.path}: {error.strerror or error}") from error

    def _read(self, lines: list[bytes]) -> None:
        for number, line in enumerate(lines, start=1):
            try:
                said = orjson.loads(line)
                if said["file"] is not None:
                    self.progress[said["file"]] = Progress(Stamp(*said["stamp"]), said["done"], said["whole"])
                self.ends |= {(topic, partition): offset for topic, partition, offset in said["ends"]}
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
                if number == len(lines):
                    return  # the line that a killed process was writing
                raise JournalUnusable(
                    f"{self.path}:{number}: is no line of a journal; is it another file? Name one with --journal"
                ) from error

    def _compact(self, path: Path) -> None:
        """Write one line a file in the place of many. The lock stays with the file that holds it."""
        lines = [_line(name, progress, {}) for name, progress in self.progress.items()]
        lines.append(_line(None, None, self.ends))
        fresh = path.with_name(f"{path.name}.new")
        written = fresh.open("w+b")
        fcntl.flock(written, fcntl.LOCK_EX | fcntl.LOCK_NB)
        written.writelines(lines)
        written.flush()
        os.fsync(written.fileno())
        fresh.replace(path)
        if self._file:
            self._file.close()
        self._file, self._lines = written, len(lines)


def _line(name: str | None, progress: Progress | None, ends: Ends) -> bytes:
    said = {
        "file": name,
        "stamp": [*progress.stamp] if progress else None,
        "done": progress.done if progress else 0,
        "whole": progress.whole if progress else False,
        "ends": [[topic, partition, offset] for (topic, partition), offset in ends.items()],
    }
    return orjson.dumps(said) + b"\n"
