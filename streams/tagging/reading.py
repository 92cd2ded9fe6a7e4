"""A sentence as units: tokens joined to the longest entries of the lexicon, each read as one part of speech."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from streams.tagging import tokens
from streams.tagging.lexicon import Lexicon, Phrase, Use, Word, lexicon

if TYPE_CHECKING:
    import re

NOTHING = Word()
_CACHED = 200_000  # surface forms; beyond it the table starts anew, so that hostile text cannot fill the memory

# What a unit is read as.
VERB, NOUN, NAME, ROLE, FUNCTION, ADJECTIVE, PLAIN, NUMBER, MARK, TIME = "VNERFAUDMT"
AMBIGUOUS = ""

# Second halves of a compound whose first half is no actor: Russian-backed rebels are not Russia.
_PASSIVE_HALVES = frozenset(
    "backed held occupied controlled speaking born made built drafted funded trained sponsored supported aligned".split()
)
_CAPITAL_DAYS = frozenset(("en", "de"))  # `may` and `march` are no months there


class Unit:
    """One surface form with its capitals: shared by all places where it stands."""

    __slots__ = ("capital", "clitic", "function", "halves", "low", "opens", "phrases", "read", "text", "uses", "value", "word")

    def __init__(self, text: str, low: str, word: Word | None, *, read: str | None = None) -> None:
        self.text = text
        self.low = low
        self.word = word or NOTHING
        self.capital = text[0].isupper()
        self.uses: tuple[Use, ...] = tuple(use for use in self.word.uses if _written_so(use, text))
        self.function = self.word.function
        self.value = self.word.value
        self.clitic = any(category == "clitic" for category, _ in self.word.functions)
        self.phrases: dict[str, list[Phrase]] = {}
        self.halves: list[tuple[Unit, int, int]] = []
        self.opens = False  # whether it may be the first of several tokens, or one that falls apart
        self.read = _context_free(self) if read is None else read


@dataclass(slots=True)
class Reading:
    """The units of one sentence, where each starts and ends in the article's text, and what each is read as."""

    units: list[Unit]
    starts: list[int]
    ends: list[int]
    reads: list[str]

    def set_aside(self, start: int, end: int) -> None:
        """Read the units of a date as time, so that `il y a vingt ans` is no clause and `May 3` no object."""
        for at in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            self.reads[at] = TIME


def _written_so(use: Use, text: str) -> bool:
    """Whether the capitals are those that the name needs: `US` is a state, `us` is not."""
    if use.capital == 0:
        return True
    if use.capital == 1:
        return text[0].isupper() or (" " in text and text.rpartition(" ")[2][0].isupper())  # the Philippines
    return text.replace(".", "").replace(" ", "").isupper()


