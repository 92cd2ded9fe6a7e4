"""RSS, RDF, Atom and news sitemaps → items. What each calls a field stands in one table."""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from streams.ingest.feeds.item import Broken, Document, Item, NotFeed
from streams.ingest.feeds.xml import inner_markup, outer_bytes, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MOST_ITEMS = 2_000  # a news sitemap may have 1,000
_XML = "{http://www.w3.org/XML/1998/namespace}"

# How names of other vocabularies begin here; what is not named here is not read, what has no prefix is the feed's own.
_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://www.google.com/schemas/sitemap-news/0.9": "news:",
}

# Field of an item: the names it goes by, the one that is believed first before the others.
_NAMES = {
    "title": ("title", "news:title", "dc:title", "media:title"),
    "guid": ("guid", "id", "dc:identifier"),
    "text": ("content:encoded", "content"),
    "teaser": ("description", "summary", "dcterms:abstract", "media:description"),
    "published": (
        "pubDate",
        "published",
        "issued",
        "news:publication_date",
        "dcterms:issued",
        "dc:date",
        "dcterms:created",
        "created",
        "date",
    ),
    "modified": ("updated", "modified", "dcterms:modified", "lastmod"),
    "lang": ("dc:language", "language", "news:language"),
}
_FIELD_OF = {name: (field, rank) for field, names in _NAMES.items() for rank, name in enumerate(names)}
_HTML = frozenset({"title", "text", "teaser"})
_ITEMS = {"rss": "item", "RDF": "item", "feed": "entry", "urlset": "url"}
_NEWS = "news:news"


def read_markup(raw: bytes, *, charset: str | None, url: str) -> Document:
    """Return the items of a feed in XML, found at `url`. Raises NotFeed."""
    root = read_xml(raw, charset=charset, url=url)
    kind = _local(root)
    if kind == "sitemapindex":
        raise NotFeed("is an index of sitemaps; name the news sitemap that it lists")
    if kind not in _ITEMS:
        raise NotFeed(f"is <{kind[:40]}>, which is no feed")
    elements = [one for one in root.iter("{*}" + _ITEMS[kind], _ITEMS[kind]) if _is_ours(one)]
    if kind == "urlset":
        elements = [one for one in elements if any(_name(child) == _NEWS for child in one)]
        if not elements and len(root):
            raise NotFeed("is a sitemap without news:news; a news sitemap is read, one of every page is not")
    lang = _lang_of(root)
    items = tuple(_read_any(element, lang) for element in elements[:MOST_ITEMS])
    return Document(items, beyond=max(0, len(elements) - MOST_ITEMS))


def _read_any(element: Element, lang: str | None) -> Item | Broken:
    """Return the item, whatever is wrong with it: mended XML may hold what is no text, addresses may be none."""
    try:
        return _read(element, lang)
    except ValueError as error:
        return Broken(outer_bytes(element), f"cannot be read: {error}")


def _read(element: Element, lang: str | None) -> Item | Broken:
    fields: dict[str, str] = {}
    ranks: dict[str, int] = {}
    links: list[tuple[int, str]] = []
    origin = None
    for child in _fields(element):
        name = _name(child)
        if name in ("link", "loc"):
            links += _link(child)
        elif name == "source":
            origin = _text(child) or _text(child.find("{*}title"))
        elif known := _FIELD_OF.get(name):
            field, rank = known
            said = _html(child) if field in _HTML else _text(child)
            if said and rank < ranks.get(field, len(_FIELD_OF)):
                fields[field], ranks[field] = said, rank
    url = min(links)[1] if links else _permalink(element, fields.get("guid"))
    if not url and not (fields.get("title") and (fields.get("text") or fields.get("teaser"))):
        return Broken(outer_bytes(element), "has neither an address nor a title with a text")
    fields.setdefault("lang", element.get(_XML + "lang") or lang or "")
    return Item(url=url, origin=origin, raw=partial(outer_bytes, element), **fields)


def _fields(element: Element) -> Iterator[Element]:
    """Yield what an item states, the news record of a sitemap with it."""
    for child in element:
        if _name(child) == _NEWS:
            yield from child.iterdescendants()
        else:
            yield child


def _link(element: Element) -> list[tuple[int, str]]:
    """Return the address that a link leads to, behind how little it is the article's own."""
    href, rel = element.get("href"), element.get("rel") or "alternate"
    said = href if href is not None else _text(element)
    if not said.strip() or rel not in ("alternate", "related"):
        return []
    kind = element.get("type") or "text/html"
    rank = (rel != "alternate") * 2 + ("html" not in kind)
    return [(rank, urljoin(element.base or "", said.strip()))]


def _permalink(element: Element, guid: str | None) -> str | None:
    """Return the address that tells an item, where nothing else says where it stands."""
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    return next((said for said in (guid, about) if said and said.startswith(("http://", "https://"))), None)


def _html(element: Element) -> str:
    """Return a text as HTML, however its kind of feed writes it down."""
    if _is_atom(element) and element.get("type", "text") in ("text", "text/plain"):
        return escape(_text(element), quote=False)
    if len(element):
        return inner_markup(element).strip()
    return _text(element)


def _is_atom(element: Element) -> bool:
    return str(element.tag).startswith(("{http://www.w3.org/2005/Atom}", "{http://purl.org/atom/ns#}"))


def _text(element: Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _lang_of(root: Element) -> str | None:
    channel = root.find("{*}channel")
    for element in (root, channel):
        if element is not None:
            said = element.get(_XML + "lang") or element.findtext("{*}language")
            if said and said.strip():
                return str(said.strip())
    return None


def _is_ours(element: Element) -> bool:
    return _PREFIXES.get(_namespace(str(element.tag))) == ""


def _name(element: Element) -> str:
    """Return the name of an element as the tables have it; a name of no vocabulary that is read is empty."""
    return _named(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(maxsize=4_096)
def _named(tag: str) -> str:
    prefix = _PREFIXES.get(_namespace(tag))
    return "" if prefix is None else prefix + tag.rpartition("}")[2]


def _namespace(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
