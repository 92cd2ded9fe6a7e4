"""What is asked of an article before a word of it is read: whether any sentence can tell of an event.

One pass of an automaton over the text finds the words that stand for concepts. A sentence is read if the concepts in
it could fill some frame, an article up to the last sentence that an event may come of. Both only ever let too much
through: what is read then decides as if there were no screen.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.tagging.clauses import REPORTING
from streams.tagging.lexicon import read_senses
from streams.tagging.table import STEM
from streams.tagging.tokens import STROKE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tagging.frames import Frame
    from streams.tagging.lexicon import Lexicon, Word
    from streams.tagging.prospects import ByHead

# What the screen notes beside concepts, each a bit.
SOMEBODY: Final = 1  # names and offices: types made of everyday words need one in the article
NAMED: Final = 2  # what may name a party without a pronoun
_AHEAD: Final = 4  # forms of the future and the conditional, without one of which nothing `will not` be
PARTY: Final = 8  # names of any kind: without one in the article nobody acts in it
_LEADING: Final = 16  # whoever may speak for a state
_ARMED: Final = 32  # … or for its forces
PERSONS: Final = 64  # offices and persons: without one the article introduces nobody whose name no list knows
OF_ARTICLE: Final = (
    PARTY | PERSONS | _LEADING | _ARMED
)  # a pronoun may stand for what an earlier sentence has named
_FIRST_CONCEPT: Final = 128
_LEADERS: Final = frozenset(("head", "foreign"))
_MILITARY: Final = frozenset(("defence", "forces"))
_BY_PARTY: Final = {
    "named": (NAMED, PARTY),
    "leader": (_LEADING,),
    "leaders": (_LEADING, PARTY),
    "military": (_ARMED,),
    "commanders": (_ARMED, PARTY),
}
STATE_OFFICES: Final = frozenset(("head", "foreign", "defence", "forces", "government", "rebels"))
_NAMED: Final = frozenset(("country", "bloc", "alliance", "igo", "armed_group", "agency", "metonym", "pair"))
ALL_CAPITALS: Final = 2  # IS and LeT in lower case are `is` and `let`: such names do not count here
_ALWAYS: Final = frozenset(("AIMED", "ALLIANCE", "country"))  # conditions that no word tells of
_UNTOLD: Final = _ALWAYS | {"speaker", "place", "bare_place"}  # … or only words that stand for no concept
# What may stand beside a word is a blank to the automaton, so that every pattern is a whole word or phrase.
_BESIDE_A_WORD: Final = "'\"()[]-\u2014\n/.,;:!?"
_REMEMBERED: Final = 50_000  # verdicts on sets of concepts


class _Need(NamedTuple):
    """The concepts that one frame needs, as bits."""

    head: int
    partner: int
    also: int
    somebody: int
    besides: tuple[int, ...]  # each of them, for an event to come of it

    def met_by(self, mask: int) -> bool:
        """Whether what stands beside the head is there."""
        return not (self.partner and not mask & self.partner) and not (self.also and not mask & self.also)


class Screen:
    """The automaton of one language and what the frames need of it."""

    def __init__(self, words: Lexicon, by_head: ByHead, vague: frozenset[str]) -> None:
        self._bits = {concept: _FIRST_CONCEPT << at for at, concept in enumerate(_concepts(by_head))}
        self._unseen = self._told_by_endings(words)
        self._needs = [
            _need(head, frame, self._bits, vague) for head, framed in by_head.items() for _, frame in framed
        ]
        patterns: dict[str, int] = {}
        self._within = bool(words.grammar.get("within"))  # words stand within others, or without blanks
        for spaced, mask in self._patterns(words):
            text = as_written(spaced.strip(), words.grammar) if self._within else spaced
            patterns[text] = patterns.get(text, 0) | mask
        self._masks = list(patterns.values())
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False)
        self._tells: dict[int, bool] = {}
        self._yields: dict[int, bool] = {}

    def find(self, lower: str) -> list[tuple[int, int]]:
        """Return the concepts of a text as (where, bits), in the order in which their words end."""
        for char in _BESIDE_A_WORD:
            lower = lower.replace(char, " ")
        if STROKE in lower:
            return self._without_strokes(lower)
        masks = self._masks
        found = self._automaton.find_matches_as_indexes(f" {lower} ", overlapping=True)
        before = (
            1 if self._within else 0
        )  # a pattern of a spaced language begins with the blank before its word
        return [(start - before, masks[which]) for which, start, _ in found]

    def _without_strokes(self, lower: str) -> list[tuple[int, int]]:
        """Find the same in a text without strokes and vowel signs; where is still told of the text as it stands."""
        places = [at for at, char in enumerate(lower) if char != STROKE]
        found = self.find(lower.replace(STROKE, ""))
        return [(places[start], bits) for start, bits in found]

    def may_tell(self, mask: int) -> bool:
        """Whether some frame could be filled by these concepts."""
        verdict = self._tells.get(mask)
        if verdict is None:
            verdict = any(
                mask & need.head and need.met_by(mask) and (not need.somebody or mask & need.somebody)
                for need in self._needs
            )
            _remember(self._tells, mask, verdict=verdict)
        return verdict

    def may_yield(self, mask: int) -> bool:
        """Whether an event could come of a sentence with these concepts in an article with these of OF_ARTICLE."""
        verdict = self._yields.get(mask)
        if verdict is None:
            all_of_it = mask | self._unseen
            verdict = any(
                all_of_it & need.head
                and need.met_by(all_of_it)
                and all(all_of_it & bits for bits in need.besides)
                for need in self._needs
            )
            _remember(self._yields, mask, verdict=verdict)
        return verdict

    def _told_by_endings(self, words: Lexicon) -> int:
        """Return the bits of what may stand in any word: the ending tells a future or denies."""
        ahead = any(ending.is_ahead for _, ending in words.unknown_verbs)
        denied = self._bits.get("WONT", 0) if "negative" in words.grammar else 0
        return (_AHEAD if ahead else 0) | denied

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
            mask |= self._bits.get("place", 0) | self._bits.get("bare_place", 0)
        return mask | (_AHEAD if word.is_ahead else 0) | _who(word)


def _remember(verdicts: dict[int, bool], mask: int, *, verdict: bool) -> None:
    if len(verdicts) > _REMEMBERED:
        verdicts.clear()
    verdicts[mask] = verdict


def _who(word: Word) -> int:
    """Return the bits of whom a word can name. A name in capitals is sought by the capitals of the text."""
    uses = [use for use in word.uses if use.capital != ALL_CAPITALS]
    known = any(use.entity.kind in _NAMED or use.entity.capital for use in uses)
    mask = SOMEBODY if known or not STATE_OFFICES.isdisjoint(word.roles) else 0
    if uses or word.roles:
        mask |= NAMED
    if uses:
        mask |= PARTY
    roles = {*word.roles, *[use.entity.role for use in word.uses]}
    person = any(use.entity.kind == "person" for use in word.uses)
    if person or word.roles:
        mask |= PERSONS
    if person or not _LEADERS.isdisjoint(roles):
        mask |= _LEADING
    if person or not _MILITARY.isdisjoint(roles):
        mask |= _ARMED
    return mask


def as_written(text: str, grammar: dict[str, Any]) -> str:
    """Return an expression of the lexicon as a text has it, without the blanks behind what is no word by itself."""
    together = "|".join(grammar.get("written_together", ()))
    if together:
        text = re.sub(rf"(?:^|(?<= ))({together}) ", r"\1", text)
    for apart, contracted in grammar.get("contracted", {}).items():
        text = re.sub(rf"(^| ){apart}", rf"\1{contracted}", text)
    return text


def _concepts(by_head: ByHead) -> list[str]:
    framed = [frame for frames in by_head.values() for _, frame in frames]
    return sorted({*by_head, *[concept for frame in framed for concept in (*frame.with_, *frame.also)]})


def _need(head: str, frame: Frame, bits: dict[str, int], vague: frozenset[str]) -> _Need:
    besides = [_any(concepts, bits) for concepts in (frame.with_, frame.also) if concepts]
    besides += _BY_PARTY.get(frame.party or "", ())
    if head == "WONT":
        besides.append(_AHEAD)
    if frame.with_ == {"speaker"}:
        besides.append(PARTY)
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
