"""Chinese verbs: told from the nouns that look like them, and tied together by what Chinese leaves unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.tagging.chinese_phrases import NOMINAL, VERBAL, Phrases
from streams.tagging.chunks import TAKES_CLAUSE
from streams.tagging.reading import FUNCTION, MARK, NAME, NOUN, ROLE, TIME, VERB
from streams.tagging.rows import Placed, as_small, as_verb, unsaid

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon


class Verbs:
    """Tells the verbs of a row of words, and how one hangs on another."""

    def __init__(self, words: Lexicon, phrases: Phrases) -> None:
        grammar: dict[str, Any] = words.grammar
        self.phrases = phrases
        self.control = words.object_control
        self.takers = frozenset(grammar["before_verb"])
        self.passive = frozenset(grammar["passive"])
        self.through = frozenset(grammar["through"])

    def told_apart(self, row: list[Placed]) -> list[Placed]:
        """Read what may be a verb or a noun as one of them, by its neighbours."""
        told = list(row)
        for at, placed in enumerate(row):
            word = placed.unit.word
            if placed.unit.value == "both" and at and row[at - 1].read == NAME:
                told[at] = as_small(placed, "adv")  # 印巴 两国 军方
                continue
            if placed.unit.low in self.through and self._goes_through(row, at):
                told[at] = as_small(placed, "prep", "via")
                continue
            if word.verbs and placed.read not in (TIME, NAME, MARK) and not word.function:
                noun = bool(word.nouns or word.roles) and not self._is_verb(told, at)
                told[at] = placed._replace(read=(NOUN if word.nouns else ROLE) if noun else VERB)
        return told

    def _goes_through(self, row: list[Placed], at: int) -> bool:
        """Whether a phrase and a verb behind it follow."""
        end = self.phrases.phrase_end(row, at + 1)
        while at + 1 < end and self.phrases.may_be_verb(row[end - 1]):
            end -= 1
        return at + 1 < end < len(row) and self.phrases.may_be_verb(row[end])

    def _is_verb(self, row: list[Placed], at: int) -> bool:
        before, after = self._before(row, at), row[at + 1] if at + 1 < len(row) else None
        previous = row[before] if before >= 0 else None
        if after is not None and after.unit.low in self.phrases.aspects:
            return True
        if previous is not None and self.phrases.is_of(previous):
            return False
        if after is not None and after.unit.low in self.phrases.localizers and self._surely_later(row, at):
            return False  # 在 交火 中 丧生
        if (
            previous is not None
            and previous.read == FUNCTION
            and previous.unit.function in ("modal", "neg", "aux")
        ):
            return True
        if (
            after is not None
            and self.phrases.is_of(after)
            and previous is not None
            and previous.read in NOMINAL
        ):
            return row[before].read in (NAME, ROLE)  # 俄罗斯 提出 的
        if (
            self.phrases.concepts(row[at], self.takers)
            and self._verb_follows(row, at)
            and self._opens(previous)
        ):
            return True
        governor = self._governor(row, at)
        goes_on = after is not None and (after.read in NOMINAL or after.unit.function in ("det", "pron"))
        if governor is not None:
            return goes_on and self.phrases.concepts(governor, self.takers)
        if self._passive_before(row, at):
            return not any(self._surely(other) for other in row[at + 1 :])
        later = any(self._surely(other) for other in row[at + 1 :])
        if after is not None and self.phrases.may_be_verb(after) and later:
            return False
        if goes_on:
            return True
        if later:
            return False
        phrase = any(other.unit.function == "prep" for other in row[:at])
        return phrase or previous is None or previous.read in (NAME, ROLE, TIME) or previous.read == FUNCTION

    def _opens(self, previous: Placed | None) -> bool:
        return (
            previous is None
            or previous.read in (NAME, ROLE, TIME, MARK)
            or previous.unit.function in ("pron", "conj", "sub")
        )

    def _verb_follows(self, row: list[Placed], at: int) -> bool:
        """Whether a verb stands behind, with nothing but small words and phrases with a preposition between."""
        at += 1
        while at < len(row):
            if self.phrases.may_be_verb(row[at]):
                return True
            if self.phrases.is_prep(row, at):
                at = self.phrases.prep_end(row, at)
            elif row[at].read == FUNCTION and row[at].unit.function in VERBAL:
                at += 1
            else:
                return False
        return False

    def _governor(self, row: list[Placed], at: int) -> Placed | None:
        """Return the verb before, if nothing but a bare phrase stands between: 发动 大规模 袭击."""
        for index in range(at - 1, -1, -1):
            placed = row[index]
            if placed.read == VERB:
                return placed
            if placed.read == FUNCTION and placed.unit.function not in ("adv", "det", "cue", "poss", "conj"):
                return None
        return None

    def _passive_before(self, row: list[Placed], at: int) -> bool:
        return any(placed.unit.low in self.passive for placed in row[:at])

    def _before(self, row: list[Placed], at: int) -> int:
        at -= 1
        while at >= 0 and row[at].read == FUNCTION and row[at].unit.function == "adv":
            at -= 1
        return at

    def _surely_later(self, row: list[Placed], at: int) -> bool:
        return any(self.phrases.may_be_verb(placed) for placed in row[at + 1 :])

    def _surely(self, placed: Placed) -> bool:
        word = placed.unit.word
        return placed.read == VERB and not word.nouns and not word.roles

    def linked(self, row: list[Placed]) -> list[Placed]:
        """Say how each verb hangs on the one before, and what a negation and an auxiliary belong to."""
        linked: list[Placed] = []
        last = -1  # the verb before, in `linked`
        ordered = 0  # up to where the row is linked already
        for at, placed in enumerate(row):
            unit = placed.unit
            if self.phrases.is_clause(placed) and at >= ordered:
                ordered = self.phrases.clause_end(row, at)
            if at < ordered:
                linked.append(placed)
                continue
            if placed.read == FUNCTION and unit.function in ("that", "sub"):
                last = -1
            if (
                placed.read == FUNCTION
                and unit.function == "neg"
                and unit.value != "no"
                and not self._denies_verb(row, at)
            ):
                linked.append(as_small(placed, "neg", "no"))
                continue
            if placed.read != VERB:
                linked.append(placed)
                continue
            verb = self._tensed(placed, linked)
            if last >= 0:
                verb = self._hang(verb, linked, last)
            linked.append(verb)
            last = len(linked) - 1
        return linked

    def _denies_verb(self, row: list[Placed], at: int) -> bool:
        for placed in row[at + 1 :]:
            if placed.read == VERB or (placed.read == FUNCTION and placed.unit.function in ("modal", "aux")):
                return True
            if placed.read != FUNCTION or placed.unit.function not in ("adv", "neg", "prep"):
                return False
        return False

    def _tensed(self, verb: Placed, before: list[Placed]) -> Placed:
        if verb.unit.word.letters == "N":
            return verb
        for placed in reversed(before):
            if placed.read != FUNCTION or placed.unit.function not in VERBAL:
                break
            if placed.unit.function == "aux":
                return as_verb(verb, "G" if placed.unit.value == "be:P" else "N")
        return verb

    def _hang(self, verb: Placed, linked: list[Placed], last: int) -> Placed:
        """Put in `that`, `to` or `and` between two verbs."""
        governor = linked[last]
        parted = [p for p in linked[last + 1 :] if p.read in NOMINAL or p.unit.function in ("pron", "det")]
        if verb.unit.word.letters == "N" and not parted:
            return verb
        if self.phrases.concepts(governor, self.control) and parted:
            return self._infinitive(verb, linked, last)
        if self.phrases.concepts(governor, TAKES_CLAUSE) and parted:
            linked.insert(last + 1, unsaid(parted[0].start, "that"))
            return verb
        if self.phrases.concepts(governor, self.takers) or self.phrases.concepts(governor, TAKES_CLAUSE):
            return self._infinitive(verb, linked, last)
        opening = self._opening(linked, last)
        if linked[opening - 1].unit.function != "conj":
            linked.insert(opening, unsaid(verb.start, "conj", "and"))
        return verb

    def _infinitive(self, verb: Placed, linked: list[Placed], last: int) -> Placed:
        """Return the verb as what the one before plans, vows or asks; 将 between them says no more than `to`."""
        for at in range(last + 1, len(linked)):
            if linked[at].read == FUNCTION and linked[at].unit.function == "modal":
                linked[at] = as_small(linked[at], "adv")
        return as_verb(verb, "I")

    def _opening(self, linked: list[Placed], last: int) -> int:
        """Return where the group of the coming verb begins: before its negation, auxiliaries and adverbs."""
        at = len(linked)
        while at - 1 > last and linked[at - 1].read == FUNCTION and linked[at - 1].unit.function in VERBAL:
            at -= 1
        return at
