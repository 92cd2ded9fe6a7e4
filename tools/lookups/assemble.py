"""Forms to look-up tables: one token, several tokens, stems, and the screen that finds candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lookups.words import merged
from streams.tagging.tokens import flatten, split

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lookups.words import Form, Sense

_KINDS = "vnarfex"
_CONCEPT_KINDS = frozenset("vna")


def assemble(language: str, forms: Iterable[Form], heads: set[str]) -> dict[str, Any]:
    """Return the tables of a language. `heads` are the concepts that can carry an event: the screen finds them."""
    words: dict[str, list[Sense]] = {}
    phrases: dict[str, dict[str, list[Sense]]] = {}
    stems: dict[str, list[Sense]] = {}
    screen: set[str] = set()
    for text, sense in forms:
        plain = flatten(text).lower()
        if plain.endswith("*"):
            plain = plain.removesuffix("*")
            stems.setdefault(plain, []).append(sense)
        else:
            first, *rest = split(plain, language)
            table = phrases.setdefault(first, {}) if rest else words
            table.setdefault(" ".join(rest) if rest else first, []).append(sense)
        if sense[0] in _CONCEPT_KINDS and sense[1] in heads:
            screen.add(plain)
    return {
        "words": {form: joined(senses) for form, senses in words.items()},
        "phrases": {
            first: [[rest, joined(entries[rest])] for rest in sorted(entries, key=_longest_first)]
            for first, entries in phrases.items()
        },
        "stems": {stem: joined(senses) for stem, senses in stems.items()},
        "screen": sorted(screen),
    }


def _longest_first(rest: str) -> tuple[int, str]:
    return -rest.count(" "), rest


def joined(senses: list[Sense]) -> list[Sense]:
    """Return each sense once: verb forms with all their letters, names with the weakest demand on capitals."""
    by_key: dict[Sense, Sense] = {}
    for sense in senses:
        key = sense[:2] if sense[0] == "v" else (*sense[:3], *sense[4:]) if sense[0] == "e" else sense
        if (other := by_key.get(key)) is None:
            by_key[key] = sense
        elif sense[0] == "v":
            by_key[key] = (*key, merged(other[2], sense[2]))
        elif sense[0] == "e":
            by_key[key] = min(other, sense, key=lambda one: int(one[3]))
    return sorted(by_key.values(), key=lambda sense: (_KINDS.index(sense[0]), sense[1:]))
