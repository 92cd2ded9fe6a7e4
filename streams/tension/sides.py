"""Which watched dyads a story is about, and which way it goes between their sides."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas import Contribution
    from streams.tension.watch import Watched


class Way(IntFlag):
    """Which way a story goes. Both: the two did it together, or members of a bloc to each other's."""

    FORTH = 1  # the first side to the second
    BACK = 2


class Part(NamedTuple):
    """The part of a story in one watched dyad."""

    dyad: str
    way: Way


_BOTH = Way.FORTH | Way.BACK
_FIRST, _SECOND = 1, 2


class Sides:
    """Finds the dyads of a story by its parties: one look-up a party, however many dyads are watched."""

    def __init__(self, watched: Sequence[Watched]) -> None:
        self._of: dict[str, list[tuple[str, int]]] = {}
        for dyad in watched:
            for parties, side in zip(dyad.parties, (_FIRST, _SECOND), strict=True):
                for party in parties:
                    self._of.setdefault(party, []).append((dyad.id, side))

    def parts(self, contribution: Contribution) -> tuple[Part, ...]:
        """Return the part of the story in each dyad that it is about, in alphabetical order."""
        did = self._sides(contribution.actors)
        if not did:
            return ()
        if not contribution.targets and not contribution.rivals:
            return tuple(
                Part(dyad, _BOTH) for dyad, sides in sorted(did.items()) if sides == _FIRST | _SECOND
            )
        bore = self._sides((*contribution.targets, *contribution.rivals))
        ways = ((dyad, _way(did[dyad], bore[dyad])) for dyad in sorted(did.keys() & bore.keys()))
        return tuple(Part(dyad, way) for dyad, way in ways if way)

    def _sides(self, parties: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for party in parties:
            for dyad, side in self._of.get(party, ()):
                found[dyad] = found.get(dyad, 0) | side
        return found


def _way(did: int, bore: int) -> Way:
    forth = Way.FORTH if did & _FIRST and bore & _SECOND else Way(0)
    return forth | (Way.BACK if did & _SECOND and bore & _FIRST else Way(0))
