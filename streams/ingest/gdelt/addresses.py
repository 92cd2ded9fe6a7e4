"""Mentions and knowledge graph → the web addresses of the articles that GDELT read."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from streams.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from streams.ingest.gdelt.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEB: Final = "1"  # how GDELT marks a document that has a web address
TIME: Final = "%Y%m%d%H%M%S"

_MENTION: Final = {name: at for at, name in enumerate(MENTION_COLUMNS)}
_EVENT: Final = {name: at for at, name in enumerate(EVENT_COLUMNS)}
_GKG: Final = {"date": 1, "collection": 2, "site": 3, "document": 4, "extras": 26}
_TITLE: Final = re.compile(r"<PAGE_TITLE>(.{1,2000}?)</PAGE_TITLE>", re.DOTALL)
_PUBLISHED: Final = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{14})</PAGE_PRECISEPUBTIMESTAMP>")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an article is. `seen_at` is when GDELT read it; title and time of publication are what GDELT found."""

    url: str
    site: str
    seen_at: datetime | None
    title: str | None = None
    published_at: datetime | None = None


def addresses_in(kind: Kind, rows: Iterable[list[str]]) -> Iterator[Address]:
    """Yield the address of every article in a table, each once as long as its mentions follow one another."""
    read = {Kind.MENTIONS: _of_mention, Kind.GKG: _of_document, Kind.EVENTS: _of_event}[kind]
    last = None
    for row in rows:
        found = read(row)
        if found and found.url.startswith(("http://", "https://")) and found.url != last:
            last = found.url
            yield found


def _of_mention(row: list[str]) -> Address | None:
    if row[_MENTION["MentionType"]] != WEB:
        return None
    site, url = row[_MENTION["MentionSourceName"]], row[_MENTION["MentionIdentifier"]]
    return Address(url, site, instant(row[_MENTION["MentionTimeDate"]]))


def _of_document(row: list[str]) -> Address | None:
    if row[_GKG["collection"]] != WEB:
        return None
    title, published = _TITLE.search(row[_GKG["extras"]]), _PUBLISHED.search(row[_GKG["extras"]])
    return Address(
        row[_GKG["document"]],
        row[_GKG["site"]],
        instant(row[_GKG["date"]]),
        html.unescape(title[1]).strip() if title else None,
        instant(published[1]) if published else None,
    )


def _of_event(row: list[str]) -> Address:
    return Address(row[_EVENT["SOURCEURL"]], "", instant(row[_EVENT["DATEADDED"]]))


def instant(text: str) -> datetime | None:
    """Return the time that GDELT writes as 20220513200000; None where it is none."""
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
