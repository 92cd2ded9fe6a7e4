"""A folder that is watched: which files are new or changed, and written to their end."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from streams.ingest.archives import LINES, WARC, is_archive, read_archive
from streams.ingest.compressed import plain_name
from streams.ingest.conveyor import Batch
from streams.ingest.found import Unread
from streams.ingest.journal import Journal, Stamp
from streams.ingest.read import is_article_file, read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.ingest.archives import Reading
    from streams.ingest.found import Found

LOGGER = logging.getLogger(__name__)

MOST_KEPT: Final = 8 * 1024 * 1024  # bytes of a file that is no article, for its dead letter


@dataclass(slots=True)
class Folder:
    """Looked at now and then, not told by the system: that works on network drives too.

    A file counts as written to its end when two looks at it, one after the other, find it the same.
    """

    path: Path
    journal: Journal
    _seen: dict[Path, Stamp] = field(default_factory=dict)

    def look(self) -> list[Path]:
        """Return the files that are to be read now, the oldest first."""
        before, self._seen = self._seen, dict(self._stamps())
        self._forget_what_is_gone()
        ready = [
            (stamp.mtime_ns, file)
            for file, stamp in self._seen.items()
            if before.get(file) == stamp and not self.journal.of(_name(file), stamp).whole
        ]
        return [file for _, file in sorted(ready)]

    @property
    def unsettled(self) -> bool:
        """Whether a file was found that is to be looked at once more before it is read."""
        return any(not self.journal.of(_name(file), stamp).whole for file, stamp in self._seen.items())

    def batch(self, file: Path, reading: Reading) -> Batch:
        """Return the batch that a file is, in the state in which it was seen."""
        return Batch(_name(file), self._seen[file], partial(_read, file, reading))

    def _stamps(self) -> Iterator[tuple[Path, Stamp]]:
        try:
            for file in self.path.rglob("*"):
                hidden = any(part.startswith(".") for part in file.relative_to(self.path).parts)
                if not hidden and _is_read(file) and file.is_file():
                    yield file, Stamp.of(file)
        except OSError as error:  # a file that went while it was looked at, or a drive that is away
            LOGGER.warning("%s: %s", self.path, error.strerror or error)

    def _forget_what_is_gone(self) -> None:
        """Drop files from the journal that the folder has no more; keep all when it shows none: it may be away."""
        if len(self.journal.progress) > 2 * len(self._seen) + 1_000 and self._seen:
            self.journal.keep({_name(file) for file in self._seen})


def _is_read(file: Path) -> bool:
    return is_article_file(file) or is_archive(file, (*LINES, *WARC))


def _name(file: Path) -> str:
    return str(file.absolute())


def _read(file: Path, reading: Reading, skip: int) -> Iterator[Found | Unread]:
    if is_archive(file, WARC) or plain_name(file) != file.name:
        yield from read_archive(file, reading, skip)
        return
    found = read_articles([file], now=reading.now, known=reading.known, opened=reading.opened)
    for one in islice(found, skip, None):
        yield _with_bytes(one, file) if isinstance(one, Unread) and one.raw is None else one


def _with_bytes(unread: Unread, file: Path) -> Unread:
    """Return it with the bytes of the file that it is."""
    try:
        with file.open("rb") as stream:
            return replace(unread, raw=stream.read(MOST_KEPT))
    except OSError:
        return unread
