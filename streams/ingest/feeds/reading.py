"""The bytes of a feed of any kind → its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.ingest.feeds.item import NotFeed
from streams.ingest.feeds.json_feed import read_json_feed
from streams.ingest.feeds.markup import read_markup

if TYPE_CHECKING:
    from streams.ingest.feeds.item import Document

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "*/*;q=0.5"
)
_HEAD = 1_000  # bytes in which a page of HTML says what it is


def read_feed(raw: bytes, *, charset: str | None = None, url: str) -> Document:
    """Return the items of the feed that was found at `url`. Raises NotFeed, saying what it is instead."""
    head = raw[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise NotFeed("is empty")
    if head.startswith((b"{", b"[")):
        return read_json_feed(raw.removeprefix(b"\xef\xbb\xbf"), url=url)
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise NotFeed("is a page of HTML, not its feed")
    return read_markup(raw, charset=charset, url=url)
