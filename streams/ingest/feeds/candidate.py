"""An item of a feed → what could become an article: its plain text, its id, and the version that it is."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from schemas.article import article_id
from schemas.base import stable_id
from streams.ingest.dating import Place, believe, said
from streams.ingest.feeds.item import Item
from streams.ingest.found import SHOWN, NoArticle, complete
from streams.ingest.pages import Beside, article_of
from streams.ingest.pages.text import plain_text, tidy

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Article
    from streams.fetching import Fetched
    from streams.ingest.feeds.subscription import Subscription

WHOLE = 600  # characters from which what a feed calls the content is the whole text
WHOLE_SUMMARY = 1_500  # and from which what it calls a summary is
_CUT_OFF = ("…", "...", "[…]", "[...]", "more", "→")  # how a text ends that goes on elsewhere
_LONGEST_TITLE = 2_000
_LANG = re.compile(r"^([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8})*)$")
_NOISE = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])  # control characters that no text has


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item, its texts plain. `version` changes when what matters changes: title, address, text; not its dates."""

    id: str
    item: Item
    title: str
    body: str
    is_whole: bool
    version: bytes

    @property
    def has_page(self) -> bool:
        """Whether there is a page to read the text from."""
        return self.item.url is not None


def candidate(item: Item, feed: Subscription) -> Candidate:
    """Return what could become an article of this source. Raises NoArticle when its address is none."""
    if item.url and not item.url.startswith(("http://", "https://")):
        raise NoArticle(f"url: {item.url[:SHOWN]!r} is no address of a page")
    title = " ".join(_plain(item.title).split())[:_LONGEST_TITLE]
    text = tidy(_plain(item.text), title)
    is_whole = _is_whole(text, WHOLE)
    teaser = "" if is_whole else tidy(_plain(item.teaser), title)
    body = max(text, teaser, key=len)
    version = blake2b("\x1f".join((title, item.url or "", body)).encode("utf-8", "replace"), digest_size=8)
    return Candidate(
        id=_id_of(item, feed.source, title, body),
        item=item,
        title=title,
        body=body,
        is_whole=is_whole or _is_whole(teaser, WHOLE_SUMMARY),
        version=version.digest(),
    )


def from_feed(one: Candidate, feed: Subscription, *, now: datetime, first_seen: datetime) -> Article:
    """Return the article that the feed alone makes of it. Raises NoArticle."""
    item, lang = one.item, one.item.lang or feed.lang
    dates = believe(
        said(Place.FEED, item.published or item.modified, lang),
        said(Place.FEED, item.modified, lang),
        fetched_at=now,
        first_seen_at=first_seen,
    )
    fields = {
        "id": one.id,
        "url": item.url,
        "source": feed.source,
        "title": one.title,
        "lang": _lang(lang),
        "origin_hint": item.origin,
        "partial": not one.is_whole,
    }
    known = {name: value for name, value in fields.items() if value}
    return complete(known | {"body": one.body} | dates.fields, now=now)


def from_page(
    one: Candidate, page: Fetched, feed: Subscription, *, now: datetime, first_seen: datetime
) -> Article:
    """Return the article on the page that the item leads to. Raises NoArticle."""
    item = one.item
    beside = Beside(
        title=one.title or None,
        lang=_lang(item.lang or feed.lang),
        published=item.published or item.modified,
        modified=item.modified,
        last_modified=page.last_modified,
        origin_hint=item.origin,
        body=one.body or None,
    )
    article = article_of(
        page.body,
        url=page.url,
        charset=page.charset,
        source=feed.source,
        fetched_at=now,
        first_seen_at=first_seen,
        beside=beside,
    )
    if urlsplit(article.url or "").path in ("", "/"):  # a page that calls the front page its own address
        url = _bare(page.url)
        return article.model_copy(
            update={"url": url, "id": article_id(url=url, source="", title="", body="")}
        )
    return article


def _id_of(item: Item, source: str, title: str, body: str) -> str:
    if not item.url and item.guid:
        return stable_id("item", source, item.guid)
    try:
        return article_id(url=item.url, source=source, title=title, body=body)
    except ValueError as error:
        raise NoArticle(f"url: {error}") from error


def _is_whole(text: str, enough: int) -> bool:
    return len(text) >= enough and not text.rstrip().lower().endswith(_CUT_OFF)


def _plain(markup: str) -> str:
    text = plain_text(markup) if "<" in markup else html.unescape(markup) if "&" in markup else markup
    return text.translate(_NOISE)


def _lang(tag: str | None) -> str | None:
    """Return a language tag as Article has it; nothing where the feed says nonsense."""
    match = _LANG.match((tag or "").strip().replace("_", "-"))
    return match[1].lower() + match[2] if match else None


def _bare(url: str) -> str:
    return urlunsplit(urlsplit(url)._replace(fragment=""))
