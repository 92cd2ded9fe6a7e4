"""What is asked of an article before a word of it is read: whether any sentence can tell of an event.

One pass of an automaton over the text finds the words that stand for concepts. A sentence is read if the concepts in
it could fill some frame, an article up to the last sentence that an event may come of. Both only ever let too much
through: what is read then decides as if there were no screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.tagging.clauses import REPORTING
from streams.tagging.lexicon import read_senses
from streams.tagging.table import STEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tagging.frames import Frame
    from streams.tagging.lexicon import Lexicon, Word
    from streams.tagging.matching import ByHead

SOMEBODY = 1  # the bit of names and offices: types made of everyday words need one in the article
NAMED = 2  # the bit of what may name a party without a pronoun
_AHEAD = 4  # the bit of forms of the future and the conditional, without one of which nothing `will not` be
_FIRST_CONCEPT = 8
_OFFICES = frozenset(("head", "foreign", "defence", "forces", "government", "rebels"))
_NAMED = frozenset(("country", "bloc", "alliance", "igo", "armed_group", "agency", "metonym", "pair"))
ALL_CAPITALS = 2  # IS and LeT in lower case are `is` and `let`: such names do not count here
_ALWAYS = frozenset(("AIMED", "ALLIANCE"))  # conditions that no word tells of
_UNTOLD = _ALWAYS | {"speaker", "place"}  # … or only words that stand for no concept
_AHEAD_LETTERS = frozenset("FC")
_AHEAD_MODALS = frozenset(("future", "conditional"))
# What may stand beside a word is a blank to the automaton, so that every pattern is a whole word or phrase.
_BESIDE_A_WORD = "'\"()[]-\u2014\n/.,;:!?"
_REMEMBERED = 50_000  # verdicts on sets of concepts


class _Need(NamedTuple):
    """The concepts that one frame needs, as bits."""

    head: int
    partner: int
    also: int
    somebody: int
    besides: tuple[int, ...]  # each of them, for an event to come of it


class Screen:
    """The automaton of one language and what the frames need of it."""

    def __init__(self, words: Lexicon, by_head: ByHead, vague: frozenset[str]) -> None:
        self._bits = {concept: _FIRST_CONCEPT << at for at, concept in enumerate(_concepts(by_head))}
        endings = words.grammar.get(
            "verb_endings", ()
        )  # by which a verb that no list knows is one of the future
        self._ahead = 0 if _AHEAD_LETTERS.isdisjoint(endings) else _AHEAD
        self._needs = [
            _need(head, frame, self._bits, vague) for head, framed in by_head.items() for _, frame in framed
        ]
        patterns: dict[str, int] = {}
        for text, mask in self._patterns(words):
            patterns[text] = patterns.get(text, 0) | mask
        self._masks = list(patterns.values())
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False)
        self._verdicts: dict[int, tuple[bool, bool]] = {}

    def find(self, lower: str) -> list[tuple[int, int]]:
        """Return the concepts of a text as (where, bits), in the order in which their words end."""
        for char in _BESIDE_A_WORD:
            lower = lower.replace(char, " ")
        masks = self._masks
        found = self._automaton.find_matches_as_indexes(f" {lower} ", overlapping=True)
        return [(start, masks[which]) for which, start, _ in found]

    def may_tell(self, mask: int) -> bool:
        """Whether some frame could be filled by these concepts."""
        return self._verdict(mask)[0]

    def may_yield(self, mask: int) -> bool:
        """Whether an event could come of a sentence with these concepts, whatever the article names elsewhere."""
        return self._verdict(mask)[1]

    def _verdict(self, mask: int) -> tuple[bool, bool]:
        verdict = self._verdicts.get(mask)
        if verdict is None:
            if len(self._verdicts) > _REMEMBERED:
                self._verdicts.clear()
            filled = [
                need
                for need in self._needs
                if mask & need.head
                and (not need.partner or mask & need.partner)
                and (not need.also or mask & need.also)
            ]
            verdict = self._verdicts[mask] = (
                any(not need.somebody or mask & need.somebody for need in filled),
                any(all((mask | self._ahead) & bits for bits in need.besides) for need in filled),
            )
        return verdict

    def _patterns(self, words: Lexicon) -> Iterator[tuple[str, int]]:
        """Yield each word and each phrase with its concepts, as it stands between blanks."""
        particles = words.grammar.get("order", {}).get("particles", ())
        masks: dict[str, tuple[int, bool]] = {}  # by senses, which few forms have of their own
        for first, rest, senses in words.rows():
            if senses not in masks:
                word = read_senses(senses)
                masks[senses] = self._mask(word), bool(word.verb_concepts)
            mask, is_verb = masks[senses]
            if not mask:
                continue
            if first.endswith(STEM):
                yield _spaced(first.removesuffix(STEM)).rstrip(), mask
                continue
            yield _spaced(f"{first} {rest}"), mask
            for particle in particles if is_verb and not rest else ():  # a verb in two parts: greift … an
                if first.startswith(particle):
                    yield _spaced(first.removeprefix(particle)), mask

    def _mask(self, word: Word) -> int:
        mask = 0
        for concept in (*word.verb_concepts, *word.reflexive_concepts, *word.nouns, *word.adjectives):
            mask |= self._bits.get(concept, 0)
        if word.function == "neg":
            mask |= self._bits.get("WONT", 0)
        if ("modal", "should") in word.functions:
            mask |= self._bits.get("MUST", 0)
        if not REPORTING.isdisjoint((*word.verb_concepts, *word.reflexive_concepts)):
            mask |= self._bits.get("speaker", 0)
        if any(use.entity.is_place for use in word.uses):
            mask |= self._bits.get("place", 0)
        return mask | (_AHEAD if _is_ahead(word) else 0) | _who(word)


def _who(word: Word) -> int:
    """Return the bits of whom a word can name. A name in capitals is sought by the capitals of the text."""
    uses = [use for use in word.uses if use.capital != ALL_CAPITALS]
    known = any(use.entity.kind in _NAMED or use.entity.capital for use in uses)
    somebody = SOMEBODY if known or not _OFFICES.isdisjoint(word.roles) else 0
    return somebody | (NAMED if uses or word.roles else 0)


def _is_ahead(word: Word) -> bool:
    if not _AHEAD_LETTERS.isdisjoint(word.letters):
        return True
    return any(
        value in _AHEAD_MODALS
        if category == "modal"
        else category == "aux" and (value.startswith("werden") or value[-1:] in _AHEAD_LETTERS)
        for category, value in word.functions
    )


def _concepts(by_head: ByHead) -> list[str]:
    framed = [frame for frames in by_head.values() for _, frame in frames]
    return sorted({*by_head, *(concept for frame in framed for concept in (*frame.with_, *frame.also))})


def _need(head: str, frame: Frame, bits: dict[str, int], vague: frozenset[str]) -> _Need:
    besides = [_any(concepts, bits) for concepts in (frame.with_, frame.also) if concepts]
    if head == "WONT":
        besides.append(_AHEAD)
    if frame.party == "named":
        besides.append(NAMED)
    return _Need(
        bits[head],
        0 if _UNTOLD.intersection(frame.with_) else _any(frame.with_, bits),
        0 if _UNTOLD.intersection(frame.also) else _any(frame.also, bits),
        SOMEBODY if frame.type in vague else 0,
        tuple(besides),
    )


def _any(concepts: frozenset[str], bits: dict[str, int]) -> int:
    """Return the bits of which one is needed; all where something that no word tells of would do as well."""
    return -1 if not _ALWAYS.isdisjoint(concepts) else sum(bits[concept] for concept in concepts)


def _spaced(text: str) -> str:
    for char in _BESIDE_A_WORD:
        text = text.replace(char, " ")
    return f" {' '.join(text.split())} "
