"""An index of texts by signature that finds the first of those that are near-copies of each other.

It holds the first text of each cluster only, so two hundred reprints cost no more than one text. Bands of positions
lead to those that may be alike, their signatures then decide.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from streams.copies.bands import LAST, Bands
from streams.copies.signature import POSITIONS, positions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

ALIKE = 0.22  # of the positions: independent reports share up to 0.12, copies cut and edited from 0.25 up
ROOM = 1_000  # texts, to begin with; it is doubled when they are more

_DIFFER = POSITIONS - round(ALIKE * POSITIONS)
_LOW = int.from_bytes(b"\x7f" * POSITIONS)
_HIGH = int.from_bytes(b"\x80" * POSITIONS)


@dataclass(slots=True)
class _First:
    """The first text of a cluster, and its time."""

    article: str
    positions: bytes
    when: datetime


class Copies:
    """Finds the first article of a near-copy cluster: a copy comes within `window` of the first.

    Holds at most `limit` clusters; beyond it those go that came first. What came later changes no answer, so an
    article that comes again gets the same one, and an index that is restored from the firsts gives the answers of
    the one that was lost. `evicted` counts the clusters that went for want of space, `expired` those that were past
    the window.
    """

    def __init__(self, window: timedelta, limit: int) -> None:
        self._window, self._limit = window, limit
        self._firsts: OrderedDict[int, _First] = OrderedDict()  # by number, in the order that they came
        self._bands = Bands(ROOM)
        self._next = 1
        self.evicted = 0
        self.expired = 0

    def __len__(self) -> int:
        return len(self._firsts)

    def find_or_add(self, signature: str | None, article: str, when: datetime) -> str:
        """Return the id of the first article that this one is a near-copy of; its own id when it is the first.

        `when` is the time of the article. Without a signature, or with one of another version, it is always its own.
        """
        return self._place(signature, article, when, first=article)

    def restore(self, known: Iterable[tuple[str | None, str, str, datetime]]) -> None:
        """Take back what was found before: signature, article, the first article of its cluster, and when it came.

        Where the first itself is not among them, the earliest of its copies stands for it.
        """
        for signature, _, first, when in known:
            self._place(signature, first, when, first=first)

    def _place(self, signature: str | None, article: str, when: datetime, *, first: str) -> str:
        wanted = positions(signature) if signature else None
        if wanted is None:
            return article
        self._expire(when)
        number = self._find(wanted, when)
        if number is None:
            self._add(_First(first, wanted, when))
            return first
        return self._firsts[number].article

    def _find(self, wanted: bytes, when: datetime) -> int | None:
        """Return the oldest cluster that is alike: one that came later can then never change an answer."""
        oldest = self._next - len(self._firsts)
        near = (
            number
            for number in sorted(self._bands.sharing(wanted, oldest))
            if _differing(wanted, self._firsts[number].positions) <= _DIFFER
            and abs(when - self._firsts[number].when) <= self._window
        )
        return next(near, None)

    def _add(self, first: _First) -> None:
        if len(self._firsts) >= self._limit:
            self._firsts.popitem(last=False)
            self.evicted += 1
        if len(self._firsts) >= self._bands.room or self._next > LAST:
            self._renumber()
        number, self._next = self._next, self._next + 1
        self._firsts[number] = first
        self._bands.enter(number, first.positions)

    def _renumber(self) -> None:
        """Give the texts new numbers, and room for twice as many."""
        self._bands = Bands(2 * len(self._firsts))
        self._firsts = OrderedDict(enumerate(self._firsts.values(), 1))
        self._next = len(self._firsts) + 1
        for number, first in self._firsts.items():
            self._bands.enter(number, first.positions)

    def _expire(self, when: datetime) -> None:
        """Drop what is past the window, two at a time: one article with a date of the future must not empty it."""
        for _ in range(2):
            if not self._firsts or next(iter(self._firsts.values())).when >= when - self._window:
                return
            self._firsts.popitem(last=False)
            self.expired += 1


def _differing(one: bytes, other: bytes) -> int:
    """Return how many bytes differ: a carry into the high bit tells of every byte that is not zero."""
    either = int.from_bytes(one) ^ int.from_bytes(other)
    return (((either & _LOW) + _LOW | either) & _HIGH).bit_count()
