"""Which sentences of an article are read: those that may tell of an event, and those that name who acts in a later one.

An article is read up to the last sentence that an event may come of. That one is sought from behind, so that nothing is
read of an article that has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from streams.tagging import prospects
from streams.tagging.apart import completed
from streams.tagging.lexicon import Lexicon
from streams.tagging.particular import reader
from streams.tagging.screen import NAMED, OF_ARTICLE, PARTY, PERSONS, SOMEBODY, Screen
from streams.tagging.sentences import MAX_SENTENCE, sentences

if TYPE_CHECKING:
    from streams.tagging.prospects import ByHead
    from streams.tagging.reading import Reading

# A capital within a sentence: somebody that no list need know.
_A_NAME: Final = re.compile(r"(?<=[^\W_][ '’])[A-ZÀ-ÖØ-ÞĄĆĘĞİŁŃŒŚŞŹŻЀ-ЯҐ]")
_IN_CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĄĆĘĞİŁŃŒŚŞŹŻЀ-ЯҐ]\.?[A-ZÀ-ÖØ-ÞĄĆĘĞİŁŃŒŚŞŹŻЀ-ЯҐ]")  # US, U.S.
_FIRST_WORD: Final = re.compile(r"[^\W_]+")


class Line:
    """A sentence with its units; whether it may tell of an event, and whether it opens a paragraph."""

    __slots__ = ("end", "number", "opens", "reading", "start", "tells")

    def __init__(
        self, number: int, start: int, end: int, reading: Reading, *, tells: bool, opens: bool
    ) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.reading = reading
        self.tells = tells
        self.opens = opens


class _Heard(NamedTuple):
    """A sentence in which the screen has found something, and what."""

    number: int
    start: int
    end: int
    bits: int


class Chosen(NamedTuple):
    """The sentences of an article that are read, and how many were too long to be."""

    lines: list[Line]
    too_long: int = 0


class Lines:
    """Reads the articles of one language as far as they are worth it."""

    def __init__(self, words: Lexicon, by_head: ByHead, vague: frozenset[str]) -> None:
        self._words = words
        self._by_head = by_head
        self._screen = Screen(words, by_head, vague)
        self._reader = reader(words.lang)
        self._ordered = "order" in words.grammar
        self._uncapitalised = bool(
            words.grammar.get("within")
        )  # nothing is told of names by how they are written

    def of(self, flat: str, lower: str, *, every: bool) -> Chosen:
        """Return the sentences of a flat text; with `every` also those that may tell though no event comes of them."""
        every = every or self._uncapitalised
        screen = self._screen
        found = screen.find(lower)
        bits = 0
        for _, concepts in found:
            bits |= concepts
        if not screen.may_tell(bits | SOMEBODY):
            return Chosen([])
        named = bits & OF_ARTICLE
        if not named & PARTY and _IN_CAPITALS.search(flat):
            named |= PARTY
        if not (every or screen.may_yield(bits | named | NAMED)):
            return Chosen([])
        article = _Article(flat, lower, bits & SOMEBODY, named, self._words)
        spans = sentences(flat, self._words.lang)
        heard = _heard(found, spans)
        readings: dict[int, Reading] = {}
        while heard and not self._ends(heard[-1], article, readings, every=every):
            heard.pop()
        return Chosen(self._lines(heard, article, readings), _too_long(spans))

    def _ends(self, last: _Heard, article: _Article, readings: dict[int, Reading], *, every: bool) -> bool:
        """Whether an event may come of this sentence."""
        if not every and not self._may_yield(last, article):
            return False
        if not self._may_tell(last, article):
            return False
        reading = readings[last.number] = self._read(last, article)
        return prospects.may_tell(reading.units, self._by_head) and (
            every or prospects.may_yield(reading, self._by_head, self._words)
        )

    def _lines(self, heard: list[_Heard], article: _Article, readings: dict[int, Reading]) -> list[Line]:
        lines: list[Line] = []
        before = 0
        for sentence in heard:
            tells = self._may_tell(sentence, article)
            if not (tells or sentence.bits & SOMEBODY):
                continue
            reading = readings.get(sentence.number) or self._read(sentence, article)
            tells = tells and prospects.may_tell(reading.units, self._by_head)
            opens = not lines or "\n" in article.flat[before : sentence.start]
            lines.append(
                Line(sentence.number, sentence.start, sentence.end, reading, tells=tells, opens=opens)
            )
            before = sentence.end
        return lines

    def _read(self, sentence: _Heard, article: _Article) -> Reading:
        reading = self._reader.read(article.flat, sentence.start, sentence.end)
        return completed(reading, self._words) if self._ordered else reading

    def _may_tell(self, sentence: _Heard, article: _Article) -> bool:
        may_tell = self._screen.may_tell
        return may_tell(sentence.bits | article.somebody) or (
            may_tell(sentence.bits | SOMEBODY) and article.names_somebody(sentence.start, sentence.end)
        )

    def _may_yield(self, sentence: _Heard, article: _Article) -> bool:
        may_yield, bits = self._screen.may_yield, sentence.bits | article.named
        return may_yield(bits | NAMED) and (
            may_yield(bits) or article.has_capitals(sentence.start, sentence.end)
        )


@dataclass(slots=True)
class _Article:
    """A text, flat and in lower case, and whom it names that a list knows, as bits of the screen."""

    flat: str
    lower: str
    somebody: int
    named: int
    words: Lexicon

    def names_somebody(self, start: int, end: int) -> bool:
        """Whether a sentence may name somebody that no list knows: by a capital, or by how it begins."""
        return bool(_A_NAME.search(self.flat, start + 1, end)) or self._begins_unknown(start, end)

    def has_capitals(self, start: int, end: int) -> bool:
        """Whether a sentence may name anybody whom the screen does not see: IS and US, a person introduced before."""
        if not self.named & PERSONS:
            return _IN_CAPITALS.search(self.flat, start, end) is not None
        return self.flat[start + 1 : end] != self.lower[start + 1 : end] or self._begins_unknown(start, end)

    def _begins_unknown(self, start: int, end: int) -> bool:
        first = _FIRST_WORD.search(self.flat, start, end)
        return first is not None and self.words.lookup(first.group().lower()) is None


def _heard(found: list[tuple[int, int]], spans: list[tuple[int, int]]) -> list[_Heard]:
    """Share what the screen has found out among the sentences."""
    heard: list[_Heard] = []
    at, count = 0, len(found)
    for number, (start, end) in enumerate(spans):
        bits = 0
        while at < count and found[at][0] < end:
            bits |= found[at][1]
            at += 1
        if bits and end - start <= MAX_SENTENCE:
            heard.append(_Heard(number, start, end, bits))
    return heard


def _too_long(spans: list[tuple[int, int]]) -> int:
    return sum(end - start > MAX_SENTENCE for start, end in spans)
