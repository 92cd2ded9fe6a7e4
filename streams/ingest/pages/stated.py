"""What a web page says of itself: JSON-LD first, then OpenGraph and its kin, then plain HTML, then its address."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from resiliparse.parse.html import DocumentNode

from streams.ingest.dating import Place, Said, day_in, said
from streams.ingest.pages.linked import Record, article_record, as_list

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_AUTHORS = 20
LONGEST_NAME = 200  # characters of an author or a publisher
LONGEST_TITLE = 2_000

# Where pages put their dates beside JSON-LD, the most trustworthy first.
_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "publishdate",
    "publish_date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "date",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
)
_DATES = (
    'time, [itemprop~="datePublished"], [class]:is(.published, .post-date, .article-date, .entry-date, .pubdate, '
    ".pub-date, .date, .datum, .datetime, .timestamp, .time)"
)
_MOST_SHOWN = 5  # elements that are tried; further down stand the dates of other articles
_LANG = re.compile(r"^([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8})*)$")
_AUTHOR_ELEMENTS = (
    '[itemprop~="author"] [itemprop~="name"], a[rel~="author"], [itemprop~="author"], .author-name, .byline a'
)
_SITE_AT_END = re.compile(r"\s+[|·•»\u2014\u2013-]\s+[^|·•»\u2014\u2013]{2,40}$")


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states of the article on it."""

    fields: dict[str, Any]
    published: list[Said]
    modified: list[Said]
    partial: bool  # whether the page says that it shows the beginning alone
    body: str | None  # the text as JSON-LD has it


@dataclass(frozen=True, slots=True)
class _Page:
    root: DocumentNode
    metas: dict[str, str]  # by name in lower case
    record: Record  # the JSON-LD record that is an article
    lang: str | None

    def attribute(self, selector: str, name: str) -> str | None:
        """Return an attribute of the first element that the selector finds."""
        element = self.root.query_selector(selector)
        return element.getattr(name) if element else None


def stated(root: DocumentNode, url: str | None = None) -> Stated:
    """Return what the page states. `url` is where it was found, when that is known."""
    metas = _metas(root)
    canonical = _url(root, metas, url)
    record = article_record(root, canonical)
    page = _Page(root, metas, record, _lang(root, metas, record))
    canonical = canonical or url or _url_of_record(record)
    publisher = _name(record.get("publisher")) or metas.get("og:site_name")
    fields = {
        "title": _title(page),
        "url": canonical,
        "source": host_of(canonical) or publisher,
        "lang": page.lang,
        "authors": _authors(page),
        "publisher": publisher[:LONGEST_NAME] if publisher else None,
        "origin_hint": _wire(page),
    }
    body = record.get("articleBody")
    return Stated(
        fields={name: value for name, value in fields.items() if value},
        published=[*_published(page), *_in_address(canonical, url)],
        modified=_modified(page),
        partial=str(record.get("isAccessibleForFree")).lower() in ("false", "no"),
        body=body if isinstance(body, str) else None,
    )


def host_of(url: str | None) -> str | None:
    """Return the host of a web address, the closest that a page gives to a source's id."""
    try:
        parts = urlsplit((url or "").strip())
        named = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        return None
    return parts.hostname.removeprefix("www.") if named and parts.hostname else None


