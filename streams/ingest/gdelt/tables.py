"""A file of GDELT → its rows, read as a stream: a zip with one table of tab-separated values, or that table itself."""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from typing import IO, TYPE_CHECKING, BinaryIO, Final

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LINE: Final = 4 * 1024 * 1024  # bytes of a row; those of the knowledge graph reach some 200,000
MAX_TABLE: Final = 1024 * 1024 * 1024  # bytes unpacked; the largest files of 15 minutes reach some 60 million
_ZIP: Final = b"PK\x03\x04"


class BadTable(TocsinError):
    """A file that is no table of GDELT, or is cut off or damaged."""


class Kind(StrEnum):
    """What a table holds."""

    EVENTS = "export"
    MENTIONS = "mentions"
    GKG = "gkg"


COLUMNS: Final = {Kind.EVENTS: 61, Kind.MENTIONS: 16, Kind.GKG: 27}


def kind_of(name: str) -> Kind | None:
    """Return what the file of this name or address holds, as 20220513200000.translation.gkg.csv.zip."""
    words = name.rpartition("/")[2].lower().split(".")
    return next((kind for kind in Kind if kind.value in words), None)


def rows_of(name: str, kind: Kind, stream: BinaryIO) -> Iterator[list[str]]:
    """Yield the rows of a table; one with another number of columns is passed over, as readers of GDELT must.

    Raises BadTable, after the rows that could be read, where the file is cut off or damaged; and when it holds rows
    but none of this kind.
    """
    number = fitting = 0
    try:
        for line in _lines(name, stream):
            number += 1
            row = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
            if len(row) == COLUMNS[kind]:
                fitting += 1
                yield row
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise BadTable(f"{name}: is cut off or damaged after row {number}: {error}") from error
    if number and not fitting:
        raise BadTable(f"{name}: no row has the {COLUMNS[kind]} columns of a table of {kind}")


def _lines(name: str, stream: BinaryIO) -> Iterator[bytes]:
    head = stream.read(len(_ZIP))
    stream.seek(0)
    if head != _ZIP:
        yield from _bounded(name, stream)
        return
    with zipfile.ZipFile(stream) as packed:
        for member in packed.infolist()[:1]:
            with packed.open(member) as table:
                yield from _bounded(name, table)


def _bounded(name: str, table: IO[bytes]) -> Iterator[bytes]:
    read = 0
    while line := table.readline(MAX_LINE):
        read += len(line)
        if read > MAX_TABLE:
            raise BadTable(f"{name}: is larger than {MAX_TABLE} bytes when unpacked; no file of GDELT is")
        yield line