class Reader:
    """Reads sentences of one language; remembers every surface form it has met."""

    def __init__(self, words: Lexicon) -> None:
        self.lexicon = words
        self.lang = words.lang
        self.pattern: re.Pattern[str] = tokens.pattern(words.lang)
        self.known: dict[str, Unit] = {}
        self.by_second = {
            first: _grouped(phrases) for first, phrases in words.phrases.items()
        }

    def read(self, flat: str, start: int, end: int) -> Reading:
        """Return the units of the sentence flat[start:end]."""
        spans = [match.span() for match in self.pattern.finditer(flat, start, end)]
        known = self.known
        units = [known.get(flat[a:b]) or self._meet(flat[a:b]) for a, b in spans]
        reading = self._join(flat, units, spans)
        self._decide(reading)
        return reading

    def _meet(self, text: str) -> Unit:
        if len(self.known) >= _CACHED:
            self.known.clear()
        low = text.lower()
        word = self.lexicon.lookup(low)
        calendar = low in self.lexicon.calendar and (text[0].isupper() or self.lang not in _CAPITAL_DAYS)
        unit = Unit(text, low, word, read=TIME if calendar else None)
        unit.phrases = self.by_second.get(low, {})
        if word is None and "-" in low and len(low) > 1:
            unit.halves = self._halves(text)
        unit.opens = bool(unit.phrases or unit.halves)
        self.known[text] = unit
        return unit

    def _halves(self, compound: str) -> list[tuple[Unit, int, int]]:
        """Split a compound that the lexicon does not hold: US-China, Russian-backed."""
        parts = compound.split("-")
        passive = parts[-1].lower() in _PASSIVE_HALVES
        halves, at = [], 0
        for part in parts:
            if part:
                word = self.lexicon.lookup(part.lower())
                unit = Unit(part, part.lower(), NOTHING if word and word.uses and passive else word)
                halves.append((unit, at, at + len(part)))
            at += len(part) + 1
        return halves

    def _join(self, flat: str, units: list[Unit], spans: list[tuple[int, int]]) -> Reading:
        """Put the longest phrases of the lexicon in the place of their tokens, and halves in that of compounds."""
        joined: list[Unit] = []
        places: list[tuple[int, int]] = []
        done, count = 0, len(units)
        for at in [index for index, unit in enumerate(units) if unit.opens]:
            if at < done:
                continue
            unit = units[at]
            follow = unit.phrases.get(units[at + 1].low) if at + 1 < count else None
            phrase = _longest(follow, units, at + 1) if follow else None
            if phrase is not None:
                whole = self._phrase(flat[spans[at][0] : spans[at + len(phrase.rest)][1]], phrase)
                if whole.read == PLAIN and phrase.word.uses:
                    phrase = None  # `navy seals the port` is no Navy SEALs
            if phrase is None and not unit.halves:
                continue
            joined += units[done:at]
            places += spans[done:at]
            start, end = spans[at]
            done = at + 1
            if phrase is not None:
                done += len(phrase.rest)
                end = spans[done - 1][1]
                unit = whole
            for half, first, last in unit.halves or ((unit, 0, end - start),):
                joined.append(half)
                places.append((start + first, start + last))
        joined += units[done:]
        places += spans[done:]
        starts, ends = ([], []) if not places else map(list, zip(*places, strict=True))
        return Reading(joined, starts, ends, [unit.read for unit in joined])

    def _phrase(self, text: str, phrase: Phrase) -> Unit:
        unit = self.known.get(text)
        if unit is None:
            unit = self.known[text] = Unit(text, text.lower(), phrase.word)
        return unit

    def _decide(self, reading: Reading) -> None:
        reads, units = reading.reads, reading.units
        for at, read in enumerate(reads):
            if read == AMBIGUOUS:
                reads[at] = _in_context(reading, at, units[at], self.lang)
            elif read == PLAIN and at and units[at - 1].function in ("to", "modal") and not units[at].capital:
                reads[at] = VERB  # one that no list knows: to encourage, will reconsider
            elif read == PLAIN and at and self.lang == "en" and _looks_past(reading, at):
                reads[at] = VERB


def _longest(phrases: list[Phrase], units: list[Unit], at: int) -> Phrase | None:
    for phrase in phrases:
        width = len(phrase.rest)
        if width == 1 or [unit.low for unit in units[at : at + width]] == phrase.rest:
            return phrase
    return None


def _grouped(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    """Phrases by their second token, longest first."""
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.rest[0], []).append(phrase)
    for group in groups.values():
        group.sort(key=lambda phrase: -len(phrase.rest))
    return groups


@cache
def reader(lang: str) -> Reader:
    """Return the reader of a language."""
    return Reader(lexicon(lang))


# --- parts of speech ----------------------------------------------------------------------------------------


def _context_free(unit: Unit) -> str:
    """Return what the form is read as wherever it stands, AMBIGUOUS when that depends on its neighbours."""
    word = unit.word
    if word is NOTHING:
        first = unit.low[0]
        if first.isdigit():
            return TIME if len(unit.low) == 4 and unit.low.isdigit() and "1900" <= unit.low <= "2100" else NUMBER
        return PLAIN if first.isalpha() else MARK
    if unit.uses and (unit.capital or not word.function):
        return NAME
    if word.function:
        if word.function == "time":
            return TIME
        return AMBIGUOUS if word.verbs and word.function in ("adv", "det", "cue") else FUNCTION
    if word.verbs:
        return AMBIGUOUS
    if word.roles:
        return ROLE
    if word.nouns:
        return NOUN
    return ADJECTIVE if word.adjectives else PLAIN


def _in_context(reading: Reading, at: int, unit: Unit, lang: str) -> str:
    if _is_verb(reading, at, unit, lang):
        return VERB
    word = unit.word
    if word.function:
        return FUNCTION
    if word.nouns:
        return NOUN
    if word.roles:
        return ROLE
    return ADJECTIVE if word.adjectives or "N" in word.letters or "G" in word.letters else PLAIN


