"""A sentence as units: tokens joined to the longest entries of the lexicon, each read as one part of speech."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from streams.tagging import tokens
from streams.tagging.lexicon import Lexicon, Phrase, Use, Word, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.tagging.rows import Token

NOTHING: Final = Word()
_CACHED: Final = (
    200_000  # surface forms; beyond it the tables start anew, so that hostile text cannot fill the memory
)
_LONG: Final = 40  # characters; what is longer is seldom met twice

# What a unit is read as.
VERB: Final = "V"
NOUN: Final = "N"
NAME: Final = "E"
ROLE: Final = "R"
FUNCTION: Final = "F"
ADJECTIVE: Final = "A"
PLAIN: Final = "U"
NUMBER: Final = "D"
MARK: Final = "M"
TIME: Final = "T"
AMBIGUOUS: Final = ""

# Second halves of a compound whose first half is no actor: Russian-backed rebels are not Russia.
_PASSIVE_HALVES: Final = frozenset(
    [
        "backed",
        "held",
        "occupied",
        "controlled",
        "speaking",
        "born",
        "made",
        "built",
        "drafted",
        "funded",
        "trained",
        "sponsored",
        "supported",
        "aligned",
        "style",
        "type",
        "like",
        "based",
    ]
)
# First halves that make somebody else of the second: an anti-Syrian paper is not of Syria.
_OTHERS: Final = frozenset(["anti", "pro", "non", "contra"])
_CAPITAL_DAYS: Final = frozenset(("en", "de"))  # `may` and `march` are no months there


class Unit:
    """One surface form with its capitals: shared by all places where it stands."""

    __slots__ = (
        "ahead", "capital", "clitic", "concepts", "dated", "function", "halves", "low", "nominal", "phrases", "place",
        "read", "refers", "text", "uses", "value", "verbal", "word",
    )  # fmt: skip

    def __init__(self, text: str, low: str, word: Word | None, *, read: str | None = None) -> None:
        self.text = text
        self.low = low
        self.word = word or NOTHING
        self.capital = text[:1].isupper()
        self.uses: tuple[Use, ...] = tuple(use for use in self.word.uses if _written_so(use, text))
        self.place = next((use.entity for use in self.uses if use.entity.is_place), None)
        self.function = self.word.function
        self.value = self.word.value
        self.refers = self.function == "pron" or self.value == "possessive" or bool(self.word.roles)
        self.ahead = self.word.is_ahead
        self.clitic = any(category == "clitic" for category, _ in self.word.functions)
        self.phrases: dict[str, list[Phrase]] = {}  # that it opens, by their second token
        self.halves: list[tuple[Unit, int]] = []  # of a compound that no list knows, each with its offset
        self.read = _context_free(self) if read is None else read
        self.dated = False  # whether it may be part of a date
        self.concepts: tuple[str, ...] = tuple(_concepts(self.word))  # whatever it can stand for
        self.verbal = self.word.verb_concepts + self.word.reflexive_concepts  # … as a verb
        self.nominal = self.word.nouns + self.word.adjectives  # … as a noun


class Reading:
    """The units of one sentence, where each starts in the article's text, and what each is read as."""

    __slots__ = ("apart", "reads", "starts", "units")

    def __init__(
        self, units: list[Unit], starts: list[int], reads: list[str], *, apart: bool = False
    ) -> None:
        self.units = units
        self.starts = starts
        self.reads = reads
        self.apart = apart  # whether the units stand in another order than in the text

    def end(self, at: int) -> int:
        """Return where a unit ends in the article's text."""
        return self.starts[at] + len(self.units[at].text)

    def set_aside(self, start: int, end: int) -> None:
        """Read the units of a date as time, so that `il y a vingt ans` is no clause and `May 3` no object."""
        for at in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            self.reads[at] = TIME


# What stands between the dateline of a dispatch and its text: CAIRO, Egypt (AP) -- …
_DASHES: Final = frozenset(("-", "\u2014", ":"))
_IN_DATELINE: Final = frozenset((NAME, PLAIN, MARK, NUMBER, TIME, ROLE, NOUN))
_LONGEST_DATELINE: Final = 14  # units


