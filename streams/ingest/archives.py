"""Archives of articles → batches: JSON lines and WARC, compressed or not, of files and folders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, BinaryIO, Final

from streams.errors import TocsinError
from streams.ingest.compressed import BROKEN, plain_name, uncompressed
from streams.ingest.conveyor import Batch
from streams.ingest.found import Found, NoArticle, Unread, complete
from streams.ingest.journal import Stamp
from streams.ingest.records import bounded_lines, read_line
from streams.ingest.warc import warc_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from streams.ingest.found import Known

LINES: Final = (".jsonl", ".ndjson", ".json")
WARC: Final = (".warc",)


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


def batch_of(file: Path, *, now: datetime, known: Known, opened: Callable[[Path], BinaryIO]) -> Batch:
    """Return the batch that a file is. Raises OSError."""
    return Batch(str(file.resolve()), Stamp.of(file), partial(_read, file, now, known, opened))


def _read(
    file: Path, now: datetime, known: Known, opened: Callable[[Path], BinaryIO], skip: int
) -> Iterator[Found | Unread]:
    try:
        with opened(file) as stream:
            if is_archive(file, WARC):
                yield from warc_pages(str(file), stream, known=known, skip=skip)
            else:
                yield from _read_lines(file, uncompressed(file, stream), now, known, skip)
    except OSError as error:
        yield Unread(str(file), f"cannot be read: {error.strerror or error}")


def _read_lines(
    file: Path, stream: BinaryIO, now: datetime, known: Known, skip: int
) -> Iterator[Found | Unread]:
    beside, number, count = known.fields, 0, 0
    try:
        for number, line in enumerate(bounded_lines(stream), start=1):
            if line is not None and line.isspace():
                continue
            count += 1
            if count > skip:
                yield _read_line(f"{file}:{number}", line, beside, now)
    except BROKEN as error:
        yield Unread(str(file), f"is cut off or damaged after line {number}: {error}")


def _read_line(where: str, line: bytes | None, beside: dict[str, object], now: datetime) -> Found | Unread:
    try:
        return Found(where, complete(beside | read_line(line), now=now))
    except NoArticle as error:
        return Unread(where, str(error), error.reason, line)
