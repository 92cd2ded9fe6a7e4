"""A web page → an article: what it says of itself, its main text, and the dates of it that are believed.

Pure: bytes in, no network, no clock; nothing of the page is ever run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from resiliparse.parse.html import HTMLTree

from streams.ingest.dating import Dates, Place, Said, believe, said
from streams.ingest.found import NoArticle, complete
from streams.ingest.pages.decoding import decoded
from streams.ingest.pages.stated import stated
from streams.ingest.pages.text import (
    ENOUGH,
    HARDLY_ANY,
    hidden_text,
    likely_text,
    main_text,
    plain_text,
    tidy,
)

if TYPE_CHECKING:
    from datetime import datetime

    from resiliparse.parse.html import DocumentNode

    from schemas import Article

__all__ = ["Beside", "Page", "article_of", "read_page"]

MAX_PAGE = 8 * 1024 * 1024  # bytes; the longest live blogs stay below 3 MB
MAX_TAGS = 60_000  # the longest live blogs have 20,000; what asks for more asks for our time
MANY_TAGS = 5_000  # from here on it is worth looking how deep they are nested
MAX_DEPTH = 512  # elements within each other; browsers stop there too, and real pages stay below 100
_DEEPER = " > ".join(["*"] * (MAX_DEPTH + 1))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a feed, an archive or a person says of a page beside it; the page itself is believed first."""

    title: str | None = None
    lang: str | None = None
    published: object = None  # as it was written, or a datetime
    modified: object = None
    last_modified: str | None = None  # the HTTP header
    origin_hint: str | None = None
    body: str | None = None  # the text that a feed has; the longer one of it and the page's is taken


@dataclass(frozen=True, slots=True)
class Page:
    """What was read on a page: fields of Article by their names, and the dates that were stated."""

    fields: dict[str, Any]
    published: list[Said] = field(default_factory=list)
    modified: list[Said] = field(default_factory=list)

    def dates(
        self, *, fetched_at: datetime, first_seen_at: datetime | None = None, beside: Beside | None = None
    ) -> Dates:
        """Return which of its dates are believed, together with those that stand beside the page."""
        beside, lang = beside or Beside(), self.fields.get("lang")
        published = [
            *self.published,
            *said(Place.FEED, beside.published, lang),
            *said(Place.HTTP, beside.last_modified),
        ]
        modified = [*self.modified, *said(Place.FEED, beside.modified, lang)]
        return believe(published, modified, fetched_at=fetched_at, first_seen_at=first_seen_at)


def article_of(
    html: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    source: str | None = None,
    fetched_at: datetime,
    first_seen_at: datetime | None = None,
    beside: Beside | None = None,
) -> Article:
    """Return the article on a page.

    `url` is where it was found in the end, after redirects; `charset` what the Content-Type header named;
    `source` an id of the registry, else the host of the page. `first_seen_at` is when its address was first found.
    Raises NoArticle, saying what lacks.
    """
    beside = beside or Beside()
    page = read_page(html, url=url, charset=charset, body=beside.body)
    dates = page.dates(fetched_at=fetched_at, first_seen_at=first_seen_at, beside=beside)
    stands_in = {"title": beside.title, "lang": beside.lang, "origin_hint": beside.origin_hint}
    fields = {name: value for name, value in stands_in.items() if value} | page.fields | dates.fields
    if source:
        fields["source"] = source
    return complete(fields, now=fetched_at)


def read_page(
    html: bytes, *, url: str | None = None, charset: str | None = None, body: str | None = None
) -> Page:
    """Return what is read on a page. `body` is a text of it that is known already; the longer one is taken.

    Raises NoArticle when the page is too large or too deep, or has no text.
    """
    if len(html) > MAX_PAGE:
        raise NoArticle(f"the page is {len(html)} bytes, the limit is {MAX_PAGE}")
    markup = decoded(html, charset)
    tree, root = _tree(markup)
    found = stated(root, url)
    title = found.fields.get("title")
    text = main_text(tree, title)
    for other in (found.body, body):
        if other and len(text) < max(ENOUGH, len(other) // 2):
            text = max(text, tidy(plain_text(other), title), key=len)
    if len(text) < ENOUGH and "<noscript" in markup:
        text = max(text, hidden_text(markup, title), key=len)
    if len(text) < HARDLY_ANY:
        text = max(text, likely_text(markup, title), key=len)
    if not text:
        raise NoArticle(
            "the page has no text; is it made by scripts? Save it from a browser, or give the text"
        )
    fields = found.fields | {"body": text} | ({"partial": True} if found.partial else {})
    return Page(fields, found.published, found.modified)


def _tree(markup: str) -> tuple[HTMLTree, DocumentNode]:
    """Return the page parsed, and its root. Raises NoArticle when it is made to cost time."""
    tags = markup.count("<")
    if tags > MAX_TAGS:
        raise NoArticle(f"the page has {tags} tags, the limit is {MAX_TAGS}")
    tree = HTMLTree.parse(markup)
    root = tree.document
    if root is None:
        raise NoArticle("is empty")
    if tags > MANY_TAGS and root.query_selector(_DEEPER) is not None:
        raise NoArticle(f"the page has more than {MAX_DEPTH} elements within each other")
    return tree, root