def set_dateline_aside(reading: Reading) -> None:
    """Read as time what says where and when a dispatch was written, so that the place is not who acts."""
    units, reads = reading.units, reading.reads
    if not units or reads[0] != NAME or not (units[0].place is not None or units[0].text.isupper()):
        return
    for at in range(1, min(len(units), _LONGEST_DATELINE)):
        unit = units[at]
        if unit.low in _DASHES and (unit.low != ":" or units[0].text.isupper()):
            end = at + 1
            while end < len(units) and units[end].low in _DASHES:
                end += 1
            reads[:end] = [TIME] * end
            return
        if reads[at] not in _IN_DATELINE or not (unit.capital or reads[at] in (MARK, NUMBER, TIME)):
            return


def _concepts(word: Word) -> set[str]:
    """Return all that a word can stand for, alone or with its neighbours."""
    concepts = {*word.verb_concepts, *word.reflexive_concepts, *word.nouns, *word.adjectives}
    if word.function == "neg":
        concepts.add("WONT")
    if ("modal", "should") in word.functions:
        concepts.add("MUST")
    return concepts


def _written_so(use: Use, text: str) -> bool:
    """Whether the capitals are those that the name needs: `US` is a state, `us` is not."""
    if use.capital == 0:
        return True
    if use.capital == 1:
        return text[0].isupper() or (" " in text and text.rpartition(" ")[2][0].isupper())  # the Philippines
    return text.replace(".", "").replace(" ", "").isupper()


