"""Sentence to candidates: the heads whose frame holds, and what stands in their reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.tagging.chunks import Chunk, Nominal, VerbGroup
from streams.tagging.clauses import Clause, Sentence

if TYPE_CHECKING:
    from streams.tagging.frames import Frame

# Clauses through which a head reaches: what it governs belongs to it, what merely stands beside does not.
_REACHED = frozenset(("that", "inf", "ger", "quote", "whether", "if", "rel", "part"))
_ALLIANCES = frozenset(("alliance", "bloc"))


@dataclass(slots=True, eq=False)
class Candidate:
    """A head whose frame holds. `partner` is the chunk that met the frame's `with`."""

    frame: Frame
    concept: str
    head: VerbGroup | Nominal
    at: int
    clause: Clause
    reach: list[int]
    partner: Nominal | VerbGroup | None = None
    dropped: str = ""
    effect: str = ""  # what a governing operator makes of it: planned, conditional, denied …
    effect_by: object = None
    inner: list[Candidate] = field(default_factory=list)


def find(sentence: Sentence, by_head: dict[str, tuple[Frame, ...]]) -> list[Candidate]:
    """Return the candidates of a sentence, verbs before the nouns that they may have claimed."""
    found: list[Candidate] = []
    claimed: set[int] = set()
    chunks = sentence.chunks
    for at, chunk in enumerate(chunks):
        if isinstance(chunk, VerbGroup) and chunk.concepts:
            candidate = _match(sentence, at, chunk, chunk.concepts, by_head)
            if candidate is not None:
                found.append(candidate)
                if isinstance(candidate.partner, Nominal):
                    claimed.add(id(candidate.partner))
    for at, chunk in enumerate(chunks):
        if isinstance(chunk, Nominal):
            found.extend(_of_nominal(sentence, at, chunk, by_head, claimed))
    found.sort(key=lambda candidate: candidate.at)
    _consume(found, sentence)
    return [candidate for candidate in found]


def _of_nominal(
    sentence: Sentence, at: int, nominal: Nominal, by_head: dict[str, tuple[Frame, ...]], claimed: set[int]
) -> list[Candidate]:
    found = []
    for member in (nominal, *nominal.conjuncts):
        if member.nouns and id(member) not in claimed:
            concepts = tuple(concept for concept, _ in reversed(member.nouns))
            candidate = _match(sentence, at, member, concepts, by_head)
            if candidate is not None:
                found.append(candidate)
    return found


def _match(
    sentence: Sentence, at: int, head: VerbGroup | Nominal, concepts: tuple[str, ...], by_head: dict[str, tuple[Frame, ...]]
) -> Candidate | None:
    reach: list[int] | None = None
    best: tuple[int, Candidate] | None = None
    for concept in concepts:
        for frame in by_head.get(concept, ()):
            if frame.pos is not None and (frame.pos == "verb") != isinstance(head, VerbGroup):
                continue
            if reach is None:
                reach = reach_of(sentence, at, head)
            partner = _partner(frame.with_, concept, head, sentence, at, reach) if frame.with_ else None
            if frame.with_ and partner is None:
                continue
            if frame.also and _partner(frame.also, concept, head, sentence, at, reach) is None:
                continue
            if frame.without and _partner(frame.without, concept, head, sentence, at, reach) is not None:
                continue
            rank = 2 if frame.with_ else 1
            if best is None or rank > best[0]:
                best = (rank, Candidate(frame, concept, head, at, sentence.clause_of[at], reach, partner))
            if rank == 2:
                return best[1]
    return best[1] if best else None


def alternatives(candidate: Candidate, sentence: Sentence, by_head: dict[str, tuple[Frame, ...]]) -> list[Frame]:
    """Return the other frames whose words hold for the same head, for conditions that need its parties."""
    frames = []
    for frame in by_head.get(candidate.concept, ()):
        if frame.with_ and _partner(frame.with_, candidate.concept, candidate.head, sentence, candidate.at, candidate.reach) is None:
            continue
        if frame.also and _partner(frame.also, candidate.concept, candidate.head, sentence, candidate.at, candidate.reach) is None:
            continue
        if frame.without and _partner(frame.without, candidate.concept, candidate.head, sentence, candidate.at, candidate.reach) is not None:
            continue
        frames.append(frame)
    return frames


