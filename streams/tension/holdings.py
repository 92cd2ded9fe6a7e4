"""The stories that are held: those about watched dyads in full, of all others just what the volume needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from streams.tension.contributions import Weighed, weigh
from streams.tension.shelf import Shelf
from streams.tension.volume import Volume

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Contribution
    from streams.tension.formula import Formula
    from streams.tension.sides import Sides

MOST_WATCHED = 100_000  # stories about watched dyads; below 1 kB each
MOST_OTHERS = 1_000_000  # stories about others; 0.2 kB each
WEEK = 7  # days: to look through everything that is held takes a while, so that is done once a calendar week
_DAY = 20  # bits of the ordinal of a day, good until the year 2871
_LAST = (1 << _DAY) - 1


class Moved(NamedTuple):
    """What a contribution changed: the story as it was held, and as it is held now; None where it is not."""

    before: Weighed | None
    after: Weighed | None


@dataclass(slots=True)
class Evicted:
    """Stories that were let go of: their time was over, or there were too many."""

    expired: int = 0
    crowded: int = 0


class Holdings:
    """Holds the latest revision of each story for as long as the formula needs it.

    With more stories than `most_watched` or `most_others`, those last reported on the oldest days go, by whole days,
    and the index is computed over the days that are left. While a topic is read back it may hold twice as many.
    """

    def __init__(self, sides: Sides, formula: Formula, most_watched: int, most_others: int) -> None:
        self._sides, self._formula = sides, formula
        self._watched: Shelf[Weighed] = Shelf(lambda story: story.last_day, most_watched)
        self._others: Shelf[int] = Shelf(_last_day, most_others)
        self._trimmed = 0
        self.volume = Volume(formula)
        self.evicted = Evicted()

    def __len__(self) -> int:
        return len(self._watched) + len(self._others)

    def watched(self) -> Iterator[Weighed]:
        """Yield every story held about watched dyads."""
        return self._watched.values()

    def newest(self, until: int | None) -> int:
        """Return the latest day that a story was last reported on, `until` at the most; 0 when there is none."""
        return max(self._watched.newest(until), self._others.newest(until))

    @property
    def not_before(self) -> int:
        """The first day of which every story is still held, as far as there were ever too many."""
        return max(self._watched.crowded_before, self._others.crowded_before)

    def take(self, contribution: Contribution) -> Moved | None:
        """Hold a story in this revision; return what changed, None when this or a later one is known."""
        id_, revision = contribution.id, contribution.revision
        before, seen = self._watched.get(id_), self._others.get(id_)
        known = before.revision if before else _revision(seen) if seen is not None else 0
        if revision <= known:
            return None
        self._watched.pop(id_)
        self._others.pop(id_)
        after, first_day = self._put(contribution)
        self._count(_counted(before) if before else _first_day(seen or 0), first_day)
        return Moved(before, after)

    def trim(self, as_of: int) -> list[Weighed]:
        """Let go of what is over as of a day, and of too many; return those about watched dyads."""
        gone: list[Weighed] = []
        if (week := as_of - as_of % WEEK) != self._trimmed:
            self._trimmed = week
            gone += self._watched.expired(
                lambda story: self._is_over(self._is_contact(story), story.last_day)
            )
            seen = self._others.expired(lambda other: self._is_over(_is_contact(other), _last_day(other)))
            self.evicted.expired += len(gone) + len(seen)
            self._forget(gone, seen)
        return gone + self.crowd(1)

    def crowd(self, times: int) -> list[Weighed]:
        """Let go of the oldest when there are more than so many times the most."""
        gone, seen = self._watched.crowded(times), self._others.crowded(times)
        self.evicted.crowded += len(gone) + len(seen)
        self._forget(gone, seen)
        return gone

    def _put(self, contribution: Contribution) -> tuple[Weighed | None, int]:
        """Hold a story if it is of a time that is held; return it, and the day that the volume counts it on."""
        parts = self._sides.parts(contribution)
        shelf = self._watched if parts else self._others
        last_day = contribution.last_seen.toordinal()
        is_contact = self._is_contact(contribution)
        if last_day < shelf.crowded_before or self._is_over(is_contact, last_day):
            return None, 0
        if parts:
            story = weigh(contribution, parts, self._formula)
            self._watched.put(story.id, story)
            return story, _counted(story)
        first_day = 0 if contribution.cancelled else contribution.first_seen.toordinal()
        self._others.put(contribution.id, _packed(contribution.revision, is_contact, first_day, last_day))
        return None, first_day

    def _is_contact(self, story: Weighed | Contribution) -> bool:
        return story.type in self._formula.contact_types

    def _is_over(self, is_contact: bool, last_day: int) -> bool:  # noqa: FBT001 - which of two times
        """Contacts are held for longer than the days of the index, those of others too.

        A revision may say that others were meant: it is remembered as long as the one that it replaces would be.
        """
        held = self._formula.contact_held_days if is_contact else self._formula.held_days
        return last_day <= self._trimmed - held.value

    def _forget(self, watched: list[Weighed], others: list[int]) -> None:
        for story in watched:
            self._count(_counted(story), 0)
        for other in others:
            self._count(_first_day(other), 0)

    def _count(self, before: int, after: int) -> None:
        """Count a story on another day than before; 0 is no day."""
        if before == after:
            return
        if before:
            self.volume.remove(before)
        if after:
            self.volume.add(after)


def _counted(story: Weighed) -> int:
    """Return the day that the volume counts a story on; none when it is cancelled."""
    return 0 if story.cancelled else story.first_day


# Of a story about others one number is held, since there are many: revision, whether it is a contact, first day and
# last day, each in its bits. First day 0: it is cancelled.


def _packed(revision: int, is_contact: bool, first_day: int, last_day: int) -> int:  # noqa: FBT001 - one bit
    return ((revision << 1 | is_contact) << _DAY | first_day) << _DAY | last_day


def _revision(other: int) -> int:
    return other >> 2 * _DAY + 1


def _is_contact(other: int) -> bool:
    return bool(other >> 2 * _DAY & 1)


def _first_day(other: int) -> int:
    return other >> _DAY & _LAST


def _last_day(other: int) -> int:
    return other & _LAST