class Reader:
    """Reads sentences of one language; remembers every surface form it has met."""

    def __init__(self, words: Lexicon, cut: Callable[[str], list[Token]] | None = None) -> None:
        self.lexicon = words
        self.cut = cut  # of a language whose words no pattern tells apart
        self.lang = words.lang
        self.pattern: re.Pattern[str] = tokens.pattern(words.lang)
        self.known: dict[str, Unit] = {}  # by token
        self.whole: dict[str, Unit] = {}  # what stands between two blanks and is one token
        self.parts: dict[str, list[tuple[Unit, int]]] = {}  # … and is several: `l'Ukraine,`
        self.joined: dict[str, Unit] = {}  # phrases
        self.of_particle = _of_particles(words)
        # What is taken for a name in writing without capitals, where no list knows it.
        self.unknown = (
            re.compile(words.grammar["unknown_names"]) if "unknown_names" in words.grammar else None
        )
        self.interrupted = bool(words.grammar.get("interrupted"))  # est tombée lundi aux mains de
        self.ordered = "order" in words.grammar  # told by capitals and place what is a verb
        dates = words.grammar.get("dates", {})
        units = (name for names in dates.get("units", {}).values() for name in names)
        self.date_units = frozenset((*units, *dates.get("relative", ())))

    def read(self, flat: str, start: int, end: int) -> Reading:
        """Return the units of the sentence flat[start:end].

        Cut at blanks first: one look-up then finds most words, where the pattern would cost three times as much.
        """
        units: list[Unit] = []
        starts: list[int] = []
        whole, at = self.whole, start
        for piece in flat[start:end].split(" "):
            unit = whole.get(piece)
            if unit is not None:
                units.append(unit)
                starts.append(at)
            elif piece:
                for part, offset in self.parts.get(piece) or self._cut(piece):
                    units.append(part)
                    starts.append(at + offset)
            at += len(piece) + 1
        self._join(flat, units, starts)
        if self.interrupted:
            self._join_over(flat, units, starts)
        reading = Reading(units, starts, [unit.read for unit in units])
        self._decide(reading)
        return reading

    def _cut(self, piece: str) -> list[tuple[Unit, int]]:
        """Return the tokens of what stands between two blanks, each with its offset."""
        if len(self.known) + len(self.parts) >= _CACHED:
            for table in (self.known, self.whole, self.parts, self.joined):
                table.clear()
        parts = [] if self.cut is None else [(self._cut_out(token), token.start) for token in self.cut(piece)]
        for match in (
            () if self.cut else self.pattern.finditer(piece + " ")
        ):  # the blank behind it decides what an apostrophe is
            text = match[0]
            parts.append((self.known.get(text) or self._meet(text), match.start()))
        if len(parts) == 1 and parts[0][0].text == piece:
            self.whole[piece] = parts[0][0]
        elif len(piece) <= _LONG:
            self.parts[piece] = parts
        return parts

    def _cut_out(self, token: Token) -> Unit:
        key = "\n".join(token[:3])
        return self.known.get(key) or self._meet(token.text, token.low, token.entry, key)

    def _meet(self, text: str, low: str = "", entry: str = "", key: str = "") -> Unit:
        low = low or text.lower()
        word = self.lexicon.lookup(entry or low)
        calendar = low in self.lexicon.calendar and (text[:1].isupper() or self.lang not in _CAPITAL_DAYS)
        unit = self._unit(text, low, word, read=TIME if calendar else None)
        if word is None and self.unknown is not None:
            unit.capital = self.unknown.fullmatch(text) is not None
        unit.phrases = _by_second(self.lexicon.phrases(low))
        if unit.function in ("adv", "cue"):
            unit.concepts += self.of_particle.get(low, ())
        if word is None and "-" in low and len(low) > 1:
            unit.halves = self._halves(text)
        self.known[key or text] = unit
        return unit

    def _unit(self, text: str, low: str, word: Word | None, *, read: str | None = None) -> Unit:
        unit = Unit(text, low, word, read=read)
        unit.dated = unit.read in (NUMBER, TIME) or low in self.date_units
        return unit

    def _halves(self, compound: str) -> list[tuple[Unit, int]]:
        """Split a compound that the lexicon does not hold: US-China, Russian-backed."""
        parts = compound.split("-")
        passive = parts[-1].lower() in _PASSIVE_HALVES or parts[0].lower() in _OTHERS
        halves, at = [], 0
        for part in parts:
            if part:
                word = self.lexicon.lookup(part.lower())
                unit = self._unit(part, part.lower(), NOTHING if word and word.uses and passive else word)
                halves.append((unit, at))
            at += len(part) + 1
        last = halves[-1][0].word if halves else NOTHING
        if "N" in last.letters and not last.nouns and not any(unit.uses for unit, _ in halves):
            return []  # a long-threatened invasion, a state-run paper: no verb
        return halves

    def _join(self, flat: str, units: list[Unit], starts: list[int]) -> None:
        """Put the longest phrases of the lexicon in the place of their tokens, and halves in that of compounds."""
        for at, width, unit in reversed(self._openings(flat, units, starts)):
            if unit.halves:
                start = starts[at]
                units[at : at + 1] = [half for half, _ in unit.halves]
                starts[at : at + 1] = [start + offset for _, offset in unit.halves]
            else:
                units[at : at + width] = (unit,)
                del starts[at + 1 : at + width]

    def _join_over(self, flat: str, units: list[Unit], starts: list[int]) -> None:
        """Put the verbs of several words together that a day or an adverb parts; what parts them stands behind."""
        for between in range(len(units) - 2, 0, -1):
            if units[between].read != TIME and units[between].function != "adv":
                continue
            opening, follows = units[between - 1], [unit.low for unit in units[between + 1 : between + 6]]
            phrase = _longest(opening.phrases.get(follows[0], ()), follows, 0) if opening.phrases else None
            if phrase is None or not phrase.word.verbs:
                continue
            last = between + len(phrase.rest)
            end = starts[last] + len(units[last].text)
            whole = self._phrase(flat[starts[between - 1] : end], phrase)
            units[between - 1 : last + 1] = [whole, units[between]]
            starts[between - 1 : last + 1] = [starts[between - 1], starts[between]]

    def _openings(self, flat: str, units: list[Unit], starts: list[int]) -> list[tuple[int, int, Unit]]:
        """Return where a phrase or compound stands, over how many tokens, and what it is."""
        found: list[tuple[int, int, Unit]] = []
        done = 0
        follows = [unit.low for unit in units[1:]]
        follows.append("")
        for at in [at for at, unit in enumerate(units) if follows[at] in unit.phrases or unit.halves]:
            if at < done:
                continue
            unit = units[at]
            phrase = _longest(unit.phrases.get(follows[at], ()), follows, at)
            if phrase is not None:
                last = at + len(phrase.rest)
                whole = self._phrase(flat[starts[at] : starts[last] + len(units[last].text)], phrase)
                if whole.read != PLAIN or not phrase.word.uses:  # `navy seals the port` is no Navy SEALs
                    found.append((at, last + 1 - at, whole))
                    done = last + 1
                    continue
            if unit.halves:
                found.append((at, 1, unit))
        return found

    def _phrase(self, text: str, phrase: Phrase) -> Unit:
        unit = self.joined.get(text)
        if unit is None:
            unit = self.joined[text] = self._unit(text, text.lower(), phrase.word)
        return unit

    def _decide(self, reading: Reading) -> None:
        reads, units = reading.reads, reading.units
        for at, read in enumerate(reads):
            if read == AMBIGUOUS:
                reads[at] = _in_context(reading, at, units[at], self.lang)
            elif read == PLAIN and at:
                if not self.ordered and not units[at].capital and units[at - 1].function in _UNKNOWN_AFTER:
                    reads[at] = VERB  # one that no list knows: to encourage, will reconsider
                elif self.lang == "en" and _looks_past(reading, at):
                    reads[at] = VERB