def _metas(root: DocumentNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.query_selector_all("meta[content]").values():
        name = meta.getattr("property") or meta.getattr("name") or meta.getattr("itemprop")
        name = name or meta.getattr("http-equiv")
        content = (meta.getattr("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _title(page: _Page) -> str | None:
    headline, title = page.root.query_selector("h1"), page.root.query_selector("title")
    shown = _joined(headline.text if headline else None)
    places = (
        page.record.get("headline"),
        _without_site(page.metas.get("og:title"), shown, page),
        shown,
        _without_site(title.text if title else None, shown, page),
    )
    stated = next((place for place in places if isinstance(place, str) and place.strip()), None)
    return _joined(html.unescape(stated))[:LONGEST_TITLE] if stated else None


def _without_site(title: str | None, shown: str, page: _Page) -> str | None:
    """Return a title without the name of the site at its end, if the page shows it without as its headline."""
    cut = _SITE_AT_END.search(title or "")
    if not title or not cut:
        return title
    short = title[: cut.start()]
    site = page.metas.get("og:site_name", "").casefold()
    return short if shown == _joined(short) or (site and site in cut[0].casefold()) else title


def _joined(text: str | None) -> str:
    return " ".join((text or "").split())


def _url(root: DocumentNode, metas: dict[str, str], found_at: str | None) -> str | None:
    """Return the address that the page names as its own, if it may: of its own site, and not its front page."""
    link = root.query_selector('link[rel~="canonical"]')
    for place in (link.getattr("href") if link else None, metas.get("og:url")):
        if not isinstance(place, str) or not place.strip():
            continue
        named = urljoin(found_at, place.strip()) if found_at else place.strip()
        if host_of(named) and (found_at is None or _may_be(named, found_at)):
            return named
    return None


def _url_of_record(record: Record) -> str | None:
    main = record.get("mainEntityOfPage")
    places = (main.get("@id") if isinstance(main, dict) else main, record.get("url"))
    return next((place.strip() for place in places if isinstance(place, str) and host_of(place)), None)


def _may_be(named: str, found_at: str) -> bool:
    """Tell whether a page may say that this is its address: else it could speak in the name of another site."""
    front = urlsplit(named).path in ("", "/") and not urlsplit(named).query
    return _site(named) == _site(found_at) and not (front and urlsplit(found_at).path not in ("", "/"))


def _site(url: str) -> str:
    """Return what `www.`, `m.` and `amp.` of one site have in common."""
    host = host_of(url) or ""
    return re.sub(r"^(?:m|mobile|amp|touch)\.", "", host)


def _published(page: _Page) -> list[Said]:
    found = said(Place.JSON_LD, page.record.get("datePublished") or page.record.get("dateCreated"), page.lang)
    for name in filter(page.metas.get, _PUBLISHED_METAS):
        found += said(Place.META, page.metas[name], page.lang)
    return [*found, *_shown(page)]


def _shown(page: _Page) -> list[Said]:
    """Return the date that readers are shown; one that is written for machines as well comes first."""
    elements = page.root.query_selector_all(_DATES).values()[:_MOST_SHOWN]
    for name in ("datetime", "content"):
        for element in elements:
            if found := said(Place.TIME, element.getattr(name), page.lang):
                return found
    return next(filter(None, (said(Place.TIME, element.text, page.lang) for element in elements)), [])


def _in_address(*urls: str | None) -> list[Said]:
    stamp = next(filter(None, map(day_in, urls)), None)
    return [Said(Place.URL, stamp)] if stamp else []


def _modified(page: _Page) -> list[Said]:
    texts = [page.record.get("dateModified"), *(page.metas.get(name) for name in _MODIFIED_METAS)]
    return [one for text in texts for one in said(Place.META, text, page.lang)]


def _lang(root: DocumentNode, metas: dict[str, str], record: Record) -> str | None:
    top = root.document_element
    places = (
        top.getattr("lang") if top else None,
        record.get("inLanguage"),
        metas.get("og:locale"),
        metas.get("content-language"),
    )
    for place in places:
        if isinstance(place, str) and (match := _LANG.match(place.strip())):
            return match[1].lower() + match[2].replace("_", "-")
    return None


def _wire(page: _Page) -> str | None:
    """Return the organisation that wrote it when it is not the one that published it: a wire, mostly."""
    for author in as_list(page.record.get("author")):
        if isinstance(author, dict) and str(author.get("@type")).endswith("Organization"):
            name = _name(author)
            return name if name != _name(page.record.get("publisher")) else None
    return None


def _authors(page: _Page) -> list[str]:
    names: Iterable[str | None] = map(_name, as_list(page.record.get("author")))
    listed = [name for name in names if name] or [
        name
        for name in (page.metas.get("author"), page.metas.get("article:author"))
        if name and "://" not in name
    ]
    if not listed:
        elements = page.root.query_selector_all(_AUTHOR_ELEMENTS).values()[:_MOST_SHOWN]
        listed = [" ".join((element.text or "").split()) for element in elements][:1]
    return list(dict.fromkeys(name[:LONGEST_NAME] for name in listed if name))[:MOST_AUTHORS]


def _name(party: Any) -> str | None:
    name = party.get("name") if isinstance(party, dict) else party
    return html.unescape(name).strip()[:LONGEST_NAME] if isinstance(name, str) else None
