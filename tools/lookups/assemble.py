"""Forms to look-up tables: one token, several tokens, and stems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lookups.words import AMBIGUOUS, merged
from streams.tagging.tokens import flatten, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lookups.words import Form, Sense

_KINDS = "vnarfex"


def assemble(language: str, forms: Iterable[Form]) -> dict[str, Any]:
    """Return the tables of a language."""
    words: dict[str, list[Sense]] = {}
    phrases: dict[str, dict[str, list[Sense]]] = {}
    stems: dict[str, list[Sense]] = {}
    for text, sense in forms:
        plain = flatten(text).lower()
        if plain.endswith("*"):
            plain = plain.removesuffix("*")
            stems.setdefault(plain, []).append(sense)
        else:
            first, *rest = split(plain, language)
            table = phrases.setdefault(first, {}) if rest else words
            table.setdefault(" ".join(rest) if rest else first, []).append(sense)
    return {
        "words": {form: _written(senses) for form, senses in words.items()},
        "phrases": {
            first: [[rest, _written(entries[rest])] for rest in sorted(entries, key=_longest_first)]
            for first, entries in phrases.items()
        },
        "stems": {stem: _written(senses) for stem, senses in stems.items()},
    }


def _longest_first(rest: str) -> tuple[int, str]:
    return -rest.count(" "), rest


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
