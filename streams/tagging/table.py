"""The words of a language as one sorted table in bytes: nothing of it becomes an object before it is asked for.

A line holds a first token, the tokens behind it if the entry has several, and what they can be, parted by tabs. A stem
is a first token that ends in `*`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE = re.compile(rb"\n")
STEM = "*"


class Row(NamedTuple):
    """One entry. `rest` are the tokens behind the first, parted by blanks; `senses` is read by the lexicon."""

    first: str
    rest: str
    senses: str


class Table:
    """A look-up takes some microseconds: for words that are met the first time."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines
        self._ends = array("I", [line.end() for line in _LINE.finditer(lines)])

    def __iter__(self) -> Iterator[Row]:
        for number in range(len(self._ends)):
            yield self._row(number)

    def rows(self, first: str) -> list[Row]:
        """Return the entries that begin with this token."""
        key = f"{first}\t".encode()
        width = len(key)
        lines, starts = self._lines, self._start
        number = bisect_left(
            range(len(self._ends)), key, key=lambda at: lines[starts(at) : starts(at) + width]
        )
        found = []
        while number < len(self._ends) and lines.startswith(key, starts(number)):
            found.append(self._row(number))
            number += 1
        return found

    def _start(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def _row(self, number: int) -> Row:
        line = self._lines[self._start(number) : self._ends[number] - 1]
        return Row(*line.decode().split("\t"))


def written(rows: Iterable[Row]) -> bytes:
    """Return the lines of a table, in the order of its keys."""
    return b"".join(sorted("\t".join(row).encode() + b"\n" for row in rows))
