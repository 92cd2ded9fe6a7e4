"""What belongs together in a Chinese clause: where phrases begin and end, and what kind of word a unit is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.reading import ADJECTIVE, FUNCTION, NAME, NOUN, NUMBER, PLAIN, ROLE, TIME

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon
    from streams.tagging.rows import Placed

NOMINAL: Final = frozenset((NAME, NOUN, ROLE, NUMBER, PLAIN, ADJECTIVE))
VERBAL: Final = frozenset(("adv", "aux", "modal", "neg"))  # small words that belong to the verb behind them


class Phrases:
    """Tells the phrases of a row of words."""

    def __init__(self, words: Lexicon) -> None:
        self.localizers = frozenset(words.grammar["localizers"])
        self.aspects = frozenset(words.grammar["aspects"])

    def may_be_verb(self, placed: Placed) -> bool:
        """Whether the word can be a verb, whatever it is read as."""
        return bool(placed.unit.word.verbs) and not placed.unit.word.function

    def is_of(self, placed: Placed) -> bool:
        """Whether the word is 的."""
        return placed.unit.function == "poss"

    def concepts(self, placed: Placed, wanted: frozenset[str]) -> bool:
        """Whether the verb stands for one of these concepts."""
        return not wanted.isdisjoint(placed.unit.word.verb_concepts)

    def is_prep(self, row: list[Placed], at: int) -> bool:
        """Whether the word opens a phrase: 对, 向, 在."""
        placed = row[at]
        return (
            placed.read == FUNCTION
            and placed.unit.function == "prep"
            and placed.unit.low not in self.localizers
        )

    def phrase_end(self, row: list[Placed], at: int) -> int:
        """Return where the noun phrase ends that begins here, what says more of it included."""
        while at < len(row):
            if self.is_clause(row[at]):
                at = self.clause_end(row, at)
            elif (
                row[at].read in NOMINAL
                or self.is_of(row[at])
                or (row[at].read == FUNCTION and row[at].unit.function in ("det", "cue", "pron"))
                or self.joins(row, at)
            ):
                at += 1
            else:
                break
        return at

    def is_clause(self, placed: Placed) -> bool:
        """Whether a relative clause begins here, put behind its noun."""
        return placed.unit.function == "rel"

    def clause_end(self, row: list[Placed], at: int) -> int:
        """Return where a relative clause ends, which is in order already."""
        return next((i + 1 for i in range(at, len(row)) if row[i].unit.low == "closing"), len(row))

    def joins(self, row: list[Placed], at: int) -> bool:
        """Whether the word is an `and` between two nouns."""
        joins = row[at].read == FUNCTION and row[at].unit.function == "conj" and row[at].unit.value == "and"
        return joins and at + 1 < len(row) and row[at + 1].read in NOMINAL

    def prep_end(self, row: list[Placed], at: int) -> int:
        """Return where the phrase ends that a preposition opens, with 中, 附近 and the like behind it."""
        end = at + 1
        while end < len(row) and row[end].read == TIME:
            end += 1
        end = max(self.phrase_end(row, end), at + 1)
        while end < len(row) and row[end].unit.low in self.localizers:
            end += 1
        return end

    def object_end(self, row: list[Placed], at: int) -> int:
        """Return where the object ends that stands behind a verb."""
        while at < len(row) and (row[at].unit.low in self.aspects or row[at].unit.function == "adv"):
            at += 1
        return max(self.phrase_end(row, at), at)
