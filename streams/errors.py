"""The base of every error that a user is meant to read, mistakes in files, and the guess at what was meant."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class TocsinError(Exception):
    """Something the user can act on: it says what was wrong with which input, and what to do."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a file that people write: where, in which entry, what, and what was probably meant.

    Line 0 is the file as a whole. `entry` is the entry as the file calls it: `rule storm`.
    """

    file: str
    line: int
    entry: str | None
    problem: str
    meant: str | None = None

    def __str__(self) -> str:
        entry = f"{self.entry}: " if self.entry else ""
        meant = f" (did you mean {self.meant}?)" if self.meant else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {entry}{self.problem}{meant}"


class FileErrors(TocsinError):
    """A file that cannot be used; `mistakes` lists everything that is wrong with it."""

    what: ClassVar[str]

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join([f"{self.what} cannot be used:", *map(str, mistakes)]))
        self.mistakes = tuple(mistakes)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, if one is near enough."""
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.6)), None)
