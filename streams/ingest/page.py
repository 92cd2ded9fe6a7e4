"""What a web page says of itself: JSON-LD first, then OpenGraph and its kin, then plain HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
from resiliparse.parse.html import DocumentNode

if TYPE_CHECKING:
    from collections.abc import Iterator


# Where pages put the date of publication beside JSON-LD, the most trustworthy first.
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "date",
)
_LANG = re.compile(r"^([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)$")


@dataclass(frozen=True, slots=True)
class _Page:
    root: DocumentNode
    metas: dict[str, str]  # by name in lower case
    record: dict[str, Any]  # the JSON-LD record that is an article

    def attribute(self, selector: str, name: str) -> str | None:
        """Return an attribute of the first element that the selector finds."""
        element = self.root.query_selector(selector)
        return element.getattr(name) if element else None


def said_of_itself(root: DocumentNode) -> tuple[dict[str, Any], list[str]]:
    """Return the fields of an article that the page states, and notes on what had to be assumed."""
    page = _Page(root, _metas(root), _article_record(root))
    url = _url(page)
    published_at, notes = _published_at(page)
    fields = {
        "title": _title(page),
        "url": url,
        "source": _host(url) or _name(page.record.get("publisher")) or page.metas.get("og:site_name"),
        "lang": _lang(page),
        "published_at": published_at,
        "origin_hint": _wire(page),
    }
    return {name: value for name, value in fields.items() if value}, notes


def _metas(root: DocumentNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.query_selector_all("meta[content]"):
        name = meta.getattr("property") or meta.getattr("name") or meta.getattr("itemprop")
        content = (meta.getattr("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _article_record(root: DocumentNode) -> dict[str, Any]:
    for script in root.query_selector_all('script[type="application/ld+json"]'):
        try:
            parsed = orjson.loads((script.text or "").encode("utf-8", "replace"))
        except orjson.JSONDecodeError:
            continue  # pages with broken JSON-LD are common, and the other places still speak
        for record in _records(parsed):
            if any(str(name).endswith(("Article", "Posting")) for name in _as_list(record.get("@type"))):
                return record
    return {}


def _records(parsed: Any) -> Iterator[dict[str, Any]]:
    for record in _as_list(parsed):
        if isinstance(record, dict):
            yield record
            yield from (inner for inner in _as_list(record.get("@graph")) if isinstance(inner, dict))


def _title(page: _Page) -> str | None:
    headline, title = page.root.query_selector("h1"), page.root.query_selector("title")
    places = (
        page.record.get("headline"),
        page.metas.get("og:title"),
        headline.text if headline else None,
        title.text if title else None,
    )
    stated = next((place for place in places if isinstance(place, str) and place.strip()), None)
    return " ".join(html.unescape(stated).split()) if stated else None


def _url(page: _Page) -> str | None:
    main = page.record.get("mainEntityOfPage")
    places = (
        page.attribute('link[rel~="canonical"]', "href"),
        page.metas.get("og:url"),
        main.get("@id") if isinstance(main, dict) else main,
        page.record.get("url"),
    )
    return next((place.strip() for place in places if isinstance(place, str) and _host(place)), None)


def _host(url: str | None) -> str | None:
    """Return the host of a web address, the closest that a page gives to a source's id."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (
        parts.hostname.removeprefix("www.") if parts.scheme in ("http", "https") and parts.hostname else None
    )


def _published_at(page: _Page) -> tuple[datetime | None, list[str]]:
    places = [page.record.get("datePublished"), *(page.metas.get(name) for name in _DATE_METAS)]
    places.append(page.attribute("time[datetime]", "datetime"))
    for place in filter(None, places):
        try:
            published_at = datetime.fromisoformat(str(place).strip())
        except ValueError:
            continue  # a date in words: another place may hold a readable one
        if published_at.tzinfo is None:
            return published_at.replace(tzinfo=UTC), [
                f"its date {place} has no time zone, it was read as UTC"
            ]
        return published_at, []
    return None, []


def _lang(page: _Page) -> str | None:
    places = (page.attribute("html", "lang"), page.record.get("inLanguage"), page.metas.get("og:locale"))
    for place in places:
        if isinstance(place, str) and (match := _LANG.match(place.strip())):
            return match[1].lower() + match[2].replace("_", "-")
    return None


def _wire(page: _Page) -> str | None:
    """Return the organisation that wrote it when it is not the one that published it: a wire, mostly."""
    for author in _as_list(page.record.get("author")):
        if isinstance(author, dict) and str(author.get("@type")).endswith("Organization"):
            name = _name(author)
            return name if name != _name(page.record.get("publisher")) else None
    return None


def _name(party: Any) -> str | None:
    name = party.get("name") if isinstance(party, dict) else party
    return html.unescape(name).strip() if isinstance(name, str) else None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
