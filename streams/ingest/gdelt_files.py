"""Where the files of GDELT are: on this machine, or where a list of GDELT's says."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from streams.errors import TocsinError
from streams.fetching import Fetched, Wanted
from streams.ingest.gdelt import Kind, kind_of, read_list

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from streams.fetching import Fetcher
    from streams.ingest.gdelt import Listed

MAX_LIST: Final = 512 * 1024 * 1024  # bytes; the list of all files since 2015 has some 130 million
MAX_FILE: Final = 256 * 1024 * 1024  # bytes packed; the largest have some 15 million


class NoTable(TocsinError):
    """A file that cannot be read or fetched, or whose name does not say what it holds."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of GDELT, open to be read."""

    name: str
    kind: Kind
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Choice:
    """Which files of a list: of these kinds, and from `since` until before `until` where these are given."""

    kinds: tuple[Kind, ...]
    since: datetime | None = None
    until: datetime | None = None

    def takes(self, listed: Listed) -> bool:
        """Tell whether this file is wanted."""
        return (
            listed.kind in self.kinds
            and (self.since is None or listed.at >= self.since)
            and (self.until is None or listed.at < self.until)
        )


async def local_tables(files: Iterable[Path], choice: Choice) -> AsyncIterator[Table]:
    """Yield the tables of these files. Raises NoTable."""
    for file in files:
        kind = kind_of(file.name)
        if kind is None:
            raise NoTable(
                f"{file}: its name does not say what it holds; GDELT's are as TIME.mentions.CSV.zip"
            )
        if kind not in choice.kinds:
            continue
        try:
            with file.open("rb") as stream:
                yield Table(str(file), kind, stream)
        except OSError as error:
            raise NoTable(f"{file}: cannot be read: {error.strerror or error}") from error


async def listed_tables(where: str, choice: Choice, fetcher: Fetcher) -> AsyncIterator[Table | NoTable]:
    """Yield the tables that a list names, one after the other; a NoTable for one that cannot be had.

    `where` is the address of the list, or a file. Raises NoTable when the list cannot be had, BadList.
    """
    raw = await _fetched(where, fetcher, MAX_LIST) if "://" in where else _read(Path(where))
    for listed in read_list(where, raw.decode("utf-8", "replace")):
        if not choice.takes(listed):
            continue
        try:
            body = await _fetched(listed.url, fetcher, MAX_FILE)
            _check(listed, body)
        except NoTable as error:
            yield error
            continue
        yield Table(listed.url, listed.kind, io.BytesIO(body))


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoTable(f"{file}: cannot be read: {error.strerror or error}") from error


async def _fetched(url: str, fetcher: Fetcher, limit: int) -> bytes:
    result = await fetcher.fetch(replace(Wanted(url), robots=False, max_bytes=limit))
    if isinstance(result, Fetched):
        return result.body
    raise NoTable(f"{url}: {getattr(result, 'said', 'was not sent')}")


def _check(listed: Listed, body: bytes) -> None:
    if hashlib.md5(body, usedforsecurity=False).hexdigest() != listed.md5:
        raise NoTable(f"{listed.url}: is not the file that is listed ({len(body)} bytes of {listed.size})")
