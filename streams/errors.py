"""The base of every error that a user is meant to read, and the guess at what the user meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class TocsinError(Exception):
    """Something the user can act on: it says what was wrong with which input, and what to do."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, if one is near enough."""
    return next(iter(get_close_matches(word, list(words), n=1, cutoff=0.6)), None)
