"""The lists that GDELT publishes of its files: lastupdate.txt, and masterfilelist.txt with all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from streams.errors import TocsinError
from streams.ingest.gdelt.tables import Kind, kind_of

LAST_UPDATE: Final = "http://data.gdeltproject.org/gdeltv2/lastupdate.txt"
LAST_UPDATE_TRANSLATED: Final = "http://data.gdeltproject.org/gdeltv2/lastupdate-translation.txt"
_LINE: Final = re.compile(
    r"(?P<size>\d{1,12}) (?P<md5>[0-9a-f]{32}) (?P<url>https?://\S+/(?P<time>\d{14})\.\S+)"
)


class BadList(TocsinError):
    """A text that is no list of GDELT's files."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is listed; `at` is the end of its quarter of an hour."""

    url: str
    kind: Kind
    at: datetime
    size: int
    md5: str


def read_list(name: str, text: str) -> list[Listed]:
    """Return the files that are listed, the earliest first; lines that are none are passed over, as there are some.

    Raises BadList where no line is one.
    """
    found = [
        Listed(
            url=match["url"],
            kind=kind,
            at=datetime.strptime(match["time"], "%Y%m%d%H%M%S").replace(tzinfo=UTC),
            size=int(match["size"]),
            md5=match["md5"],
        )
        for line in text.splitlines()
        if (match := _LINE.fullmatch(line.strip())) and (kind := kind_of(match["url"]))
    ]
    if not found:
        raise BadList(
            f"{name}: lists no file of GDELT; a line of it is `SIZE MD5 http://…/TIME.export.CSV.zip`"
        )
    return sorted(found, key=lambda one: one.at)
