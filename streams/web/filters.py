"""The words of a query → which stories are meant. Pure; a word that makes no sense is named with its parameter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from schemas import Polarity, Status, taxonomy
from streams.errors import TocsinError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from streams.web.kept import Kept

N = TypeVar("N", int, float)

MOST_VALUES = 60  # of one parameter; there are 57 types
LONGEST = 200  # characters of one value
_DYAD = re.compile(r"([A-Z][A-Z0-9_]+)-([A-Z][A-Z0-9_]+)")


class BadParameter(TocsinError):
    """A parameter of a request that cannot be met."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(f"{parameter}: {problem}")
        self.parameter = parameter
        self.problem = problem


class Query(Protocol):
    """The parameters of a request, any of which may stand more than once."""

    def getall(self, key: str, default: list[str]) -> list[str]:
        """Return every value of a parameter."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """Which stories are meant: those that meet every field that is set; of a set, any word will do."""

    types: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    polarities: frozenset[str] = frozenset()
    min_severity: float = 0.0
    dyads: frozenset[str] = frozenset()
    langs: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()

    def __call__(self, kept: Kept) -> bool:
        """Tell whether a story is meant."""
        return (
            kept.severity >= self.min_severity
            and (not self.types or kept.type in self.types)
            and (not self.families or kept.family in self.families)
            and (not self.statuses or kept.status in self.statuses)
            and (not self.polarities or kept.polarity in self.polarities)
            and (not self.dyads or not self.dyads.isdisjoint(kept.dyads))
            and (not self.langs or not self.langs.isdisjoint(kept.langs))
            and (not self.sources or not self.sources.isdisjoint(kept.sources))
            and (not self.rules or not self.rules.isdisjoint(kept.rules))
            and (not self.words or self._is_said(kept))
        )

    def _is_said(self, kept: Kept) -> bool:
        """Tell whether every word is said; first by the whole card as one text, which is the quicker half of it."""
        text = kept.text().decode().casefold()
        if not all(word in text for word in self.words):
            return False
        said = kept.words()
        return all(word in said for word in self.words)


NAMES = (
    "type", "family", "status", "polarity", "min_severity", "dyad", "language", "source", "rule", "q",
)  # fmt: skip


def read_filter(query: Query, pairs_of: Mapping[str, Iterable[str]] | None = None) -> Filter:
    """Return the filter of a query. `pairs_of`: the pairs of parties that a watched dyad of blocs stands for.

    Raises BadParameter.
    """
    known = taxonomy()
    pairs = pairs_of or {}
    return Filter(
        types=_known("type", _values(query, "type"), [type_.name for type_ in known.types]),
        families=_known("family", _values(query, "family"), known.families),
        statuses=_known("status", _values(query, "status"), [status.value for status in Status]),
        polarities=_known("polarity", _values(query, "polarity"), [polarity.value for polarity in Polarity]),
        min_severity=number(query, "min_severity", float, default=0.0, least=0, most=10),
        dyads=frozenset(
            pair
            for dyad in (read_dyad("dyad", word) for word in _values(query, "dyad"))
            for pair in (dyad, *pairs.get(dyad, ()))
        ),
        langs=frozenset(_values(query, "language")),
        sources=frozenset(_values(query, "source")),
        rules=frozenset(_values(query, "rule")),
        words=tuple(" ".join(_values(query, "q")).casefold().replace('"', " ").split()),
    )


def read_dyad(parameter: str, word: str) -> str:
    """Return a dyad as stories write it, in alphabetical order. Raises BadParameter."""
    found = _DYAD.fullmatch(word.strip().upper())
    if found is None:
        raise BadParameter(parameter, f"{word!r} names no dyad; write two party ids, as RUS-USA")
    return "-".join(sorted(found.groups()))


def number(query: Query, name: str, kind: Callable[[str], N], *, default: N, least: float, most: float) -> N:
    """Return a parameter that is a number within bounds. Raises BadParameter."""
    values = query.getall(name, [])
    if not values:
        return default
    try:
        value: N | None = kind(values[-1])
    except ValueError:
        value = None
    if value is None or not least <= value <= most:
        raise BadParameter(name, f"{values[-1][:LONGEST]!r} is no number from {least:g} to {most:g}")
    return value


def _values(query: Query, name: str) -> list[str]:
    """Return the values of a parameter, which may be repeated or a list with commas; of q the text as it is."""
    raw = query.getall(name, [])
    parts = raw if name == "q" else [part.strip() for value in raw for part in value.split(",")]
    values = [part for part in parts if part]
    if any(len(value) > LONGEST for value in values):
        raise BadParameter(name, f"a value is longer than {LONGEST} characters")
    if len(values) > MOST_VALUES:
        raise BadParameter(name, f"{len(values)} values are more than {MOST_VALUES}")
    return values


def _known(name: str, values: Sequence[str], words: Sequence[str]) -> frozenset[str]:
    for value in values:
        if value not in words:
            meant = nearest(value, words)
            hint = f" (did you mean {meant}?)" if meant else ""
            raise BadParameter(name, f"no {name} is called {value!r}{hint}")
    return frozenset(values)
