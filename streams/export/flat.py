"""Events as one flat table: every field a column, for CSV and Parquet alike."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import orjson

from schemas import Event

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from schemas import Party

Kind = Literal["text", "texts", "number", "count", "day", "instant"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the kind of its values, and where an event has them; None is not known."""

    name: str
    kind: Kind
    of: Callable[[Event], Any]


def _parties(name: str, of: Callable[[Event], list[Party]]) -> tuple[Column, ...]:
    """Return the columns of a list of parties; all of them have one entry for each, in the same order."""
    return (
        Column(f"{name}s", "texts", lambda event: [party.id for party in of(event)]),
        Column(f"{name}_names", "texts", lambda event: [party.name for party in of(event)]),
        Column(f"{name}_roles", "texts", lambda event: [party.role or "" for party in of(event)]),
        Column(f"{name}_persons", "texts", lambda event: [party.person or "" for party in of(event)]),
    )


COLUMNS = (
    Column("id", "text", lambda event: event.id),
    Column("type", "text", lambda event: event.type),
    Column("family", "text", lambda event: event.family),
    Column("polarity", "text", lambda event: event.polarity.value),
    Column("severity", "number", lambda event: event.severity),
    Column("status", "text", lambda event: event.status.value),
    *_parties("actor", lambda event: event.actors),
    *_parties("target", lambda event: event.targets),
    Column("object", "text", lambda event: event.object),
    Column("rivals", "texts", lambda event: [party.id for party in event.rival]),
    Column("third_parties", "texts", lambda event: [party.id for party in event.third_party]),
    Column("date_start", "day", lambda event: event.event_date.start),
    Column("date_end", "day", lambda event: event.event_date.end),
    Column("date_precision", "text", lambda event: event.event_date.precision),
    Column("date_text", "text", lambda event: event.event_date.text),
    Column("place", "text", lambda event: event.place and event.place.name),
    Column("place_country", "text", lambda event: event.place and event.place.country),
    Column("place_lat", "number", lambda event: event.place and event.place.lat),
    Column("place_lon", "number", lambda event: event.place and event.place.lon),
    Column("place_precision", "text", lambda event: event.place and event.place.precision),
    Column("place_role", "text", lambda event: event.place and event.place.role),
    Column("other_places", "texts", lambda event: [place.name for place in event.other_places]),
    Column("claim", "text", lambda event: event.claim.kind),
    Column("claim_by", "text", lambda event: event.claim.by),
    Column("claim_text", "text", lambda event: event.claim.text),
    Column("quote", "text", lambda event: event.evidence.quote),
    Column("quote_start", "count", lambda event: event.evidence.start),
    Column("quote_end", "count", lambda event: event.evidence.end),
    Column("lang", "text", lambda event: event.evidence.lang),
    Column("trigger", "text", lambda event: event.evidence.trigger),
    Column("cue", "text", lambda event: event.evidence.cue),
    Column("attributes", "text", lambda event: orjson.dumps(event.attributes).decode()),
    Column("confidence", "number", lambda event: event.confidence),
    Column("cameo", "text", lambda event: event.codes.cameo),
    Column("goldstein", "number", lambda event: event.codes.goldstein),
    Column("plover", "text", lambda event: event.codes.plover),
    Column("quadclass", "count", lambda event: event.codes.quadclass),
    Column("article", "text", lambda event: event.article.id),
    Column("url", "text", lambda event: event.article.url),
    Column("source", "text", lambda event: event.article.source),
    Column("published_at", "instant", lambda event: event.article.published_at),
    Column("origin_hint", "text", lambda event: event.article.origin_hint),
    Column("signature", "text", lambda event: event.article.signature),
    Column("tagged_at", "instant", lambda event: event.tagged_at),
    Column("taxonomy", "text", lambda event: event.taxonomy),
    Column("tagger", "text", lambda event: event.tagger),
)


def write_csv(events: Iterable[Event], table: TextIO) -> None:
    """Write events as CSV with a header row."""
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(column.name for column in COLUMNS)
    for event in events:
        writer.writerow(_cell(column.of(event)) for column in COLUMNS)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(entry.replace(";", ",") for entry in value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value
