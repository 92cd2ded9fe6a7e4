"""Watched dyads, and the pairs of parties that each stands for: a story tells of RUS-USA, and so of RUS-WEST. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tension import Watched


class Pairs(Mapping[str, frozenset[str]]):
    """The watch list, by dyad: pairs of parties as stories write them."""

    def __init__(self, watched: Iterable[Watched]) -> None:
        self.watched = {dyad.id: dyad for dyad in watched}
        self._pairs = {
            dyad.id: frozenset(
                "-".join(sorted(pair)) for pair in product(*dyad.parties) if pair[0] != pair[1]
            )
            for dyad in self.watched.values()
        }

        self._watching: dict[str, list[str]] = {}
        for id_, pairs in self._pairs.items():
            for pair in pairs:
                self._watching.setdefault(pair, []).append(id_)

    def __getitem__(self, dyad: str) -> frozenset[str]:
        return self._pairs[dyad]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def watching(self, pairs: Iterable[str]) -> set[str]:
        """Return the watched dyads that any of these pairs tells of."""
        return {id_ for pair in pairs for id_ in self._watching.get(pair, ())}

    def of(self, dyad: str) -> frozenset[str]:
        """Return the pairs that a dyad stands for; itself alone when it is not watched."""
        return self._pairs.get(dyad, frozenset()) | {dyad}
