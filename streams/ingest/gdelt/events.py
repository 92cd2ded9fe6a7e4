"""The events of GDELT, read from its event table and put beside our types: to compare with, never to mix in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from streams.export.gdelt import EVENT_COLUMNS
from streams.ingest.gdelt.addresses import instant
from streams.ingest.gdelt.crosswalk import types_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OF: Final = "gdelt"
_AT: Final = {name: at for at, name in enumerate(EVENT_COLUMNS)}


def events_in(rows: Iterable[list[str]]) -> Iterator[dict[str, Any]]:
    """Yield the events of a table, as JSON objects marked `"of": "gdelt"`; what a row leaves empty is left out."""
    for row in rows:
        code = row[_AT["EventCode"]]
        event = {
            "of": OF,
            "id": row[_AT["GlobalEventID"]],
            "day": _day(row[_AT["Day"]]),
            "types": list(types_of(code)),
            "cameo": code,
            "quadclass": _number(row[_AT["QuadClass"]]),
            "goldstein": _number(row[_AT["GoldsteinScale"]]),
            "actor": _actor(row, "Actor1"),
            "target": _actor(row, "Actor2"),
            "place": _place(row),
            "mentions": _number(row[_AT["NumMentions"]]),
            "sources": _number(row[_AT["NumSources"]]),
            "articles": _number(row[_AT["NumArticles"]]),
            "tone": _number(row[_AT["AvgTone"]]),
            "added_at": instant(row[_AT["DATEADDED"]]),
            "url": row[_AT["SOURCEURL"]],
        }
        yield {name: value for name, value in event.items() if value not in (None, "", {})}


def _actor(row: list[str], actor: str) -> dict[str, str]:
    said = {
        "code": row[_AT[f"{actor}Code"]],
        "name": row[_AT[f"{actor}Name"]],
        "country": row[_AT[f"{actor}CountryCode"]],
    }
    return {name: value for name, value in said.items() if value}


def _place(row: list[str]) -> dict[str, Any]:
    said = {
        "name": row[_AT["ActionGeo_Fullname"]],
        "fips": row[_AT["ActionGeo_CountryCode"]],
        "lat": _number(row[_AT["ActionGeo_Lat"]]),
        "lon": _number(row[_AT["ActionGeo_Long"]]),
    }
    return {name: value for name, value in said.items() if value not in (None, "")}


def _day(text: str) -> str | None:
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == len("20220513") and text.isdigit() else None


def _number(text: str) -> float | int | None:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return None
