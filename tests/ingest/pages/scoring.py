"""How well a text was read: the words that both have, of those that either has."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def f1(read: str, gold: str) -> float:
    """Return the F1 of the words of a text that was read, by their number and not by their order."""
    found, wanted = Counter(_WORD.findall(read)), Counter(_WORD.findall(gold))
    both = (found & wanted).total()
    return 2 * both / (found.total() + wanted.total()) if both else 0.0
