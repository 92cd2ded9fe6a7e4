"""Sentence to candidates: the heads whose frame holds, and what stands in their reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Chunk, Link, Nominal, VerbGroup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.frames import Frame
    from streams.tagging.prospects import ByHead

# Clauses through which a head reaches: what it governs belongs to it, what merely stands beside does not.
_REACHED: Final = frozenset(("that", "inf", "ger", "quote", "whether", "if", "rel", "part"))
_ALLIANCES: Final = frozenset(("alliance", "bloc"))


class Option:
    """One frame that the words of a head allow. `rank` is 2 when a partner was asked for and found, else 1."""

    __slots__ = ("concept", "frame", "order", "partner", "rank")

    def __init__(
        self, rank: int, order: int, frame: Frame, concept: str, partner: Nominal | VerbGroup | None
    ) -> None:
        self.rank = rank
        self.order = order
        self.frame = frame
        self.concept = concept
        self.partner = partner

    def with_frame(self, frame: Frame) -> Option:
        """Return the same with another frame."""
        return Option(self.rank, self.order, frame, self.concept, self.partner)


class Candidate:
    """A head and the frames that hold for it, the likeliest first; `option` is the one chosen."""

    __slots__ = (
        "at", "clause", "dropped", "effect", "effect_by", "head", "inner", "option", "options", "reach",
    )  # fmt: skip

    def __init__(
        self, head: VerbGroup | Nominal, at: int, clause: Clause, reach: list[int], options: list[Option]
    ) -> None:
        self.head = head
        self.at = at
        self.clause = clause
        self.reach = reach
        self.options = options
        self.option = options[0]
        self.dropped = ""
        self.effect = ""  # what a governing head makes of it: planned, conditional, denied
        self.effect_by: VerbGroup | Nominal | None = None
        self.inner: list[Candidate] = []

    @property
    def frame(self) -> Frame:
        """The frame chosen."""
        return self.option.frame

    @property
    def concept(self) -> str:
        """The concept of the head that the frame reads."""
        return self.option.concept

    @property
    def partner(self) -> Nominal | VerbGroup | None:
        """The chunk that met the frame's `with`."""
        return self.option.partner


def find(sentence: Sentence, possible: ByHead) -> list[Candidate]:
    """Return the candidates of a sentence in its order; a noun that a verb has claimed is none of its own."""
    found: list[Candidate] = []
    claimed: set[int] = set()
    for at, chunk in enumerate(sentence.chunks):
        if isinstance(chunk, VerbGroup) and chunk.concepts:
            if sentence.clause_of[at].kind == "report" and (
                "ACCUSE" in chunk.concepts or _told_by_condemning(chunk, at, sentence)
            ):
                continue  # `X did it, accused Y`: Y is who asserts it
            candidate = _match(sentence, at, chunk, chunk.concepts, possible)
            if candidate is not None and not _stands_there(candidate):
                found.append(candidate)
                if isinstance(candidate.partner, Nominal):
                    claimed.add(id(candidate.partner))
    for at, chunk in enumerate(sentence.chunks):
        if isinstance(chunk, Nominal):
            for member in (chunk, *chunk.conjuncts):
                if member.nouns and id(member) not in claimed:
                    office = _office(member, sentence, at)
                    concepts = [concept for concept, index in reversed(member.nouns) if index > office]
                    candidate = _match(sentence, at, member, concepts, possible)
                    if candidate is not None:
                        found.append(candidate)
                        if _ends_it(candidate):
                            claimed.add(id(candidate.partner))
    found.sort(key=_place)
    return found


def _ends_it(candidate: Candidate) -> bool:
    """`The suspension of arms deliveries`, `the lifting of the blockade`: none of what they end happens there."""
    partner = candidate.partner
    return (
        candidate.concept in _ENDING
        and isinstance(partner, Nominal)
        and partner.relation == "of"
        and partner is not candidate.head
    )


_ENDING: Final = frozenset(("SUSPEND", "CUT", "LIFT", "EASE", "CANCEL", "STOP", "FREEZE", "BAN"))


def _stands_there(candidate: Candidate) -> bool:
    """`Soldiers stationed in X have …`: where they are is no news."""
    clause = candidate.clause
    return (
        candidate.frame.type == "troop_deployment"
        and clause.kind == "part"
        and isinstance(clause.governor, Nominal)
        and clause.governor is candidate.partner
        and not any(nominal.relation == "by" for nominal in clause.nominals)
    )