_NOMINAL_BEFORE = frozenset(("det", "poss"))
_VERBAL_BEFORE = frozenset(("modal", "to", "neg", "clitic", "pron"))
_OBJECT_STARTS = frozenset(("det", "pron", "clitic"))


def _is_verb(reading: Reading, at: int, unit: Unit, lang: str) -> bool:
    """Tell a verb from the noun or adjective that looks like it, by its neighbours."""
    word = unit.word
    letters = word.letters
    if unit.capital and at and lang != "de" and (word.nouns or lang == "en") and not _is_headline(reading):
        return False  # part of a name: West Darfur State, Chief of Staff
    before = _before(reading, at)
    if before < 0:
        return not word.nouns and not word.roles and letters != "N"
    if word.function == "adv" and reading.units[before].function not in _VERBAL_BEFORE:
        after = _after(reading, at)
        return after is not None and _takes_object(after, unit, lang)  # `pulled its troops back from` has no verb `back`
    read, function = reading.reads[before], reading.units[before].function
    if read == PLAIN and reading.units[before].capital:
        read = NAME  # one that no list knows
    if read == FUNCTION:
        if function in _VERBAL_BEFORE:
            return True
        if function == "aux":
            return _after_auxiliary(reading.units[before].value, letters)
        if function == "prep":
            return ("I" in letters and lang != "en") or ("G" in letters and not word.nouns)
        if function in _NOMINAL_BEFORE:
            return reading.units[before].clitic and not word.nouns and not word.roles and letters not in ("N", "I", "NG")
    elif read in (NUMBER, ADJECTIVE) or (read == VERB and lang == "en" and letters in ("I", "IP")):
        return False
    elif read == NAME and (word.nouns or lang == "en") and _only_adjective(reading.units[before]):
        return False
    ambiguous = bool(word.nouns or word.roles) or (lang == "en" and letters in ("I", "IP", "P") and read in (NOUN, PLAIN))
    if not ambiguous:
        return True
    after = _after(reading, at)
    if after is None:
        return False
    return _takes_object(after, unit, lang) or (read in (NAME, ROLE) and after.function == "to")


def _looks_past(reading: Reading, at: int) -> bool:
    """An unknown English word in -ed between a noun and what only an object begins with: speeded the withdrawal."""
    unit = reading.units[at]
    if not unit.low.endswith("ed") or unit.capital or reading.reads[at - 1] not in (NAME, NOUN, ROLE, PLAIN):
        return False
    after = _after(reading, at)
    return after is not None and (after.function in ("det", "poss", "to") or bool(after.uses) or after.function == "prep")


def _is_headline(reading: Reading) -> bool:
    """Whether capitals say nothing, as most words have one."""
    words = [unit for unit in reading.units if unit.low[0].isalpha()]
    return sum(unit.capital for unit in words) > len(words) * 0.6


def _only_adjective(unit: Unit) -> bool:
    return bool(unit.uses) and all(use.how == "adj" for use in unit.uses)


def _before(reading: Reading, at: int) -> int:
    at -= 1
    while at >= 0 and reading.reads[at] == FUNCTION and reading.units[at].function == "adv":
        at -= 1
    return at


def _after(reading: Reading, at: int) -> Unit | None:
    at += 1
    while at < len(reading.units) and reading.units[at].function == "adv":
        at += 1
    return reading.units[at] if at < len(reading.units) else None


def _after_auxiliary(value: str, letters: str) -> bool:
    if value.startswith(("be", "get")):
        return "N" in letters or "G" in letters
    return "N" in letters if value.startswith("have") else True


def _takes_object(after: Unit, unit: Unit, lang: str) -> bool:
    """Whether what follows an ambiguous form can only be the object of a verb."""
    if after.function:
        return after.function in _OBJECT_STARTS or after.low == "des" or (after.function in ("that", "sub") and lang == "en")
    if lang == "en" and unit.low.endswith("s") and (after.word.nouns or after.word.roles) and not after.word.verbs:
        return True  # a headline: Arland orders embassy families home
    return bool(after.uses) or (after.capital and lang != "de") or (after.low[0].isdigit() and "P" in unit.word.letters)
