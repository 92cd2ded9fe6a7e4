"""What only the neighbours of a word tell in German: verbs in two parts, articles that are relatives or say `of`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from streams.tagging.reading import (
    ADJECTIVE,
    FUNCTION,
    MARK,
    NAME,
    NOUN,
    PLAIN,
    ROLE,
    TIME,
    VERB,
    Reading,
    Unit,
)

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

_FINITE: Final = frozenset("PDS")
_LINKS: Final = frozenset(("sub", "that", "rel"))
_LINKS_AND_CONJUNCTIONS: Final = _LINKS | {"conj"}
_NOMINAL: Final = frozenset((NAME, NOUN, ROLE, PLAIN, ADJECTIVE))


def completed(reading: Reading, words: Lexicon) -> Reading:
    """Return the reading with verbs joined to their particles, relatives and genitives told from articles."""
    return _Completer(reading, words).run()


def verbal(unit: Unit, read: str) -> bool:
    """Whether the unit is a verb or what helps one."""
    return read == VERB or (read == FUNCTION and unit.function in ("aux", "modal"))


def finite(unit: Unit, read: str) -> bool:
    """Whether the unit can be the verb that has a subject."""
    if read == VERB:
        return not _FINITE.isdisjoint(unit.word.letters)
    return verbal(unit, read) and unit.value[-1:] not in ("N", "I")


class _Completer:
    def __init__(self, reading: Reading, words: Lexicon) -> None:
        self.units = list(reading.units)
        self.starts = reading.starts
        self.reads = list(reading.reads)
        self.words = words
        self.order: dict[str, Any] = words.grammar["order"]

    def run(self) -> Reading:
        for at, unit in enumerate(self.units):
            if unit.word.verbs and self.reads[at] not in (MARK, NAME, TIME):
                self.reads[at] = self._by_capital(at, unit)
        self._attributes()
        dropped = {
            at
            for at, unit in enumerate(self.units)
            if unit.low in self.order["particles"] and self._parted(at)
        }
        for at in range(1, len(self.units) - 1):
            if self.units[at].function == "det":
                self._article(at)
        kept = [at for at in range(len(self.units)) if at not in dropped]
        return Reading(
            [self.units[at] for at in kept], [self.starts[at] for at in kept], [self.reads[at] for at in kept]
        )

    def _stand_in(self, at: int, part: str) -> None:
        """Let the unit play the part of another word."""
        unit = self.units[at]
        self.units[at] = Unit(unit.text, unit.low, self.words.word(self.order["as"][part]), read=FUNCTION)
        self.reads[at] = FUNCTION

    # --- verbs and nouns --------------------------------------------------------------------------------------

    def _by_capital(self, at: int, unit: Unit) -> str:
        """Nouns have a capital, verbs have none; before a noun a participle is an adjective."""
        read, word = self.reads[at], unit.word
        if unit.capital:
            if read != VERB or not at or self.reads[at - 1] == MARK:
                return read
            return NOUN if word.nouns else ROLE if word.roles else PLAIN
        if word.function in ("det", "adv", "cue"):
            return FUNCTION
        if read != FUNCTION and (word.nouns or word.roles or not self._before_noun(at)):
            return VERB
        return read

    def _before_noun(self, at: int) -> bool:
        if at + 1 >= len(self.units) or self.reads[at + 1] not in _NOMINAL:
            return False
        return self.units[at + 1].capital or self.reads[at + 1] != PLAIN

    def _attributes(self) -> None:
        """`der von China unterstützte Angriff`: what stands between the article and its noun is no clause."""
        for at in range(len(self.units) - 2):
            opens = self.units[at].function == "det" and self.units[at + 1].function == "prep"
            if not opens or (at and self.units[at - 1].low == ","):
                continue
            verb = next((i for i in range(at + 2, len(self.units)) if self.reads[i] in (MARK, VERB)), None)
            if verb is not None and self.reads[verb] == VERB and self._before_noun(verb):
                self.reads[verb] = ADJECTIVE

    # --- particles --------------------------------------------------------------------------------------------

    def _parted(self, at: int) -> bool:
        """Join the particle to its verb, if it is one: `greift … an` is what the lexicon has as `angreift`."""
        if (
            at + 1 < len(self.units)
            and self.reads[at + 1] != MARK
            and self.units[at + 1].function not in _LINKS_AND_CONJUNCTIONS
        ):
            return False
        again, low = self.order["again"], self.units[at].low
        prefixes = (again + low, low) if at and self.units[at - 1].low == again else (low,)
        for index in range(at - 1, -1, -1):
            if self.reads[index] == MARK or self.units[index].function in _LINKS:
                return False
            if self.reads[index] in (VERB, PLAIN, ADJECTIVE) and self._join(index, prefixes):
                return True
        return False

    def _join(self, at: int, prefixes: tuple[str, ...]) -> bool:
        unit = self.units[at]
        for prefix in prefixes:
            word = self.words.word(prefix + unit.low)
            if word is not None and word.verbs and not _FINITE.isdisjoint(word.letters):
                self.units[at] = Unit(unit.text, unit.low, word, read=VERB)
                self.reads[at] = VERB
                return True
        return False

    # --- articles ---------------------------------------------------------------------------------------------

    def _article(self, at: int) -> None:
        unit, before = self.units[at], self.units[at - 1]
        if unit.low in self.order["relatives"] and self._opens_relative(at):
            self._stand_in(at, "relative")
        elif unit.low in self.order["genitives"] and before.capital and self._between_nouns(at):
            self._stand_in(at, "genitive")  # der Rückzug der Truppen

    def _between_nouns(self, at: int) -> bool:
        return self.reads[at - 1] in (NOUN, ROLE, PLAIN) and self.reads[at + 1] in _NOMINAL

    def _opens_relative(self, at: int) -> bool:
        """`, die` with the verb at the end of its clause is a pronoun; so is `, mit dem`."""
        before = at - 1
        if self.units[before].function == "prep":
            if self.units[before].low in self.order["before_infinitive"]:
                return False
            before -= 1
        if before < 0 or self.units[before].low != ",":
            return False
        end = next((i for i in range(at + 1, len(self.units)) if self.reads[i] == MARK), len(self.units))
        verbs = [
            i
            for i in range(at + 1, end)
            if finite(self.units[i], self.reads[i]) and self.units[i - 1].function != "to"
        ]
        return bool(verbs) and verbs[0] >= end - 2 and verbal(self.units[end - 1], self.reads[end - 1])