def _told_by_condemning(verb: VerbGroup, at: int, sentence: Sentence) -> bool:
    """French: `X a fait cela, a dénoncé Y`, where no quotation stands before: what is condemned is told."""
    before = sentence.chunks[at - 2] if at > 1 else None
    return (
        "CONDEMN" in verb.concepts
        and sentence.clause_of[at].begin == at
        and not (isinstance(before, Link) and before.value == '"')
    )


def _office(nominal: Nominal, sentence: Sentence, at: int) -> int:
    """Where the phrase names who bears an office or arms, else -1: a combat brigade is no combat."""
    after = sentence.chunks[at + 1] if at + 1 < len(sentence.chunks) else None
    if not sentence.office_last or (isinstance(after, VerbGroup) and "SAY" in after.concepts):
        return -1  # … in an attack police said
    return nominal.roles[-1][1] if nominal.roles else -1


def _place(candidate: Candidate) -> int:
    return candidate.at


def _match(
    sentence: Sentence, at: int, head: VerbGroup | Nominal, concepts: Sequence[str], possible: ByHead
) -> Candidate | None:
    options: list[Option] = []
    reach: list[int] | None = None
    pos = "verb" if isinstance(head, VerbGroup) else "noun"
    for concept in concepts:
        for order, frame in possible.get(concept, ()):
            if frame.pos is not None and frame.pos != pos:
                continue
            if reach is None:
                reach = reach_of(sentence, at, head)
            told = reach if frame.content == "consumed" else _told(reach, sentence, at)
            partner = _partner(frame.with_, concept, head, sentence, at, told) if frame.with_ else None
            if frame.with_ and partner is None:
                continue
            if frame.also and _partner(frame.also, concept, head, sentence, at, told) is None:
                continue
            if frame.without and _excluded(frame.without, sentence, reach):
                continue
            options.append(Option(2 if frame.with_ else 1, order, frame, concept, partner))
    if not options or reach is None:
        return None
    options.sort(key=lambda option: (-option.rank, option.order))
    return Candidate(head, at, sentence.clause_of[at], reach, options)


def reach_of(sentence: Sentence, at: int, head: VerbGroup | Nominal) -> list[int]:
    """Return the chunks to the right that belong to the head: its own phrases, and clauses that it governs.

    A noun that is the subject reaches over its verb too, though what it owns comes first.
    """
    clause = sentence.clause_of[at]
    noun = isinstance(head, Nominal)
    inside: list[int] = []
    if sentence.verb_final and not noun:
        inside = [
            index
            for index in range(at)
            if (sentence.clause_of[index] is clause and sentence.chunks[index] is not clause.subject)
            or _hangs_on(sentence.clause_of[index], head)
        ]
    for index in range(at + 1, min(clause.stop, len(sentence.chunks))):
        other = sentence.clause_of[index]
        if other is clause:
            chunk = sentence.chunks[index]
            if noun and isinstance(chunk, VerbGroup) and chunk.finite and head is not clause.subject:
                break
            inside.append(index)
        elif _governed(other, clause, head if noun else None):
            inside.append(index)
    if clause.report_of is not None and not noun:
        told = clause.report_of
        inside += [
            index
            for index, other in enumerate(sentence.clause_of)
            if other is not clause
            and index not in inside
            and (other is told or _governed(other, _root(told), None) or other is _root(told))
        ]
    return inside


def _hangs_on(clause: Clause, head: VerbGroup | Nominal) -> bool:
    return clause.kind in ("that", "inf") and clause.governor is head


def _root(clause: Clause) -> Clause:
    while clause.parent is not None:
        clause = clause.parent
    return clause


def _governed(inner: Clause, outer: Clause, noun: Chunk | None) -> bool:
    """Whether a clause hangs on another; on this noun of it, when one is given."""
    clause: Clause | None = inner
    while clause is not None and clause is not outer:
        if clause.kind not in _REACHED:
            return False
        if (
            noun is not None
            and clause.parent is outer
            and clause.kind in ("rel", "part")
            and clause.governor is not noun
        ):
            return False
        clause = clause.parent
    return clause is outer


