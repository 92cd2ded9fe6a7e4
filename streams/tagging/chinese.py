"""Chinese clauses in the order in which all languages are read: subject, verb, object, phrases.

Phrases with a preposition move behind the verb, what an attribute says moves behind its noun, 被 and 把 are turned
round. Every word keeps its place in the text. The words for it are in grammar.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from streams.tagging.chinese_phrases import VERBAL, Phrases
from streams.tagging.chinese_verbs import Verbs
from streams.tagging.chunks import TAKES_CLAUSE
from streams.tagging.reading import FUNCTION, MARK, NAME, NOUN, ROLE, TIME, VERB, Reading
from streams.tagging.rows import Placed, as_small, as_verb, between, closing, reading_of, row_of, unsaid

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

_ENDS: Final = frozenset((",", ";", ":", "。", "!", "?", "！", "？", "\u2014", "…"))
_TOLD_TO: Final = frozenset(("WARN", "SAY"))  # 警告 美国，…: to whom it is said stands behind the verb


class Orderer:
    """Puts sentences in order, one at a time."""

    def __init__(self, words: Lexicon) -> None:
        grammar: dict[str, Any] = words.grammar
        self.phrases = Phrases(words)
        self.verbs = Verbs(words, self.phrases)
        self.mutual = frozenset(grammar["mutual"])
        self.passive = frozenset(grammar["passive"])
        self.fronting = frozenset(grammar["fronting"])
        self.deeds = frozenset(grammar["deeds"])
        self.held = frozenset(grammar["held"])
        self.results = frozenset(grammar["results"])

    def in_order(self, reading: Reading) -> Reading:
        """Return the reading with the clauses in the order subject, verb, object, phrases, and nothing left unsaid."""
        return reading_of(self._ordered(row_of(reading)))

    def _ordered(self, row: list[Placed]) -> list[Placed]:
        """Order each stretch between two marks."""
        ordered: list[Placed] = []
        stretch: list[Placed] = []
        for placed in row:
            if placed.read == MARK and placed.unit.low in _ENDS:
                done = self._stretch(stretch)
                ordered += done
                stretch = []
                said = placed.unit.low in ",:" and self._tells(done)
                ordered.append(as_small(placed, "that") if said else placed)
            else:
                stretch.append(placed)
        return ordered + self._stretch(stretch)

    def _tells(self, row: list[Placed]) -> bool:
        """Whether what comes behind the mark is what the last verb says, to somebody or to all."""
        behind = [placed for placed in row if placed.unit.function != "adv" and placed.read != ""]
        while behind and behind[-1].read in (NAME, ROLE) and len(behind) > 1:
            behind.pop()
            if behind[-1].read == VERB and not self.phrases.concepts(behind[-1], _TOLD_TO):
                return False
        last = behind[-1] if behind else None
        return last is not None and last.read == VERB and self.phrases.concepts(last, TAKES_CLAUSE)

    def _stretch(self, row: list[Placed]) -> list[Placed]:
        row = self.verbs.told_apart(self._timed(row))
        if row and row[0].unit.low in self.results:
            row[0] = as_verb(row[0], "G")
        row = self._attributes(row)
        return self.verbs.linked(self._moved(row))

    def _timed(self, row: list[Placed]) -> list[Placed]:
        """Put a date before the small words of a verb: 将 周四 举行 is `on Thursday will hold`."""
        timed: list[Placed] = []
        for placed in row:
            at = len(timed)
            while (
                placed.read == TIME
                and at
                and timed[at - 1].read == FUNCTION
                and timed[at - 1].unit.function in VERBAL
            ):
                at -= 1
            timed.insert(at, placed)
        return timed

    def _attributes(self, row: list[Placed]) -> list[Placed]:
        """Put what 的 parts from its noun behind the noun, where it is more than whose the noun is."""
        at = next((index for index, placed in enumerate(row) if self.phrases.is_of(placed)), -1)
        while at >= 0:
            left, clause = self._left_edge(row, at)
            end = self.phrases.phrase_end(row, at + 1)
            if left < at and end > at + 1:
                inner = row[left:at]
                if clause:
                    inner = [
                        unsaid(row[at].start, "rel"),
                        *self.verbs.linked(self._moved(inner)),
                        closing(row[at].start),
                    ]
                head = row[at + 1 : end]
                stop = [] if clause else [between(row[at].start)]
                row = [*row[:left], *head, *inner, *stop, *row[end:]]
                start = left + len(head) + len(inner)
            else:
                start = at + 1
            at = next((index for index in range(start, len(row)) if self.phrases.is_of(row[index])), -1)
        return row

    def _left_edge(self, row: list[Placed], at: int) -> tuple[int, bool]:
        """Return where an attribute begins, and whether it is a clause; its end where it says whose the noun is."""
        verbs = [index for index in range(at) if row[index].read == VERB]
        preps = [index for index in range(at) if self.phrases.is_prep(row, index)]
        verb = verbs[-1] if verbs else -1
        phrase = next((index for index in preps if index > verb), -1)
        if phrase >= 0:
            return (phrase, False) if self._is_deed(row, at) else (at, False)
        last = at - 2 if at > 1 and row[at - 1].unit.low in self.phrases.aspects else at - 1
        if verb < 0:
            return at, False
        if verb != last:
            subject = any(row[index].read in (NAME, ROLE, NOUN) for index in range(verb))
            goes_on = any(placed.read == VERB for placed in row[at + 1 :])
            return (verb, True) if not subject and goes_on else (at, False)
        if row[verb].unit.low in self.held:
            return max(preps[-1] + 1 if preps else 0, verbs[-2] + 1 if len(verbs) > 1 else 0), True
        left = verbs[-2] + 1 if len(verbs) > 1 else 0
        while left < verb and row[left].unit.low in self.phrases.aspects:
            left += 1
        outer = [index for index in preps if left <= index < verb and index + 1 in preps]
        return (outer[-1] + 1 if outer else left), True  # 向 与 叙利亚 接壤 的 地区: 向 stands outside

    def _is_deed(self, row: list[Placed], at: int) -> bool:
        """Whether the noun behind 的 is one that is done to somebody: 对 白俄罗斯 的 制裁, not 对 巴林 的 银行."""
        end = self.phrases.phrase_end(row, at + 1)
        word = row[end - 1].unit.word
        return bool(word.verbs) or not self.deeds.isdisjoint(word.nouns)

    def _moved(self, row: list[Placed]) -> list[Placed]:
        """Move phrases with a preposition behind the verb and its object; turn 被 and 把 round."""
        moved: list[Placed] = []
        waiting: list[Placed] = []
        done = at = 0
        while at < len(row):
            placed = row[at]
            if self.phrases.is_clause(placed):
                end = self.phrases.clause_end(row, at)
                moved += row[at:end]
                at = end
            elif self._fronts(row, at) or (
                placed.unit.low in self.passive and placed.read in (FUNCTION, VERB)
            ):
                at, turned = self._passive(row, at)
                moved += turned
            elif self.phrases.is_prep(row, at) and self._verb_after(row, at) >= 0:
                end = self.phrases.prep_end(row, at)
                phrase = self._phrase(row, at, end)
                if phrase[0].read == FUNCTION and phrase[0].unit.function == "conj":
                    moved += phrase
                else:
                    waiting += [*phrase, between(row[end - 1].start)]
                at = end
            elif placed.read == VERB and waiting:
                end = self.phrases.object_end(row, at + 1)
                moved += [*row[at:end], between(row[end - 1].start), *waiting]
                waiting = []
                at = end
            else:
                moved.append(placed)
                at += 1
            done = at
        return [*moved, *waiting, *row[done:]]

    def _fronts(self, row: list[Placed], at: int) -> bool:
        """Whether the object stands before its verb: 将 伊朗 公司 列入."""
        if row[at].unit.low not in self.fronting or at + 1 >= len(row):
            return False
        end = self.phrases.phrase_end(row, at + 1)
        return end > at + 1 and any(self.phrases.may_be_verb(placed) for placed in row[at + 1 : end + 1])

    def _verb_after(self, row: list[Placed], at: int) -> int:
        end = self.phrases.prep_end(row, at)
        while end < len(row):
            placed = row[end]
            if placed.read == VERB or placed.unit.low in self.passive:
                return end
            if self.phrases.is_prep(row, end):
                end = self.phrases.prep_end(row, end)
            elif placed.read == TIME or (
                placed.read == FUNCTION and placed.unit.function in ("adv", "modal", "neg", "aux", "cue")
            ):
                end += 1
            else:
                return -1
        return -1

    def _phrase(self, row: list[Placed], at: int, end: int) -> list[Placed]:
        """Return a phrase; `A 与 B` before what two do not do to each other are two who do it."""
        placed = row[at]
        if placed.unit.value == "with" and at and row[at - 1].read in (NAME, ROLE):
            verb = row[self._verb_after(row, at)]
            inner = [row[index] for index in range(end, len(row)) if row[index].read in (VERB, NOUN)]
            if not any(self._mutual(other) for other in (verb, *inner)):
                return [as_small(placed, "conj", "and"), *row[at + 1 : end]]
        return [other for other in row[at:end] if other.unit.low not in self.phrases.localizers]

    def _mutual(self, placed: Placed) -> bool:
        word = placed.unit.word
        return not self.mutual.isdisjoint((*word.verb_concepts, *word.nouns))

    def _passive(self, row: list[Placed], at: int) -> tuple[int, list[Placed]]:
        """`A 被 B 袭击`, `A 遭 B 导弹 袭击`: A is struck by B. `把 A 交给 B` is fronted, and no passive."""
        verb = next((i for i in range(at + 1, len(row)) if self.phrases.may_be_verb(row[i])), -1)
        if verb < 0:
            return at + 1, [row[at]]
        later = verb + 1
        while later < len(row) and self.phrases.may_be_verb(row[later]) and row[later].read != VERB:
            verb, later = later, later + 1
        agent = [placed for placed in row[at + 1 : verb] if not self.phrases.is_of(placed)]
        if row[at].unit.low in self.fronting:
            return verb + 1, [row[verb], *agent]
        turned = [as_small(row[at], "aux", "be:D"), as_verb(row[verb], "N")]
        if agent:
            turned += [unsaid(agent[0].start, "prep", "by"), *agent, between(row[verb].start)]
        return verb + 1, turned
