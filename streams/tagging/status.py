"""Whether it happened: the status of a candidate and the words that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schemas.event import Status
from streams.tagging.chunks import Nominal, VerbGroup

if TYPE_CHECKING:
    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.matching import Candidate

_OF_TENSE: Final = {
    "fut": Status.PLANNED,
    "plan": Status.PLANNED,
    "cond": Status.CONDITIONAL,
    "poss": Status.CONDITIONAL,
    "should": Status.CONDITIONAL,
    "past_habit": Status.HISTORICAL,
}
_TELLING: Final = frozenset(
    ("SAY", "ANNOUNCE", "CONFIRM", "REPORT", "PROMISE", "VOW", "DECIDE", "AGREE", "WARN", "CLAIM")
)


class Verdict:
    """A status, the span of the cue that decided it, and why in words."""

    __slots__ = ("cue", "status", "why")

    def __init__(self, status: Status, cue: tuple[int, int] | None, why: str) -> None:
        self.status = status
        self.cue = cue
        self.why = why


def judge(candidate: Candidate, sentence: Sentence, operators: dict[str, str]) -> Verdict:
    """Return the status that the words of the sentence give; dates are weighed afterwards."""
    if candidate.effect:
        head = candidate.effect_by
        span = sentence.span(head) if isinstance(head, (VerbGroup, Nominal)) else None
        return Verdict(Status(candidate.effect), span, f"governed by {candidate.effect}")
    verdict = (
        _negation(candidate, sentence, operators)
        or _operator(candidate, sentence, operators)
        or _condition(candidate, sentence)
        or _tense(candidate, sentence)
        or _background(candidate, sentence)
        or _cue(candidate, sentence)
    )
    if verdict is not None:
        return verdict
    if candidate.frame.status:
        return Verdict(Status(candidate.frame.status), None, "by construction")
    return Verdict(Status.OCCURRED, None, "told as done")


def _chain(candidate: Candidate) -> list[tuple[Clause, VerbGroup | None]]:
    """The clause of the head and those above it, each with the verb that speaks of what is below."""
    steps: list[tuple[Clause, VerbGroup | None]] = []
    clause: Clause | None = candidate.clause
    first = True
    while clause is not None:
        steps.append((clause, clause.verb if not first or isinstance(candidate.head, Nominal) else None))
        if clause.kind not in ("that", "inf", "ger", "quote", "whether", "if", "part"):
            break
        clause, first = clause.parent, False
    return steps


def _negation(candidate: Candidate, sentence: Sentence, operators: dict[str, str]) -> Verdict | None:
    head = candidate.head
    verb = head if isinstance(head, VerbGroup) else candidate.clause.verb
    if candidate.concept == "WONT":
        return None  # the negation is what makes it a refusal
    nobody = candidate.clause.subject if isinstance(head, VerbGroup) else None  # no treaty was ever signed
    for chunk in (head, candidate.partner, nobody):
        if isinstance(chunk, (VerbGroup, Nominal)) and chunk.negation >= 0:
            return _denied(chunk.negation, sentence)
    if isinstance(head, VerbGroup) and head.relation == "without":
        return Verdict(Status.DENIED, sentence.span(head), "without")
    if isinstance(head, Nominal):
        if verb is not None and verb.negation >= 0 and _denies(verb, head, candidate.clause, sentence):
            return _denied(verb.negation, sentence)
        if head.relation == "without":
            return Verdict(Status.DENIED, sentence.span(head), "without")
    if (untrue := _untrue(candidate)) is not None:
        return _denied(untrue.negation, sentence)
    if isinstance(head, VerbGroup) and not head.finite:
        governor = candidate.clause.governor
        if (
            isinstance(governor, VerbGroup)
            and governor.negation >= 0
            and operators.get(_first(governor)) != "report"
        ):
            return _denied(governor.negation, sentence)
    return None


def _untrue(candidate: Candidate) -> VerbGroup | None:
    """Return the verb of `it is not true that …`, `it is not the case that …` above the head."""
    clause: Clause | None = candidate.clause
    while clause is not None and clause.kind in ("that", "inf", "ger"):
        governor = clause.governor
        if (
            clause.kind == "that"
            and isinstance(governor, VerbGroup)
            and governor.negation >= 0
            and (governor.copula or governor.adjective)
        ):
            return governor
        clause = clause.parent
    return None


def _first(verb: VerbGroup) -> str:
    return verb.concepts[0] if verb.concepts else ""


def _governs(verb: VerbGroup, nominal: Nominal, clause: Clause, sentence: Sentence) -> bool:
    return nominal is clause.subject or sentence.index.get(id(nominal), -1) > sentence.index[id(verb)]


_TAKING_PLACE: Final = frozenset(("HOLD", "BEGIN", "HOLD_FORCE", "CONDUCT", "STAGE"))


def _denies(verb: VerbGroup, nominal: Nominal, clause: Clause, sentence: Sentence) -> bool:
    """`did not launch the attack` denies it; `the exercise was not welcome` does not."""
    if nominal is clause.subject:
        return verb.passive or bool(_TAKING_PLACE.intersection(verb.concepts))
    return _governs(verb, nominal, clause, sentence)


def _denied(at: int, sentence: Sentence) -> Verdict:
    return Verdict(Status.DENIED, sentence.unit_span(at), "negated")


def _in_if(candidate: Candidate) -> bool:
    clause: Clause | None = candidate.clause
    while clause is not None and clause.kind != "if":
        clause = clause.parent
    return clause is not None


# What is ordered is not yet done; a state of alert, a ban, an expulsion are done by ordering them.
_CARRIED_OUT_LATER: Final = frozenset(
    ("armed_violence_other", "air_missile_strike", "invasion", "territory_seized", "armed_clash", "blockade")
)


# Clauses that tell of something else than what the verb above them is about: `… a truce after Russia vetoed it`.
_BESIDE: Final = frozenset(("rel", "after", "before", "while", "because", "though", "since", "until"))


def _operator(candidate: Candidate, sentence: Sentence, operators: dict[str, str]) -> Verdict | None:
    """A verb above that plans, fears, denies … what stands below it."""
    for clause, verb in _chain(candidate):
        governors: list[VerbGroup | Nominal] = [verb] if verb is not None else []
        if isinstance(clause.governor, (VerbGroup, Nominal)) and clause.kind not in _BESIDE:
            governors.append(clause.governor)
        for governor in governors:
            if governor is candidate.head:
                continue
            if (
                isinstance(governor, VerbGroup)
                and isinstance(candidate.head, Nominal)
                and not _governs(governor, candidate.head, candidate.clause, sentence)
            ):
                continue
            for concept in governor.concepts:
                effect = operators.get(concept)
                if effect is None or effect == "report":
                    continue
                if effect == "ongoing" and _in_if(candidate):
                    continue  # if the offensive goes on
                if effect == "ordered":
                    if (
                        not isinstance(candidate.head, VerbGroup)
                        or candidate.frame.type not in _CARRIED_OUT_LATER
                    ):
                        continue  # ordered a strike, ordered to expel: as good as done
                    effect = "planned"
                negated = governor.negation >= 0
                if effect == "denied" and negated:
                    continue
                return Verdict(Status(effect), sentence.span(governor), f"under {concept.lower()}")
    return _mourned(candidate, sentence, operators) or _rejected(candidate, sentence)


def _mourned(candidate: Candidate, sentence: Sentence, operators: dict[str, str]) -> Verdict | None:
    """`sent condolences to the families of those who died in …`: what is mourned is no news of this sentence."""
    clause: Clause | None = candidate.clause
    while clause is not None:
        mourning: list[VerbGroup | Nominal] = [*clause.objects, *([clause.verb] if clause.verb else [])]
        for chunk in mourning:
            concepts = chunk.concepts
            if (
                chunk is not candidate.head
                and any(operators.get(concept) == "historical" for concept in concepts)
                and sentence.index.get(id(chunk), candidate.at) < candidate.at
            ):
                return Verdict(Status.HISTORICAL, sentence.span(chunk), "mourned")
        clause = clause.parent
    return None


def _rejected(candidate: Candidate, sentence: Sentence) -> Verdict | None:
    """`denied charges by the clergy that it tortured …`: the accusation has a phrase of its own before it is told."""
    clause: Clause | None = candidate.clause
    while clause is not None and clause.parent is not None:
        above = clause.parent.verb
        if (
            clause.kind in ("rel", "that")
            and clause.marker is not None
            and clause.marker.value in ("that", "")
            and above is not None
            and above.negation < 0
            and clause.subject is not None
            and clause.subject is not clause.governor
            and "DENY" in above.concepts
        ):
            return Verdict(Status.DENIED, sentence.span(above), "under deny")
        clause = clause.parent
    return None


# Deeds that are done by saying them: `if X joins, Y will be forced to answer` is a threat already.
_SPOKEN: Final = ("threat_", "nuclear_signal")


def _condition(candidate: Candidate, sentence: Sentence) -> Verdict | None:
    clause: Clause | None = candidate.clause
    hinge = next(
        (c for c in sentence.clauses if c.kind == "if" and c.parent is clause and c.verb is not None), None
    )
    if (
        hinge is not None
        and not candidate.frame.type.startswith(_SPOKEN)
        and isinstance(candidate.head, VerbGroup)
        and candidate.head.tense in ("fut", "cond", "poss", "pres")
    ):
        span = sentence.span(hinge.marker) if hinge.marker else None
        return Verdict(Status.CONDITIONAL, span, "what follows if")
    while clause is not None:
        if clause.kind in ("if", "whether"):
            marker = clause.marker
            span = sentence.span(marker) if marker else None
            return Verdict(Status.CONDITIONAL, span, "in an if-clause")
        if clause.kind in ("until", "before") and clause.verb is not None and clause.verb.tense == "pres":
            span = sentence.span(clause.marker) if clause.marker else None
            return Verdict(Status.CONDITIONAL, span, "to come, if it does")  # until they gain control
        if clause.kind == "since":
            return Verdict(Status.HISTORICAL, None, "in a since-clause")
        clause = clause.parent
    return None


def _tense(candidate: Candidate, sentence: Sentence) -> Verdict | None:
    head = candidate.head
    if isinstance(head, VerbGroup):
        verb: VerbGroup | None = head
    elif candidate.clause.verb is not None and (
        _governs(candidate.clause.verb, head, candidate.clause, sentence)
    ):
        verb = candidate.clause.verb
    else:
        verb = None
    if verb is None:
        return None
    status = _of_verb(verb, candidate.clause)
    clause: Clause | None = candidate.clause
    while (
        status is None
        and clause is not None
        and clause.kind in ("inf", "ger", "part")
        and verb is not None
        and not verb.finite
    ):
        clause = clause.parent
        verb = clause.verb if clause is not None else None
        if verb is not None and clause is not None:
            status = _of_verb(verb, clause)
    if status is None or verb is None:
        return None
    return Verdict(status, sentence.span(verb), f"tense: {verb.tense}")


def _of_verb(verb: VerbGroup, clause: Clause) -> Status | None:
    if verb.tense == "plup":
        return None if clause.kind in ("that", "quote") or clause.report_of is not None else Status.HISTORICAL
    if verb.tense == "prog":
        return Status.ONGOING
    if verb.tense == "past" and verb.modal:
        return Status.HISTORICAL
    if verb.tense == "cond" and _told_by_others(verb):
        return None  # `aurait frappé`, `habría atacado`, `se seraient rencontrés`: done, as others tell
    if verb.tense == "cond" and _reported(clause):
        return Status.PLANNED  # `said it would`: the future as it was told
    return _OF_TENSE.get(verb.tense)


def _told_by_others(verb: VerbGroup) -> bool:
    first = verb.auxiliaries[0] if verb.auxiliaries else ""
    return first == "have:C" or (
        first == "be:C" and not (verb.passive or verb.copula or verb.adjective) and verb.head >= 0
    )


def _reported(clause: Clause) -> bool:
    """Whether the clause is what somebody said, announced or promised, without an if."""
    governor = clause.governor
    return (
        clause.kind == "that"
        and isinstance(governor, VerbGroup)
        and bool(_TELLING.intersection(governor.concepts))
    )


# What an accord comes out of is news with it: agreed … after talks between their ministers.
_BEFORE_AN_ACCORD: Final = frozenset(("military_communication", "leader_communication", "negotiation"))


def _background(candidate: Candidate, sentence: Sentence) -> Verdict | None:
    head = candidate.head
    if (
        isinstance(head, VerbGroup)
        and head.relation == "after"
        and not head.finite
        and candidate.frame.type not in _BEFORE_AN_ACCORD
    ):
        return Verdict(Status.HISTORICAL, sentence.span(head), "after having")
    if isinstance(head, Nominal) and (
        head.relation in ("since", "before")
        or (head.relation == "after" and candidate.frame.type not in _BEFORE_AN_ACCORD)
    ):
        return Verdict(Status.HISTORICAL, sentence.span(head), f"after `{head.relation}`")
    for at, unit in enumerate(sentence.reading.units):
        if (
            unit.function == "time"
            and unit.value == "anniversary"
            and not _told_below(at, candidate, sentence)
        ):
            return Verdict(Status.HISTORICAL, sentence.unit_span(at), "told as the past")
    return None


def _told_below(at: int, candidate: Candidate, sentence: Sentence) -> bool:
    """Whether a unit stands in a clause below that of the head: `demanded that X admit what it did in the war`."""
    before = [
        index
        for index, chunk in enumerate(sentence.chunks)
        if isinstance(chunk, (Nominal, VerbGroup)) and chunk.first <= at
    ]
    clause: Clause | None = sentence.clause_of[before[-1]] if before else None
    while clause is not None and clause is not candidate.clause:
        if clause.kind in ("rel", "that") and clause.parent is candidate.clause:
            return True
        clause = clause.parent
    return False


def _cue(candidate: Candidate, sentence: Sentence) -> Verdict | None:
    """A word beside the head: planned talks, a possible attack, an ongoing offensive."""
    for chunk in (candidate.head,):
        if isinstance(chunk, Nominal):
            for at in range(chunk.first, chunk.last + 1):
                unit = sentence.reading.units[at]
                value = next((value for category, value in unit.word.functions if category == "cue"), None)
                if value is not None:
                    return Verdict(Status(value), sentence.unit_span(at), f"`{unit.low}`")
    return None


def goes_on_in_the_past(candidate: Candidate) -> bool:
    """Whether the verb of the event tells on in a past tense."""
    verb = candidate.head if isinstance(candidate.head, VerbGroup) else candidate.clause.verb
    return verb is None or verb.tense in ("past", "perf", "impf", "plup", "part")