_UNKNOWN_AFTER: Final = ("to", "modal")


def _longest(phrases: Sequence[Phrase], follows: list[str], at: int) -> Phrase | None:
    """Return the first of the phrases, the longest being first, whose other tokens are those that follow."""
    for phrase in phrases:
        width = len(phrase.rest)
        if width == 1 or follows[at : at + width] == phrase.rest:
            return phrase
    return None


def _by_second(phrases: list[Phrase]) -> dict[str, list[Phrase]]:
    """Phrases by their second token, in the order in which they come."""
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(phrase.rest[0], []).append(phrase)
    return groups


def _of_particles(words: Lexicon) -> dict[str, tuple[str, ...]]:
    """Return, for each last word of a verb in two parts, all that those verbs stand for: pull … back, greift … an."""
    concepts: dict[str, set[str]] = {}
    for row in words.rows():
        if row.rest and " " not in row.rest and (verbs := word_of(row.senses).verb_concepts):
            concepts.setdefault(row.rest, set()).update(verbs)
    return {particle: tuple(found) for particle, found in concepts.items()}


# --- parts of speech ----------------------------------------------------------------------------------------


def _context_free(unit: Unit) -> str:
    """Return what the form is read as wherever it stands, AMBIGUOUS when that depends on its neighbours."""
    word = unit.word
    if word is NOTHING:
        first = unit.low[0]
        if first.isdigit():
            return (
                TIME if len(unit.low) == 4 and unit.low.isdigit() and "1900" <= unit.low <= "2100" else NUMBER
            )
        return PLAIN if first.isalpha() else MARK
    if unit.uses and (unit.capital or not word.function):
        return NAME
    if word.function:
        if word.function == "time":
            return TIME
        clipped = word.function == "modal" and {"D", "N"} <= set(
            word.letters
        )  # `won` is `will` only before `'t`
        return AMBIGUOUS if word.verbs and (clipped or word.function in ("adv", "det", "cue")) else FUNCTION
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


_DECLINED: Final = frozenset(("ru", "uk"))
_NO_COMPOUNDS: Final = frozenset(("fr", "es", "it", "pt"))
_NOMINAL_BEFORE: Final = frozenset(("det", "poss"))
_VERBAL_BEFORE: Final = frozenset(("modal", "to", "neg", "clitic", "pron"))
_OBJECT_STARTS: Final = frozenset(("det", "pron", "clitic"))


def _is_verb(reading: Reading, at: int, unit: Unit, lang: str) -> bool:
    """Tell a verb from the noun or adjective that looks like it, by its neighbours."""
    word = unit.word
    if (
        unit.capital
        and at
        and lang != "de"
        and (word.nouns or lang in ("en", "es"))
        and not is_headline(reading)
    ):
        return False  # part of a name: West Darfur State, Chief of Staff
    if word.function == "modal":
        return at + 1 >= len(reading.units) or reading.units[at + 1].function != "neg"
    before = _before(reading, at)
    if before < 0:
        return not word.nouns and not word.roles and word.letters != "N"
    neighbour = reading.units[before]
    joined = neighbour.function == "conj" and before > 0 and reading.reads[before - 1] == VERB
    if joined and lang in _NO_COMPOUNDS and not {"P", "D"}.isdisjoint(word.letters):
        return True  # nie et reproche à: no noun stands there without an article
    if word.function == "adv" and neighbour.function not in _VERBAL_BEFORE:
        after = _after(reading, at)
        return after is not None and _takes_object(
            after, unit, lang
        )  # no `back` in `pulled its troops back from`
    if _article_after_preposition(reading, before, lang) and "I" not in word.letters:
        return False  # de la force: an article, no pronoun
    if reading.reads[before] == FUNCTION:
        told = _after_function(neighbour, word, lang)
        if told is not None:
            return told
    return _after_content(reading, at, before, lang)


