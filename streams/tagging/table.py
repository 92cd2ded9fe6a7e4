"""The words of a language as one sorted table in bytes: nothing of it becomes an object before it is asked for.

A line holds a first token, the tokens behind it if the entry has several, and what they can be, parted by tabs. A stem
is a first token that ends in `*`.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LINE: Final = re.compile(rb"\n")
STEM: Final = "*"


class Row(NamedTuple):
    """One entry. `rest` are the tokens behind the first, parted by blanks; `senses` is read by the lexicon."""

    first: str
    rest: str
    senses: str


class Table:
    """A look-up takes some microseconds: for words that are met the first time."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines
        self._starts = array(
            "I", [0, *[line.end() for line in _LINE.finditer(lines)]]
        )  # and where the last ends

    def __iter__(self) -> Iterator[Row]:
        for number in range(len(self._starts) - 1):
            yield self._row(number)

    def rows(self, first: str) -> list[Row]:
        """Return the entries that begin with this token."""
        key = f"{first}\t".encode()
        lines, width = self._lines, len(key)
        last = len(self._starts) - 1
        number = bisect_left(self._starts, key, hi=last, key=lambda start: lines[start : start + width])
        found = []
        while lines.startswith(key, self._starts[number]):
            found.append(self._row(number))
            number += 1
        return found

    def _row(self, number: int) -> Row:
        line = self._lines[self._starts[number] : self._starts[number + 1] - 1]
        return Row(*line.decode().split("\t"))


def written(rows: Iterable[Row]) -> bytes:
    """Return the lines of a table, in the order of its keys."""
    return b"".join(sorted("\t".join(row).encode() + b"\n" for row in rows))
