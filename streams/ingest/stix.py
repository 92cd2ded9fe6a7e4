"""Reports of threat intelligence → articles: STIX 2.1 (`report`, `note`), and MISP events with their reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from schemas.deadletter import Reason
from streams.ingest.dating import Place, believe, said
from streams.ingest.found import MAX_BYTES, Found, NoArticle, Unread, complete
from streams.ingest.pages.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from streams.ingest.found import Known

Raw = dict[str, Any]

_STIX: Final = {"report": ("name", "description"), "note": ("abstract", "content")}  # title, text
_WEB: Final = ("http://", "https://")


def read_reports(name: str, raw: bytes, *, now: datetime, known: Known) -> Iterator[Found | Unread]:
    """Yield the article of every report in a STIX bundle or a MISP export; `name` is where it stands.

    Other objects of it are passed over. What holds no report, or is neither, is an Unread with its bytes.
    """
    try:
        reports = list(_reports(_parsed(raw)))
    except NoArticle as error:
        yield Unread(name, str(error), error.reason, raw)
        return
    if not reports:
        yield Unread(name, "holds no report: no STIX report or note, no report of a MISP event", raw=raw)
    for id_, fields, written in reports:
        where = f"{name}, {id_}"
        try:
            yield Found(where, complete(known.fields | _dated(fields, now), now=now))
        except NoArticle as error:
            yield Unread(where, str(error), error.reason, orjson.dumps(written))


def _parsed(raw: bytes) -> Any:
    if len(raw) > MAX_BYTES:
        raise NoArticle(f"is larger than {MAX_BYTES} bytes", Reason.TOO_LARGE)
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise NoArticle(f"is not JSON: {error}", Reason.NOT_JSON) from error


def _reports(parsed: Any) -> Iterator[tuple[str, Raw, Raw]]:
    """Yield of every report its id, the fields of its article, and the report as it is written.

    Raises NoArticle for what is neither STIX nor MISP.
    """
    match parsed:
        case {"type": "bundle", "objects": [*objects]}:
            yield from _of_stix([one for one in objects if isinstance(one, dict)])
        case {"type": "report" | "note"}:
            yield from _of_stix([parsed])
        case {"response": [*events]}:
            for one in events:
                yield from _reports(one)
        case {"Event": dict() as event}:
            yield from _of_misp(event)
        case _:
            raise NoArticle("is neither a STIX 2.1 bundle nor a MISP event")


def _of_stix(objects: list[Raw]) -> Iterator[tuple[str, Raw, Raw]]:
    people = {one.get("id"): one.get("name") for one in objects if one.get("type") == "identity"}
    for one in objects:
        if (places := _STIX.get(str(one.get("type")))) is None:
            continue
        title, text = places
        fields = {
            "id": _revisable_id(one),
            "url": _first_web_address(one.get("external_references")),
            "title": one.get(title),
            "body": plain_text(str(one.get(text) or "")),
            "lang": one.get("lang"),
            "published_at": one.get("published") or one.get("created"),
            "modified_at": one.get("modified"),
            "origin_hint": people.get(one.get("created_by_ref")),
            "retracted": one.get("revoked") is True or None,
        }
        yield str(one.get("id")), _known(fields), one


def _of_misp(event: Raw) -> Iterator[tuple[str, Raw, Raw]]:
    author = event.get("Orgc")
    for report in event.get("EventReport") or ():
        deleted = report.get("deleted") in (True, "1", 1)
        fields = {
            "id": f"misp--{report.get('uuid')}" if report.get("uuid") else None,
            "title": report.get("name") or event.get("info"),
            "body": plain_text(str(report.get("content") or "")),
            "published_at": event.get("date"),
            "modified_at": report.get("timestamp"),
            "origin_hint": author.get("name") if isinstance(author, dict) else None,
            "retracted": deleted or None,
        }
        yield str(report.get("uuid")), _known(fields), report


def _revisable_id(one: Raw) -> str | None:
    """Return the id of an object as ours: STIX keeps it over all revisions."""
    return str(one["id"]) if one.get("id") else None


def _first_web_address(references: Any) -> str | None:
    for one in references if isinstance(references, list) else ():
        url = one.get("url") if isinstance(one, dict) else None
        if isinstance(url, str) and url.startswith(_WEB):
            return url
    return None


def _known(fields: Raw) -> Raw:
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _dated(fields: Raw, now: datetime) -> Raw:
    published, modified = fields.get("published_at"), fields.get("modified_at")
    lang = fields.get("lang")
    dates = believe(said(Place.FEED, published, lang), said(Place.FEED, modified, lang), fetched_at=now)
    return {name: value for name, value in fields.items() if not name.endswith("_at")} | dates.fields