def _partner(
    wanted: frozenset[str],
    concept: str,
    head: VerbGroup | Nominal,
    sentence: Sentence,
    at: int,
    reach: list[int],
) -> Nominal | VerbGroup | None:
    """Return the chunk that stands for one of these concepts: in the reach, else the subject, else the verb above."""
    if "speaker" in wanted:
        return speaker_of(sentence.clause_of[at], sentence)
    if "AIMED" in wanted and _aimed(reach, sentence):
        return head
    if isinstance(head, Nominal):
        others = [*(c for c, _ in head.nouns if c != concept), *head.adjectives]
        if any(c in wanted for c in others):
            return head
    told = sentence.clause_of[at].report_of
    for index in reach:
        chunk = sentence.chunks[index]
        if isinstance(chunk, Nominal) and chunk.relation in _MERELY_WHEN:
            continue
        if told is not None and sentence.clause_of[index].kind == "if":
            continue  # `X will pay if it attacks, warned Y`: what is threatened is the other half
        if (found := _holds(chunk, wanted, sentence)) is not None:
            return found
    clause = sentence.clause_of[at]
    if isinstance(head, VerbGroup):
        around = wanted - {"place", "bare_place", "country"}  # the subject is who acts, wherever that is
        for nominal in (clause.subject, *clause.objects):
            if nominal is not None and (found := _holds(nominal, around, sentence, deep=True)) is not None:
                return found
    elif clause.verb is not None and any(c in wanted for c in clause.verb.concepts):
        return clause.verb
    return None


def _told(reach: list[int], sentence: Sentence, at: int) -> list[int]:
    """Return what of the reach is not only supposed: `announced it will go unless they keep a truce` has no truce."""
    if all(clause.kind != "if" for clause in sentence.clauses):
        return reach
    outer = sentence.clause_of[at]
    return [index for index in reach if not supposed(sentence.clause_of[index], outer)]


def supposed(inner: Clause, outer: Clause) -> bool:
    """Whether a clause is part of an if-clause below the other."""
    clause: Clause | None = inner
    while clause is not None and clause is not outer:
        if clause.kind == "if":
            return True
        clause = clause.parent
    return False


# What stands under these is no part of the deed: `resumed its raids after a truce` begins no truce.
_MERELY_WHEN: Final = frozenset(("after", "since", "during", "despite", "because", "instead"))


def _aimed(reach: list[int], sentence: Sentence) -> bool:
    """Whether a phrase in the reach names what was fired at: at two bases, on the city, into Israel."""
    for index in reach:
        chunk = sentence.chunks[index]
        if (
            isinstance(chunk, Nominal)
            and chunk.relation in _AT
            and (chunk.actors or chunk.concepts or chunk.capital)
        ):
            return not any(
                use.entity.kind == "sea" for at in chunk.names for use in sentence.reading.units[at].uses
            )
    return False


_AT: Final = frozenset(("at", "on", "into", "against", "to"))


_SAYING: Final = frozenset(("SAY", "DECLARE"))


def speaker_of(clause: Clause, sentence: Sentence, *, named: bool = True) -> Nominal | None:
    """Return who says what the clause says: `Russia said that Sudan must …`; only a party when `named`."""
    above: Clause | None = clause
    while above is not None and above.kind in _REACHED:
        if isinstance(above.governor, VerbGroup) and not _SAYING.isdisjoint(above.governor.concepts):
            subject = sentence.clause_of[sentence.index[id(above.governor)]].subject
            return subject if subject is not None and (subject.actors or not named) else None
        above = above.parent
    for other in sentence.clauses:
        if other.report_of is not None and other.subject is not None and (other.subject.actors or not named):
            return other.subject
    return None


def _excluded(unwanted: frozenset[str], sentence: Sentence, reach: list[int]) -> bool:
    """Whether what the head acts on is one of these: withdraw from talks, not withdraw troops after talks."""
    for index in reach:
        chunk = sentence.chunks[index]
        if (
            isinstance(chunk, Nominal)
            and chunk.relation in ("", "of", "from")
            and _holds(chunk, unwanted, sentence) is not None
        ):
            return True
    return False


def _holds(
    chunk: Chunk, wanted: frozenset[str], sentence: Sentence, *, deep: bool = False
) -> Nominal | VerbGroup | None:
    if isinstance(chunk, VerbGroup):
        return None if wanted.isdisjoint(chunk.concepts) else chunk
    if not isinstance(chunk, Nominal):
        return None
    for member in (chunk, *chunk.conjuncts):
        if member.concepts and not wanted.isdisjoint(member.concepts):
            return member
        if "ALLIANCE" in wanted and alliance_in(member, sentence) is not None:
            return member
        if "country" in wanted and chunk.relation in _FROM and _names_country(member):
            return member
        if ("place" in wanted or ("bare_place" in wanted and not member.relation)) and any(
            sentence.reading.units[at].place is not None for at in member.names
        ):
            return member
    if deep:
        for inner in (*chunk.of, *([chunk.genitive] if chunk.genitive else [])):
            if (found := _holds(inner, wanted, sentence)) is not None:
                return found
    return None


