"""What a feed holds: its items as they were written, and what is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from streams.errors import TocsinError


class NotFeed(TocsinError):
    """A document that is no feed of a kind that is read; says what it is instead."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item, its fields as they were written. Texts are HTML; addresses stand on their own."""

    title: str = ""
    url: str | None = None
    guid: str | None = None  # what the feed tells it by
    text: str = ""  # the whole, where the feed says that it is
    teaser: str = ""
    published: str | None = None
    modified: str | None = None
    lang: str | None = None
    origin: str | None = None  # the feed or wire that it says it was taken from
    raw: Callable[[], bytes] = field(
        default=bytes, compare=False, repr=False
    )  # its bytes, made when asked for


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that cannot be read, its bytes, and why."""

    raw: bytes
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A feed: the items in the order in which they stand, and how many more there were than are read."""

    items: tuple[Item | Broken, ...]
    beyond: int = 0