def _article_after_preposition(reading: Reading, at: int, lang: str) -> bool:
    return (
        lang in _NO_COMPOUNDS
        and at > 0
        and reading.units[at].function == "det"
        and reading.units[at - 1].function == "prep"
    )


def _after_function(neighbour: Unit, word: Word, lang: str) -> bool | None:
    """Return what a function word before tells: `to`, `not` and auxiliaries want a verb, articles a noun."""
    function, letters = neighbour.function, word.letters
    if function in _VERBAL_BEFORE:
        return True
    if function == "aux":
        return _after_auxiliary(neighbour.value, letters)
    if function == "prep" and lang == "tr":
        return True  # it belongs to what stands before: `İtalya ile görüştü`
    if function == "prep":
        return ("I" in letters and lang != "en") or ("G" in letters and not word.nouns)
    if function not in _NOMINAL_BEFORE:
        return None
    if word.nouns or word.roles:
        return False
    if lang in _DECLINED:
        return letters != "N"  # об этом заявил, все это осудили: no article stands before a verb
    return neighbour.clitic and letters not in ("N", "I", "NG")


def _after_content(reading: Reading, at: int, before: int, lang: str) -> bool:
    """Tell by the noun, name or adjective before, and by what follows where that leaves it open."""
    unit, neighbour, read = reading.units[at], reading.units[before], reading.reads[before]
    word, letters = unit.word, unit.word.letters
    if read == PLAIN and neighbour.capital:
        read = NAME  # one that no list knows
    if (
        read == VERB
        and lang == "en"
        and "N" in letters
        and "D" in neighbour.word.letters
        and _then_noun(reading, at)
    ):
        return False  # freed detained protesters
    if read in (NUMBER, ADJECTIVE) or (read == VERB and lang == "en" and letters in ("I", "IP", "P")):
        return False
    if read == NAME and lang != "es" and (word.nouns or lang == "en") and _only_adjective(neighbour):
        return False
    bare = lang == "en" and letters in ("I", "IP", "P") and read in (NOUN, PLAIN)
    if not (word.nouns or word.roles or bare):
        return True
    after = _after(reading, at)
    if after is None:
        return False
    if lang in _NO_COMPOUNDS and read in (NAME, ROLE) and ("P" in letters or "D" in letters):
        return True  # `le Liban enquête sur`: two nouns do not stand side by side
    return _takes_object(after, unit, lang) or (read in (NAME, ROLE) and after.function == "to")


def _then_noun(reading: Reading, at: int) -> bool:
    after = reading.units[at + 1] if at + 1 < len(reading.units) else None
    return (
        after is not None
        and not after.capital
        and not after.function
        and bool(after.word.nouns or after.word.roles)
        and not after.word.verbs
    )


def _looks_past(reading: Reading, at: int) -> bool:
    """An unknown English word in -ed between a noun and what only an object begins with: speeded the withdrawal."""
    unit = reading.units[at]
    if not unit.low.endswith("ed") or unit.capital or reading.reads[at - 1] not in (NAME, NOUN, ROLE, PLAIN):
        return False
    after = _after(reading, at)
    return after is not None and (
        after.function in ("det", "poss", "to") or bool(after.uses) or after.function == "prep"
    )


def is_headline(reading: Reading) -> bool:
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
    if value == "be:F" and "I" in letters:
        return True  # будет обстреливать
    if value.startswith(("be", "get")):
        return "N" in letters or "G" in letters
    return "N" in letters if value.startswith("have") else True


def _takes_object(after: Unit, unit: Unit, lang: str) -> bool:
    """Whether what follows an ambiguous form can only be the object of a verb."""
    if after.function:
        return (
            after.function in _OBJECT_STARTS
            or after.low == "des"
            or (after.function == "that" and lang == "en")
        )
    if (
        lang == "en"
        and unit.low.endswith("s")
        and (after.word.nouns or after.word.roles)
        and not after.word.verbs
    ):
        return True  # a headline: Arland orders embassy families home
    return (
        bool(after.uses)
        or (after.capital and lang != "de")
        or (after.low[0].isdigit() and "P" in unit.word.letters)
    )