_FROM: Final = frozenset(("from", "of", ""))


def _names_country(nominal: Nominal) -> bool:
    """Whether the phrase is the bare name of a country: from Mali, not from the Malian talks."""
    return not nominal.nouns and any(
        actor.how == "name" and actor.kind == "country" for actor in nominal.actors
    )


def consume(found: list[Candidate], escalatory: frozenset[str]) -> None:
    """Let each head decide about the candidates in its reach. `escalatory` are the types that no accord plans."""
    by_index: dict[int, list[Candidate]] = {}
    for candidate in found:
        by_index.setdefault(candidate.at, []).append(candidate)
    for outer in found:
        if outer.frame.content == "open":
            continue
        # `requests for a call went unanswered`: there what is refused stands before the verb
        before = range(outer.clause.begin, outer.at) if outer.concept == "UNANSWERED" else ()
        for index in (*before, *outer.reach):
            for inner in by_index.get(index, ()):
                if inner.concept == "UNANSWERED" and index > outer.at and isinstance(outer.head, Nominal):
                    continue  # a request that went unanswered is what was refused
                outer.inner.append(inner)
                ended = outer.frame.content == "planned" and inner.frame.type in escalatory
                if outer.frame.content == "consumed" or ended:
                    inner.dropped = inner.dropped or f"content of {outer.concept.lower()}"
                elif not inner.effect:
                    inner.effect, inner.effect_by = outer.frame.content, outer.head
    _agreements(found, by_index)
    _purposes(found)
    _casualties(found)
    for inner in found:
        how = inner.frame.type == "show_of_force" and inner.clause.kind in ("ger", "part")
        if how and any(
            outer.clause is inner.clause.parent and outer.frame.type in _ATTACKS for outer in found
        ):
            inner.dropped = inner.dropped or "how the attack was made"


def _agreements(found: list[Candidate], by_index: dict[int, list[Candidate]]) -> None:
    """`agreed to withdraw` is the withdrawal; a treaty of cooperation is the treaty."""
    for outer in found:
        if outer.frame.type != "cooperation_agreed" or outer.dropped:
            continue
        for index in outer.reach:
            for inner in by_index.get(index, ()):
                if inner.frame.type == "cooperation" and isinstance(inner.head, Nominal):
                    inner.dropped = inner.dropped or "says what is agreed"  # a treaty of cooperation
        if any(not inner.dropped for inner in outer.inner):
            outer.dropped = "says what is agreed"


def _purposes(found: list[Candidate]) -> None:
    """`telephoned his counterpart to discuss Syria`: what a contact is for is no second one."""
    contacts = [candidate for candidate in found if candidate.frame.type in _CONTACTS]
    for inner in contacts:
        if inner.clause.kind == "inf" and any(outer.clause is inner.clause.parent for outer in contacts):
            inner.dropped = inner.dropped or "what the contact was for"


_CONTACTS: Final = frozenset(("military_communication", "leader_communication", "negotiation"))


def _casualties(found: list[Candidate]) -> None:
    """`Twenty soldiers were killed in clashes` is the clashes: who died there is no second event."""
    for outer in found:
        if (
            outer.frame.type != "armed_violence_other"
            or outer.concept not in ("KILL", "WOUND")
            or outer.dropped
        ):
            continue
        for inner in found:
            same = (
                inner.clause is outer.clause
                or inner.clause.parent is outer.clause
                or outer.clause.parent is inner.clause
            )
            what = inner.frame.type in _FORCE_TYPES or (
                inner.frame.type == outer.frame.type
                and inner.concept not in ("KILL", "WOUND")
                and outer.clause.kind in ("ger", "part")
                and outer.clause.parent is inner.clause
            )  # attacked a camp, killing ten
            if inner is not outer and same and what and not inner.dropped:
                outer.dropped = f"told by {inner.frame.type}"


_ATTACKS: Final = frozenset(("air_missile_strike", "armed_clash", "invasion", "armed_violence_other"))
_FORCE_TYPES: Final = frozenset(
    (
        "armed_clash",
        "air_missile_strike",
        "invasion",
        "ceasefire_violation",
        "border_spillover_strike",
        "wmd_use",
    )
)


def alliance_in(nominal: Nominal, sentence: Sentence) -> str | None:
    """Return the alliance that the phrase names."""
    for member in (nominal, *nominal.conjuncts):
        for at in member.names:
            for use in sentence.reading.units[at].uses:
                if use.entity.kind in _ALLIANCES:
                    return use.entity.party or use.entity.id
    return None
