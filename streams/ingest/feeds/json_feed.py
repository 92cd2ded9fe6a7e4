"""JSON Feed (versions 1 and 1.1) → items."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any
from urllib.parse import urljoin

import orjson

from streams.ingest.feeds.item import Broken, Document, Item, NotFeed
from streams.ingest.feeds.markup import MOST_ITEMS


def read_json_feed(raw: bytes, *, url: str) -> Document:
    """Return the items of a JSON Feed, found at `url`. Raises NotFeed."""
    try:
        feed = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise NotFeed(f"is no JSON: {error}") from error
    listed = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(listed, list):
        raise NotFeed("is JSON without a list of items, which is no JSON Feed")
    lang = _word(feed.get("language"))
    items = tuple(_read(item, lang, url) for item in listed[:MOST_ITEMS])
    return Document(items, beyond=max(0, len(listed) - MOST_ITEMS))


def _read(item: Any, lang: str | None, base: str) -> Item | Broken:
    if not isinstance(item, dict):
        return Broken(orjson.dumps(item), "is no object")
    url = _word(item.get("url")) or _word(item.get("external_url"))
    text = _word(item.get("content_html")) or escape(_word(item.get("content_text")) or "", quote=False)
    teaser = escape(_word(item.get("summary")) or "", quote=False)
    title = _word(item.get("title")) or ""
    if not url and not text:
        return Broken(orjson.dumps(item), "has neither an address nor a text")
    guid = item.get("id")
    try:
        url = urljoin(base, url) if url else None
    except ValueError as error:
        return Broken(orjson.dumps(item), f"url: {error}")
    return Item(
        title=escape(title, quote=False),
        url=url,
        guid=str(guid) if isinstance(guid, str | int) else None,
        text=text,
        teaser=teaser,
        published=_word(item.get("date_published")),
        modified=_word(item.get("date_modified")),
        lang=_word(item.get("language")) or lang,
        raw=partial(orjson.dumps, item),
    )


def _word(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
