"""The watched dyads: stories in, the state of each dyad out.

The state depends on which stories were added, in their latest revisions, and on nothing else: not on their order, not
on repetitions, not on a restart in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.errors import TocsinError, nearest
from streams.tension.explanation import Explanation, shares
from streams.tension.formula import formula as shipped
from streams.tension.holdings import MOST_OTHERS, MOST_WATCHED, Evicted, Holdings
from streams.tension.pair import Pair
from streams.tension.sides import Sides, Way
from streams.tension.watch import NotWatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from schemas import Contribution, Dyad
    from streams.tension.contributions import Weighed
    from streams.tension.formula import Formula
    from streams.tension.volume import Frame
    from streams.tension.watch import Watched


class NothingHeld(TocsinError):
    """No story is held, so there is no day that a state could be told of."""


class Dyads:
    """Holds stories, and tells which dyads they change. It is rebuilt with `restore`.

    `began`: the dyads that the story of the last `add` began to count in, each with the impulse it gave them.

    As of which day: the latest that any story held was last reported on. Given `today`, later days than it do not
    count, since they can only be a mistake of who published.
    """

    def __init__(
        self,
        watched: Sequence[Watched],
        formula: Formula | None = None,
        *,
        most_watched: int = MOST_WATCHED,
        most_others: int = MOST_OTHERS,
    ) -> None:
        self._formula = formula or shipped()
        self._holdings = Holdings(Sides(watched), self._formula, most_watched, most_others)
        self._pairs = {dyad.id: Pair(dyad, self._formula) for dyad in watched}
        self._told: dict[str, Dyad] = {}
        self.began: list[tuple[str, int]] = []
        self._framed: Frame | None = None
        self._until: int | None = None

    def __len__(self) -> int:
        return len(self._holdings)

    @property
    def evicted(self) -> Evicted:
        """How many stories were let go of so far."""
        return self._holdings.evicted

    def require(self, name: str) -> None:
        """Raise NotWatched, saying what was probably meant, unless this dyad is watched."""
        self._pair(name)

    def restore(self, contribution: Contribution) -> None:
        """Take a story back; of two revisions the later one holds."""
        self._take(contribution)
        self._apply(self._holdings.crowd(2), ())

    def add(self, contribution: Contribution, *, today: date | None = None) -> list[Dyad]:
        """Take a story; return the dyads whose state is no longer what was returned of them last.

        So the first call, also after `restore`, returns every dyad.
        """
        self.began.clear()
        touched = self._take(contribution) | self.settle(today)
        as_of = self._holdings.newest(self._until)
        if not as_of:
            return []
        frame = self._holdings.volume.frame(as_of, self._holdings.not_before)
        is_new, self._framed = frame is not self._framed, frame
        changed = []
        for name in self._pairs if is_new or not self._told else sorted(touched):
            told = self._pairs[name].message(frame)
            if told != self._told.get(name):
                self._told[name] = told
                changed.append(told)
        return changed

    def settle(self, today: date | None = None) -> set[str]:
        """Let go of what is over; return the dyads that it touches. `add` does so, after `restore` it is due."""
        self._until = today.toordinal() if today else None
        as_of = self._holdings.newest(self._until)
        return self._apply(self._holdings.trim(as_of), ()) if as_of else set()

    def dyads(self, as_of: date | None = None) -> list[Dyad]:
        """Return the state of every dyad, in the order of the watch list; nothing when no story is held."""
        if as_of is None and not self._holdings.newest(self._until):
            return []
        return [self.dyad(name, as_of) for name in self._pairs]

    def dyad(self, name: str, as_of: date | None = None) -> Dyad:
        """Return the state of one dyad as of a day. Raises NotWatched, NothingHeld."""
        return self._pair(name).message(self._frame_of(as_of))

    def explain(self, name: str, as_of: date | None = None) -> Explanation:
        """Return why the index of a dyad is what it is as of a day. Raises NotWatched, NothingHeld."""
        pair, frame = self._pair(name), self._frame_of(as_of)
        series = {Way.FORTH | Way.BACK: pair.together} | pair.directed
        return Explanation(
            dyad=pair.message(frame),
            values={each.direction: each.value(frame) for each in series.values()},
            shares={
                each.direction: shares(self._stories(name, ways), frame, self._formula)
                for ways, each in series.items()
            },
        )

    def _take(self, contribution: Contribution) -> set[str]:
        """Hold a story; return the dyads that it touches, or touched as it was known before."""
        moved = self._holdings.take(contribution)
        if moved is None:
            return set()
        if moved.after and moved.after.impulse and not (moved.before and moved.before.impulse):
            self.began += [(name, moved.after.impulse) for name, _way in moved.after.parts]
        return self._apply([moved.before] if moved.before else (), [moved.after] if moved.after else ())

    def _apply(self, gone: Iterable[Weighed], come: Iterable[Weighed]) -> set[str]:
        touched = set()
        for story in gone:
            for name, way in story.parts:
                self._pairs[name].remove(story, way)
                touched.add(name)
        for story in come:
            for name, way in story.parts:
                self._pairs[name].add(story, way)
                touched.add(name)
        return touched

    def _frame_of(self, as_of: date | None) -> Frame:
        ordinal = as_of.toordinal() if as_of else self._holdings.newest(self._until)
        if not ordinal:
            raise NothingHeld(
                "no story is held: nothing was correlated yet, or all of it is older than what is held"
            )
        return self._holdings.volume.frame(ordinal, self._holdings.not_before)

    def _pair(self, name: str) -> Pair:
        if name not in self._pairs:
            meant = nearest(name, self._pairs)
            hint = f"did you mean {meant}?" if meant else f"watched are {', '.join(self._pairs)}"
            raise NotWatched(f"{name} is not watched; {hint}")
        return self._pairs[name]

    def _stories(self, name: str, ways: Way) -> Iterator[tuple[Weighed, str]]:
        """Yield the stories of a dyad that go any of these ways, each with its direction in words."""
        said = {way: series.direction for way, series in self._pairs[name].directed.items()}
        for story in self._holdings.watched():
            for dyad, way in story.parts:
                if dyad == name and way & ways:
                    yield story, said.get(way, "both")
