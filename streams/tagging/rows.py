"""A sentence as a row of words that may be moved, with the small words that its language leaves unsaid.

Every word keeps its place in the text, so that offsets stay; what is unsaid has a place and no length.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from streams.tagging.lexicon import Word
from streams.tagging.reading import FUNCTION, VERB, Reading, Unit


class Token(NamedTuple):
    """A token as it is written, as phrases have it, the entry of the lexicon that it is, and where it begins."""

    text: str
    low: str
    entry: str
    start: int


class Placed(NamedTuple):
    """A unit, where it starts in the article's text, and what it is read as."""

    unit: Unit
    start: int
    read: str


def row_of(reading: Reading) -> list[Placed]:
    """Return the units of a sentence as a row."""
    return [
        Placed(unit, start, read)
        for unit, start, read in zip(reading.units, reading.starts, reading.reads, strict=True)
    ]


def reading_of(row: list[Placed]) -> Reading:
    """Return a row as a sentence whose units stand in another order than in the text."""
    return Reading(
        [placed.unit for placed in row],
        [placed.start for placed in row],
        [placed.read for placed in row],
        apart=True,
    )


@lru_cache(maxsize=10_000)  # so that hostile text cannot fill the memory
def _small(text: str, low: str, category: str, value: str) -> Unit:
    word = Word(functions=((category, value),), function=category, value=value)
    return Unit(text, low, word, read=FUNCTION)


def unsaid(start: int, category: str, value: str = "", low: str = "") -> Placed:
    """Return a small word that is not written: `that`, `and`, `of`, `we`."""
    return Placed(_small("", low or category, category, value), start, FUNCTION)


def between(start: int) -> Placed:
    """Return what parts two phrases and says nothing."""
    return Placed(_small("", "between", "adv", ""), start, "")


def closing(start: int) -> Placed:
    """Return what ends a relative clause within a phrase."""
    return Placed(_small("", "closing", "adv", ""), start, "")


def as_small(placed: Placed, category: str, value: str = "") -> Placed:
    """Return the word in the part of a small word."""
    unit = placed.unit
    return Placed(_small(unit.text, unit.low, category, value), placed.start, FUNCTION)


def as_verb(placed: Placed, letters: str) -> Placed:
    """Return the word as a verb of this tense or mood."""
    unit = placed.unit
    word = replace(unit.word, letters=letters)
    return Placed(Unit(unit.text, unit.low, word, read=VERB), placed.start, VERB)
