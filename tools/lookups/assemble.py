"""Forms to the entries of a look-up table: one token, several tokens, and stems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lookups.words import AMBIGUOUS, merged
from streams.tagging.table import STEM, Row
from streams.tagging.tokens import flatten, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lookups.words import Form, Sense

_KINDS = "vnarfex"


def assemble(language: str, forms: Iterable[Form]) -> list[Row]:
    """Return the entries of a language."""
    entries: dict[tuple[str, str], list[Sense]] = {}
    for text, sense in forms:
        plain = flatten(text, language).lower()
        first, *rest = [plain] if plain.endswith(STEM) else split(plain, language)
        entries.setdefault((first, " ".join(rest)), []).append(sense)
    return [Row(first, rest, _written(senses)) for (first, rest), senses in entries.items()]


def _written(senses: list[Sense]) -> str:
    """Write senses as one string, `v STRIKE DN|n STRIKE`: few differ, so that the engine holds each once."""
    return "|".join(" ".join(map(str, sense)) for sense in joined(senses))


def joined(senses: list[Sense]) -> list[Sense]:
    """Return each sense once: verbs with all their letters, names as they count most easily."""
    by_key: dict[Sense, Sense] = {}
    for sense in senses:
        key = _same(sense)
        if (other := by_key.get(key)) is None:
            by_key[key] = sense
        elif sense[0] == "v":
            by_key[key] = (*key, merged(other[2], sense[2]))
        elif sense[0] == "e":
            by_key[key] = min(other, sense, key=_demand)
    return sorted(by_key.values(), key=lambda sense: (_KINDS.index(sense[0]), sense[1:]))


def _same(sense: Sense) -> Sense:
    """Return what two senses that become one have in common."""
    if sense[0] == "v":
        return sense[:2]
    if sense[0] == "e":
        return (*sense[:3], "".join(sense[4:]).removesuffix(AMBIGUOUS))
    return sense


def _demand(name: Sense) -> tuple[bool, int]:
    """Return how much a name asks of the text before it counts."""
    return AMBIGUOUS in "".join(name[4:]), name[3]
