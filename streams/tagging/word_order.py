"""German word order: each clause as subject, verbs, the rest, which is how all other languages are read.

The finite verb stands second or last, infinitives and participles at the end, and what is not the subject may stand
first. Here the units of a sentence are put in another order; each keeps its place in the text, so that offsets stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from streams.tagging.apart import finite, verbal
from streams.tagging.nominals import Nominals
from streams.tagging.reading import FUNCTION, MARK, VERB, Reading, Unit

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

_LINKS: Final = frozenset(("sub", "that", "rel"))


def in_order(reading: Reading, words: Lexicon) -> Reading:
    """Return the reading with the units of each clause as subject, verbs, the rest."""
    return _Orderer(reading, words).run()


@dataclass(slots=True)
class _Span:
    """A stretch of units without a mark in it. `link` opens a clause whose verb stands last."""

    at: list[int]
    link: bool = False


class _Orderer:
    def __init__(self, reading: Reading, words: Lexicon) -> None:
        self.units = list(reading.units)
        self.starts = reading.starts
        self.reads = list(reading.reads)
        self.words = words
        self.order: dict[str, Any] = words.grammar["order"]
        self.nominals = Nominals(self.units, self.reads, frozenset(self.order["objects"]))
        self.open = -1  # the auxiliary of a clause that waits for its participle
        self.waiting = False  # whether a clause with a link has not met its verb yet

    def run(self) -> Reading:
        spans = self._spans()
        for index, span in enumerate(spans):
            if self.reads[span.at[0]] != MARK:
                self._arrange(span, spans[:index])
        order = [at for span in spans for at in span.at]
        reading = Reading(
            [self.units[at] for at in order],
            [self.starts[at] for at in order],
            [self.reads[at] for at in order],
        )
        reading.apart = order != sorted(order)
        return reading

    # --- stretches --------------------------------------------------------------------------------------------

    def _spans(self) -> list[_Span]:
        spans = [_Span([])]
        for at, unit in enumerate(self.units):
            if self.reads[at] == MARK or (unit.function == "conj" and self._parts(spans[-1], at)):
                spans += [_Span([at]), _Span([])]
            elif unit.function in _LINKS and self.reads[at] == FUNCTION:
                spans.append(_Span([at], link=True))
            else:
                spans[-1].at.append(at)
        return [span for span in spans if span.at]

    def _parts(self, span: _Span, at: int) -> bool:
        """Whether the conjunction parts two clauses rather than two nouns."""
        if self.units[at].value == "but":
            return True
        end = at + 1
        while end < len(self.units) and self.reads[end] != MARK and self.units[end].function not in _LINKS:
            end += 1
        if not span.at or not any(self._verbal(index) for index in range(at + 1, end)):
            return False
        last = span.at[-1]
        first = next((index for index in span.at if self._finite(index)), last)
        if span.link or first == last:
            return self._verbal(last)
        return self.reads[first] == VERB or self._verbal(last)

    def _verbal(self, at: int) -> bool:
        return verbal(self.units[at], self.reads[at])

    def _finite(self, at: int) -> bool:
        return finite(self.units[at], self.reads[at]) and not (at and self.units[at - 1].function == "to")

    # --- clauses ----------------------------------------------------------------------------------------------

    def _arrange(self, span: _Span, before: list[_Span]) -> None:
        at = span.at
        run = self._last_run(at)
        first = next((place for place, index in enumerate(at) if self._finite(index)), -1)
        if span.link:
            self._verb_last(span, run)
        elif first < 0:
            self._no_finite(span, run, before)
        elif run and 0 < run[0] <= first and (self.waiting if len(run) == 1 else self._turned_round(at, run)):
            self._verb_last(span, run)
        elif first == at[0] == 0 and self.units[0].low in self.order["conditions"]:
            self._condition(span, run)
        else:
            shared = first == 0 and bool(before) and self.units[before[-1].at[0]].function == "conj"
            self._verb_second(span, first, run, shared=shared)

    def _last_run(self, at: list[int]) -> list[int]:
        """Return the places of the verbs at the end of the stretch, `zu` included."""
        run: list[int] = []
        for place in range(len(at) - 1, -1, -1):
            if not (self._verbal(at[place]) or (run and self.units[at[place]].function == "to")):
                break
            run.insert(0, place)
        return run

    def _turned_round(self, at: list[int], run: list[int]) -> bool:
        """Whether the verbs stand as in `bombardiert hat`, not as in `hat bombardiert`."""
        helps = ("aux", "modal")
        return self.units[at[run[0]]].function not in helps and self.units[at[run[-1]]].function in helps

    def _turned(self, verbs: list[int]) -> list[int]:
        """`gestoppt werden soll` is `soll werden gestoppt`; `zu` stays before its infinitive."""
        groups: list[list[int]] = []
        for index in verbs:
            if groups and self.units[groups[-1][-1]].function == "to":
                groups[-1].append(index)
            else:
                groups.append([index])
        return [index for group in reversed(groups) for index in group]

    def _verb_last(self, span: _Span, run: list[int]) -> None:
        at = span.at
        if not run:
            self.waiting = self.waiting or span.link
            return
        verbs = self._turned([at[place] for place in run])
        rest, negation = self._without_negation(at[: run[0]])
        place = 1 if span.link else 0
        is_subject = (
            span.link
            and self.units[at[0]].function == "rel"
            and self.units[at[0]].low in self.order["subjects"]
        )
        if not is_subject and (span.link or not self.waiting):
            place = self.nominals.subject_end(rest, place)
        self._name_agent(rest[place:], verbs)
        span.at = [*rest[:place], *negation, *verbs, *rest[place:]]
        self.waiting = False

    def _verb_second(self, span: _Span, first: int, run: list[int], *, shared: bool) -> None:
        """`Am Montag hat Scholz die Zertifizierung gestoppt`: the subject may stand behind its verb."""
        at = span.at
        tail = [at[place] for place in run if place > first]
        middle, negation = self._without_negation(at[first + 1 : len(at) - len(tail)])
        verbs = [*negation, at[first], *self._turned(tail)]
        front = at[:first]
        self._name_agent(middle, verbs)
        if shared or self.nominals.has_subject(front):
            span.at = [*front, *verbs, *middle]
        else:
            end = self.nominals.subject_end(middle, 0)
            is_object = bool(front) and self.units[front[0]].low in self.order["objects"]
            lead, behind = ([], front) if is_object else (front, [])
            span.at = [*lead, *middle[:end], *verbs, *behind, *middle[end:]]
        if tail:
            self.open = -1
        elif self.reads[at[first]] != VERB:
            self.open = at[first]
        self.waiting = False

    def _condition(self, span: _Span, run: list[int]) -> None:
        """`Sollte Russland angreifen, …` is `if`."""
        self._stand_in(0, "condition")
        span.link = True
        self._verb_last(span, run)

    def _no_finite(self, span: _Span, run: list[int], before: list[_Span]) -> None:
        """An infinitive behind its object, or the participle that an auxiliary further left waits for."""
        at = span.at
        if not run:
            return
        verbs = self._turned([at[place] for place in run])
        rest, negation = self._without_negation(at[: run[0]])
        home = next((other for other in before if self.open in other.at), None)
        behind_mark = bool(before) and self.reads[before[-1].at[0]] == MARK
        if (
            home is not None
            and behind_mark
            and not any(self.units[index].function == "to" for index in verbs)
        ):
            place = home.at.index(self.open) + 1
            home.at[place:place] = verbs
            span.at = [*rest, *negation]
            self.open = -1
            return
        lead = [index for index in rest[:1] if self.units[index].low in self.order["before_infinitive"]]
        span.at = [*lead, *negation, *verbs, *rest[len(lead) :]]

    # --- small words ------------------------------------------------------------------------------------------

    def _stand_in(self, at: int, part: str) -> None:
        unit = self.units[at]
        self.units[at] = Unit(unit.text, unit.low, self.words.word(self.order["as"][part]), read=FUNCTION)
        self.reads[at] = FUNCTION

    def _without_negation(self, at: list[int]) -> tuple[list[int], list[int]]:
        """Take out what denies the verb: `nicht`, unless it denies what follows (`nicht nur`)."""
        negation = []
        for place, index in enumerate(at):
            after = self.units[at[place + 1]].low if place + 1 < len(at) else ""
            if (
                self.units[index].function == "neg"
                and not self.units[index].value
                and after not in self.order["not_alone"]
            ):
                negation.append(index)
        return [index for index in at if index not in negation], negation

    def _name_agent(self, at: list[int], verbs: list[int]) -> None:
        """Beside a passive `von` says who did it, unless it hangs on the noun before."""
        units = [self.units[index] for index in verbs]
        passive = any(unit.value.startswith("werden") or unit.value == "be:N" for unit in units)
        if not passive or not any("N" in unit.word.letters for unit in units):
            return
        places = [place for place, index in enumerate(at) if self.units[index].low in self.order["agents"]]
        if places and (len(places) == 1 or not self.nominals.is_noun(at[places[-1] - 1])):
            self._stand_in(at[places[-1]], "agent")
