"""Archives of articles → batches: JSON lines and WARC, compressed or not, of files and folders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from streams.errors import TocsinError
from streams.ingest.compressed import BROKEN, plain_name, uncompressed
from streams.ingest.conveyor import Batch
from streams.ingest.found import Found, Known, NoArticle, Unread, complete
from streams.ingest.journal import Stamp
from streams.ingest.records import bounded_lines, read_line
from streams.ingest.warc import warc_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


LINES: Final = (".jsonl", ".ndjson", ".json")
WARC: Final = (".warc",)
_MARK: Final = {"backfill": True}


class NoArchive(TocsinError):
    """A path that leads to no archive of a kind that is read."""


def find_archives(paths: Iterable[Path], kinds: tuple[str, ...] = LINES + WARC) -> list[Path]:
    """Return the files to read: each path, and of a folder every archive in and below it, by name.

    Raises NoArchive for a file of another kind, and for a folder that holds none.
    """
    files: list[Path] = []
    for path in paths:
        if not path.is_dir():
            if not is_archive(path, kinds):
                raise NoArchive(
                    f"{path}: is no archive; those end in {', '.join(kinds)}, with .gz or .zst or without"
                )
            files.append(path)
            continue
        inside = sorted(file for file in path.rglob("*") if is_archive(file, kinds) and file.is_file())
        if not inside:
            raise NoArchive(
                f"{path}: holds no archive; those end in {', '.join(kinds)}, with .gz or .zst or without"
            )
        files += inside
    return files


def is_archive(file: Path, kinds: tuple[str, ...]) -> bool:
    """Tell by its name whether a file is an archive of one of these kinds."""
    return plain_name(file).lower().endswith(kinds)


@dataclass(frozen=True, slots=True)
class Reading:
    """How archives are read. `now` is when; `known` stands in for what an article does not say; `opened` opens a file.

    With `backfill` every article is marked as such.
    """

    now: datetime
    opened: Callable[[Path], BinaryIO]
    known: Known = field(default_factory=Known)
    backfill: bool = False


def batch_of(file: Path, reading: Reading) -> Batch:
    """Return the batch that a file is. Raises NoArchive when it is gone."""
    try:
        stamp = Stamp.of(file)
    except OSError as error:
        raise NoArchive(f"{file}: cannot be read: {error.strerror or error}") from error
    return Batch(str(file.resolve()), stamp, partial(read_archive, file, reading))


def read_archive(file: Path, reading: Reading, skip: int) -> Iterator[Found | Unread]:
    """Yield what an archive holds after the first so many inputs."""
    try:
        with reading.opened(file) as stream:
            if is_archive(file, WARC):
                yield from _read_pages(file, stream, reading, skip)
            else:
                yield from _read_lines(file, uncompressed(file, stream), reading, skip)
    except OSError as error:
        yield Unread(str(file), f"cannot be read: {error.strerror or error}")


def _read_pages(file: Path, stream: BinaryIO, reading: Reading, skip: int) -> Iterator[Found | Unread]:
    for found in warc_pages(str(file), stream, known=reading.known, skip=skip):
        if reading.backfill and isinstance(found, Found):
            yield replace(found, article=found.article.model_copy(update=_MARK))
        else:
            yield found


def _read_lines(file: Path, stream: BinaryIO, reading: Reading, skip: int) -> Iterator[Found | Unread]:
    beside, mark = reading.known.fields, _MARK if reading.backfill else {}
    number = count = 0
    try:
        for number, line in enumerate(bounded_lines(stream), start=1):
            if line is not None and line.isspace():
                continue
            count += 1
            if count > skip:
                where = f"{file}:{number}"
                try:
                    yield Found(where, complete(beside | read_line(line) | mark, now=reading.now))
                except NoArticle as error:
                    yield Unread(where, str(error), error.reason, line)
    except BROKEN as error:
        yield Unread(str(file), f"is cut off or damaged after line {number}: {error}")
