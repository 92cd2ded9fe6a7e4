"""A sentence as units: tokens joined to the longest entries of the lexicon, each read as one part of speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.tagging import tokens
from streams.tagging.lexicon import Lexicon, Use, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = Word()

# What a unit is read as.
VERB, NOUN, NAME, ROLE, FUNCTION, ADJECTIVE, PLAIN, NUMBER, MARK, TIME = "VNERFAUDMT"

# Second halves of a compound whose first half is no actor: Russian-backed rebels are not Russia.
_PASSIVE_HALVES = frozenset(
    "backed held occupied controlled speaking born made built drafted funded trained sponsored supported aligned".split()
)


class Unit:
    """A word, a phrase, a number or a mark of the sentence. Offsets count in the article's text."""

    __slots__ = ("capital", "end", "low", "read", "start", "uses", "word")

    def __init__(self, start: int, end: int, low: str, word: Word, *, capital: bool) -> None:
        self.start = start
        self.end = end
        self.low = low
        self.word = word
        self.capital = capital
        self.uses: Sequence[Use] = ()
        self.read = PLAIN


_CAPITAL_DAYS = frozenset(("en", "de"))  # `may` and `march` are no months there


def read(flat: str, lower: str, start: int, end: int, lexicon: Lexicon) -> list[Unit]:
    """Return the units of the sentence flat[start:end]."""
    spans = [match.span() for match in tokens.pattern(lexicon.lang).finditer(lower, start, end)]
    low = [lower[a:b] for a, b in spans]
    units: list[Unit] = []
    at, count = 0, len(spans)
    while at < count:
        word, width = _longest(low, at, lexicon)
        a, b = spans[at][0], spans[at + width - 1][1]
        if word is None and "-" in low[at] and len(low[at]) > 1:
            units.extend(_halves(flat, low[at], a, lexicon))
        else:
            units.append(_unit(flat, lower, a, b, word))
        at += width
    _tell_parts_of_speech(units, lexicon)
    return units


def _longest(low: list[str], at: int, lexicon: Lexicon) -> tuple[Word | None, int]:
    first = low[at]
    for phrase in lexicon.phrases.get(first, ()):
        width = len(phrase.rest) + 1
        if tuple(low[at + 1 : at + width]) == phrase.rest:
            return phrase.word, width
    return lexicon.lookup(first), 1


def _halves(flat: str, compound: str, start: int, lexicon: Lexicon) -> list[Unit]:
    """Split a compound the lexicon does not hold: US-China, Russian-backed."""
    parts = compound.split("-")
    passive = parts[-1] in _PASSIVE_HALVES
    units = []
    for part in parts:
        word = lexicon.lookup(part) if part else None
        if word is not None and passive and word.uses:
            word = NOTHING
        if part:
            units.append(_unit(flat, flat.lower(), start, start + len(part), word))
        start += len(part) + 1
    return units


def _unit(flat: str, lower: str, start: int, end: int, word: Word | None) -> Unit:
    first = flat[start]
    unit = Unit(start, end, lower[start:end], word or NOTHING, capital=first.isupper())
    if word is not None and word.uses:
        unit.uses = [use for use in word.uses if _written_so(use, flat, start, end)]
    return unit


def _written_so(use: Use, flat: str, start: int, end: int) -> bool:
    """Whether the capitals are those that the name needs: `US` is a state, `us` is not."""
    if use.capital == 0:
        return True
    if use.capital == 1:
        return flat[start].isupper()
    return flat[start:end].replace(".", "").replace(" ", "").isupper()


def _tell_parts_of_speech(units: list[Unit], lexicon: Lexicon) -> None:
    for at, unit in enumerate(units):
        if unit.low in lexicon.calendar and (unit.capital or lexicon.lang not in _CAPITAL_DAYS):
            unit.read = TIME
        else:
            unit.read = _part_of_speech(units, at, unit, lexicon.lang)


def _part_of_speech(units: list[Unit], at: int, unit: Unit, lang: str) -> str:
    word = unit.word
    if word is NOTHING:
        low = unit.low
        return NUMBER if low[0].isdigit() else (PLAIN if low[0].isalnum() else MARK)
    if unit.uses and (unit.capital or not word.function):
        return NAME
    if word.function:
        if word.function == "time" or word.function == "date":
            return TIME
        if word.verbs and word.function in ("adv", "det") and _is_verb(units, at, unit, lang):
            return VERB
        return FUNCTION
    if word.verbs:
        if _is_verb(units, at, unit, lang):
            return VERB
        if word.nouns:
            return NOUN
        if word.roles:
            return ROLE
        return ADJECTIVE if word.adjectives or "N" in word.letters or "G" in word.letters else PLAIN
    if word.roles:
        return ROLE
    if word.nouns:
        return NOUN
    return ADJECTIVE if word.adjectives else PLAIN


_NOMINAL_BEFORE = frozenset(("det", "poss", "prep"))
_VERBAL_BEFORE = frozenset(("modal", "to", "neg", "clitic", "pron"))
_OBJECT_STARTS = frozenset(("det", "pron", "clitic"))


def _is_verb(units: list[Unit], at: int, unit: Unit, lang: str) -> bool:
    """Tell a verb from the noun or adjective that looks like it, by its neighbours."""
    word = unit.word
    before = _before(units, at)
    letters = word.letters
    if before is None:
        return _starts_as_verb(units, at, word)
    kind = before.word.function if before.read == FUNCTION else ""
    if kind in _VERBAL_BEFORE:
        return True
    if kind == "aux":
        return _after_auxiliary(before.word.value, letters)
    if kind == "prep":
        return "G" in letters and not word.nouns if lang == "en" else "I" in letters or ("G" in letters and not word.nouns)
    if kind in _NOMINAL_BEFORE or before.read in (NUMBER, ADJECTIVE):
        return False
    if before.read == NAME and all(use.how == "adj" for use in before.uses) and (word.nouns or lang == "en"):
        return False
    ambiguous = bool(word.nouns or word.roles) or letters in ("I", "IP", "P") and lang == "en" and before.read in (NOUN, PLAIN)
    if not ambiguous:
        return True
    return _object_follows(units, at, lang) or (before.read in (NAME, ROLE) and _clause_follows(units, at))


def _before(units: list[Unit], at: int) -> Unit | None:
    at -= 1
    while at >= 0 and units[at].read == FUNCTION and units[at].word.function == "adv":
        at -= 1
    return units[at] if at >= 0 else None


def _starts_as_verb(units: list[Unit], at: int, word: Word) -> bool:
    return not word.nouns and not word.roles and not ("N" in word.letters and at + 1 < len(units) and units[at + 1].read == PLAIN)


def _after_auxiliary(value: str, letters: str) -> bool:
    if value.startswith("be") or value.startswith("get"):
        return "N" in letters or "G" in letters
    if value.startswith("have"):
        return "N" in letters
    return True


def _following(units: list[Unit], at: int) -> Unit | None:
    at += 1
    while at < len(units) and units[at].word.function == "adv":
        at += 1
    return units[at] if at < len(units) else None


def _object_follows(units: list[Unit], at: int, lang: str) -> bool:
    after = _following(units, at)
    if after is None:
        return False
    if after.word.function:
        return after.word.function in _OBJECT_STARTS or (after.word.function in ("that", "sub") and lang == "en")
    if after.uses:
        return True
    return after.low[0].isdigit() and "P" in units[at].word.letters


def _clause_follows(units: list[Unit], at: int) -> bool:
    """`Russia plans to …`, `Iran talks with …`: a name, a bare verb, and what only a verb takes."""
    after = _following(units, at)
    return after is not None and after.word.function in ("to",)