def reach_of(sentence: Sentence, at: int, head: VerbGroup | Nominal) -> list[int]:
    """Return the chunks to the right that belong to the head: its own phrases, and clauses that it governs."""
    clause = sentence.clause_of[at]
    inside: list[int] = []
    for index in range(at + 1, min(clause.stop, len(sentence.chunks))):
        chunk = sentence.chunks[index]
        other = sentence.clause_of[index]
        if other is clause:
            if isinstance(head, Nominal) and isinstance(chunk, VerbGroup) and chunk.finite:
                break
            inside.append(index)
        elif _governed(other, clause):
            inside.append(index)
    return inside


def _governed(inner: Clause, outer: Clause) -> bool:
    clause: Clause | None = inner
    while clause is not None and clause is not outer:
        if clause.kind not in _REACHED:
            return False
        clause = clause.parent
    return clause is outer


def _partner(
    wanted: tuple[str, ...], concept: str, head: VerbGroup | Nominal, sentence: Sentence, at: int, reach: list[int]
) -> Nominal | VerbGroup | None:
    """Return the chunk that stands for one of these concepts: in the reach, else the subject, else the verb above."""
    if isinstance(head, Nominal):
        others = [*(c for c, _ in head.nouns if c != concept), *head.adjectives]
        if any(c in wanted for c in others):
            return head
    for index in reach:
        if (found := _holds(sentence.chunks[index], wanted, sentence)) is not None:
            return found
    clause = sentence.clause_of[at]
    if isinstance(head, VerbGroup):
        for nominal in (clause.subject, *clause.objects):
            if nominal is not None and (found := _holds(nominal, wanted, sentence, deep=True)) is not None:
                return found
    elif clause.verb is not None and any(c in wanted for c in clause.verb.concepts):
        return clause.verb
    return None


def _holds(chunk: Chunk, wanted: tuple[str, ...], sentence: Sentence, *, deep: bool = False) -> Nominal | VerbGroup | None:
    if isinstance(chunk, VerbGroup):
        return chunk if any(c in wanted for c in chunk.concepts) else None
    if not isinstance(chunk, Nominal):
        return None
    for member in (chunk, *chunk.conjuncts):
        if any(c in wanted for c in member.concepts):
            return member
        if "place" in wanted and any(use.entity.is_place for at in member.names for use in sentence.reading.units[at].uses):
            return member
    if deep:
        for inner in (*chunk.of, *([chunk.genitive] if chunk.genitive else [])):
            if (found := _holds(inner, wanted, sentence)) is not None:
                return found
    return None


def _consume(found: list[Candidate], sentence: Sentence) -> None:
    """Let each head decide about the candidates in its reach."""
    by_index: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_index.setdefault(candidate.at, []).append(candidate)
    for outer in found:
        if outer.frame.content == "open":
            continue
        for index in outer.reach:
            for inner in by_index.get(index, ()):
                outer.inner.append(inner)
                if outer.frame.content == "consumed":
                    inner.dropped = inner.dropped or f"content of {outer.concept.lower()}"
                elif not inner.effect:
                    inner.effect, inner.effect_by = outer.frame.content, outer.head
    for outer in found:
        if outer.frame.content == "planned" and any(not inner.dropped for inner in outer.inner) and not outer.dropped:
            outer.dropped = "says what is agreed"


def alliance_in(nominal: Nominal, sentence: Sentence) -> str | None:
    """Return the alliance that the phrase names."""
    for member in (nominal, *nominal.conjuncts):
        for at in member.names:
            for use in sentence.reading.units[at].uses:
                if use.entity.kind in _ALLIANCES:
                    return use.entity.party or use.entity.id
    return None
