"""Which version of each article was read last, so that a newer one takes back what it no longer says."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from schemas import Reading, Withdrawal
from schemas.article import DateFlag
from schemas.base import stable_id
from schemas.reading import text_id
from streams.stories import block_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from schemas import Article, Event

MOST = 200_000  # articles a partition; a correction that comes after so many others takes nothing back


class Taken(NamedTuple):
    """What to tell of a reading, and the blocks that were told of older versions."""

    reading: Reading | None
    withdrawal: Withdrawal | None
    told_to: list[str]


class Readings:
    """The articles of one partition that told of something, by id."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, Reading] = OrderedDict()

    def restore(self, reading: Reading) -> None:
        """Take a reading back; of two the later version holds."""
        known = self._known.get(reading.id)
        if known is None or known.offset <= reading.offset:
            self._hold(reading)

    def is_outdated(self, article: str, offset: int) -> bool:
        """Tell whether a later version of the article was read: what comes again is a replay."""
        return article in self._known and self._known[article].offset > offset

    def as_first_dated(self, article: Article) -> Article:
        """Return the article as it was dated when its text first came: a new date alone makes no news."""
        known = self._known.get(article.id)
        if known is None or known.text != _text(article):
            return article
        flags = set(article.date_flags)
        if article.published_at > known.published_at:
            flags.add(DateFlag.REDATED)
        dated = {"published_at": known.published_at, "date_flags": [one for one in DateFlag if one in flags]}
        return article.model_copy(update=dated)

    def take(self, article: Article, offset: int, events: Sequence[Event], now: datetime) -> Taken:
        """Note a version of an article; what tells nothing and never did is not noted."""
        known = self._known.get(article.id)
        if known is None and not events:
            return Taken(None, None, [])
        text = _text(article)
        told_to = known.blocks if known else []
        versions = 1 if known is None else known.versions + (known.text != text)
        reading = Reading(
            id=article.id,
            text=text,
            offset=offset,
            blocks=sorted({*told_to, *map(block_key, events)}),
            published_at=article.published_at,
            versions=versions,
            read_at=now,
        )
        self._hold(reading)
        # Told again when a version comes again: the first time may have ended before it was told.
        withdrawal = _withdrawal(article, text, events, now) if versions > 1 else None
        return Taken(reading, withdrawal, told_to)

    def _hold(self, reading: Reading) -> None:
        self._known[reading.id] = reading
        self._known.move_to_end(reading.id)
        if len(self._known) > self._most:
            self._known.popitem(last=False)


def _text(article: Article) -> str:
    return text_id(article.title, article.body, retracted=article.retracted)


def _withdrawal(article: Article, text: str, events: Sequence[Event], now: datetime) -> Withdrawal:
    return Withdrawal(
        id=stable_id("withdrawal", article.id, text),
        article=article.id,
        keeps=[event.id for event in events],
        reason="retracted" if article.retracted else "revised",
        withdrawn_at=now,
    )
