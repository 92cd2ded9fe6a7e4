"""Roles that no relation gives: guessed from the words in reach, the sentence, the article. Each costs confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Link, Nominal, VerbGroup
from streams.tagging.relations import TELLING, actors_of, alliance_of, deep, merely_where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.matching import Candidate
    from streams.tagging.parties import Actor, Discourse
    from streams.tagging.roles import Roles

DOMESTIC: Final = frozenset(
    ("protest", "arrest_or_repression", "armed_violence_other", "concession", "investigation")
)


def guess_target(candidate: Candidate, sentence: Sentence, roles: Roles, discourse: Discourse) -> None:
    """No relation named a target: take whom the words in reach, the sentence or the article leave."""
    own = {actor.party for actor in roles.actors + roles.third}
    if candidate.frame.object == "alliance" and (alliance := alliance_of(candidate, sentence)):
        own.add(alliance)
    if _suffered(candidate) and (hurt := actors_of(candidate.clause.subject)):
        _take(roles, hurt, 0.9, "who suffered")
        return
    if candidate.frame.type.startswith("threat_") and (warned := _warned(sentence, own)):
        _take(roles, warned, 0.9)
        return
    near = [at for at in candidate.reach if sentence.clause_of[at] is candidate.clause]
    at_home = bool(roles.actors) and _speaks_of_home(candidate, sentence, near, by_name=False)
    inland = candidate.frame.type in _INLAND and bool(roles.actors)
    if found := _in_reach(candidate, sentence, near if at_home or inland else candidate.reach, own):
        _take(roles, found, 0.85, "in reach")
    elif at_home or (inland and {actor.role for actor in roles.actors} <= _OF_THE_STATE):
        _at_home(roles)
    elif whose := _whose_attack(candidate, sentence, discourse, own):
        _take(roles, whose, 0.85, "whose attack it is")
    else:
        _guess_farther(candidate, sentence, roles, discourse, own)


def _guess_farther(
    candidate: Candidate, sentence: Sentence, roles: Roles, discourse: Discourse, own: set[str]
) -> None:
    """Nothing in the reach: a party elsewhere in the sentence, whom the text spoke of, the actor's own state."""
    type_ = candidate.frame.type
    others = [
        actor
        for chunk in _of_the_matter(sentence)
        if chunk is not candidate.head and not _rival(chunk, candidate) and not merely_where(chunk, candidate)
        for actor in actors_of(chunk)
        if actor.party not in own and actor.how != "pronoun"
    ]
    before = [actor for actor in discourse.subject if actor.party not in own] if type_ in ANSWERS else []
    if others and not candidate.frame.reciprocal:
        _take(roles, others[-1:], 0.7, "in sentence")
    elif before:
        _take(roles, before[:1], 0.75, "whom the sentence before was about")
    elif (type_ in REBELS_AT_HOME and roles.actors and roles.actors[0].role in OF_NO_STATE) or (
        roles.actors and (type_ in DOMESTIC or _speaks_of_home(candidate, sentence, candidate.reach))
    ):
        _at_home(roles)


def _take(roles: Roles, targets: list[Actor], certain: float, how: str = "") -> None:
    roles.targets = targets
    roles.certain *= certain
    if how:
        roles.guessed.append(f"target: {how}")


def _warned(sentence: Sentence, own: set[str]) -> list[Actor]:
    """Who is warned is who would do what the if-clause says."""
    hinge = next((c for c in sentence.clauses if c.kind == "if" and c.subject is not None), None)
    return (
        [actor for actor in actors_of(hinge.subject) if actor.party not in own] if hinge is not None else []
    )


def _in_reach(candidate: Candidate, sentence: Sentence, reach: Iterable[int], own: set[str]) -> list[Actor]:
    """Return the parties of the first phrase in the reach that names others than the actors."""
    for index in reach:
        chunk = sentence.chunks[index]
        if (
            isinstance(chunk, Nominal)
            and not _helps(chunk, candidate)
            and not _rival(chunk, candidate)
            and not merely_where(chunk, candidate)
        ):
            found = [actor for actor in deep(chunk) if actor.party not in own]
            if found:
                return found
    return []


def _whose_attack(
    candidate: Candidate, sentence: Sentence, discourse: Discourse, own: set[str]
) -> list[Actor]:
    """`condemned the attack`: that of who used force last, as the article told."""
    if candidate.frame.type != "condemnation":
        return []
    chunks = (sentence.chunks[at] for at in candidate.reach)
    told = any(
        isinstance(c, Nominal) and c.definite and not c.actors and not _FORCE.isdisjoint(c.concepts)
        for c in chunks
    )
    return [actor for actor in discourse.aggressor if actor.party not in own] if told else []


_FORCE: Final = frozenset(("STRIKE", "ATTACK", "INVADE", "KILL", "BLOW_UP", "OFFENSIVE"))


def _helps(nominal: Nominal, candidate: Candidate) -> bool:
    """`The rebels, backed by X, took the town`: X lost nothing; but an offer made by X is refused to X."""
    return nominal.relation == "by" and candidate.frame.type not in ANSWERS | {"protest"}


def _rival(nominal: Nominal, candidate: Candidate) -> bool:
    """Whether the phrase says against whom an alliance or arms are: no target of theirs."""
    return nominal.relation == "against" and candidate.frame.type in _AGAINST_OTHERS


_AGAINST_OTHERS: Final = frozenset(
    ("alliance_support", "alliance_accession", "security_guarantee", "arms_transfer")
)


def _at_home(roles: Roles) -> None:
    if roles.actors[0].kind != "country":
        return  # an armed group has no home in this sense
    roles.targets = roles.actors[:1]
    roles.certain *= 0.8
    roles.guessed.append("target: domestic")


def _of_the_matter(sentence: Sentence) -> Iterator[Nominal]:
    """Yield the phrases that are not of who only tells it: `…, Thai police said`, `according to Paris`."""
    told = False
    for at, chunk in enumerate(sentence.chunks):
        if not isinstance(chunk, Nominal):
            told = told and not (isinstance(chunk, Link) and chunk.value == ",")
            continue
        told = chunk.relation == "accord" or (told and chunk.relation in _WITHIN)
        if sentence.clause_of[at].kind != "report" and not told:
            yield chunk


_WITHIN: Final = frozenset(("of", "in", "by", "from", "at"))  # a report by a doctor of …


def _speaks_of_home(
    candidate: Candidate, sentence: Sentence, reach: list[int], *, by_name: bool = True
) -> bool:
    """Whether what stands in the reach is somebody without a country: the opposition, the courts, a name."""
    if candidate.frame.type not in AT_HOME_TOO:
        return False
    chunks = (sentence.chunks[at] for at in reach)
    return any(
        (isinstance(c, VerbGroup) and "RESIGN" in c.concepts)  # refused to step down
        or (
            isinstance(c, Nominal)
            and not c.actors
            and ((by_name and c.capital) or any(r in _AT_HOME for r, _ in c.roles))
        )
        for c in chunks
    )


def guess_actor(candidate: Candidate, roles: Roles) -> None:
    """No relation named an actor: the subject of a clause above, if the head has none of its own."""
    taken = {actor.party for actor in roles.targets}
    clause: Clause | None = candidate.clause
    if isinstance(candidate.head, VerbGroup) and candidate.head.passive:
        return
    if _suffered(candidate):
        clause = None  # who died of torture did not torture
    while clause is not None:
        telling = (
            clause.verb is not None
            and clause.verb is not candidate.head
            and TELLING.intersection(clause.verb.concepts)
        )
        above = [
            actor
            for actor in (() if telling else actors_of(clause.subject))
            if actor.party not in taken and clause.subject is not candidate.head
        ]
        if above:
            roles.actors = above if candidate.frame.reciprocal else above[:1]
            roles.certain *= 0.8
            roles.guessed.append("actor: subject above")
            return
        clause = clause.parent

    subject = candidate.clause.subject
    somebody = subject is not None and (subject.capital or any(role in _AT_HOME for role, _ in subject.roles))
    abroad = candidate.frame.type in _SAID_OF_OTHERS and any(
        actor.how in ("name", "adjective") and actor.role is None for actor in roles.targets
    )
    if somebody and not abroad and len(taken) == 1 and candidate.frame.type not in _BETWEEN_STATES:
        roles.actors = roles.targets[:1]
        roles.certain *= 0.7
        roles.guessed.append("actor: domestic")


def _suffered(candidate: Candidate) -> bool:
    verb = candidate.clause.verb
    return (
        isinstance(candidate.head, Nominal)
        and verb is not None
        and candidate.frame.type in _HURTS
        and "DIE" in verb.concepts
    )


_HURTS: Final = frozenset(("armed_violence_other", "air_missile_strike", "armed_clash"))


# What is said of a state by its name is said by others than its own.
_SAID_OF_OTHERS: Final = frozenset(("condemnation", "diplomatic_support", "accusation_aggression"))


# What answers somebody: without an object it answers whom the text spoke of last.
ANSWERS: Final = frozenset(
    (
        "condemnation",
        "refusal",
        "communication_refused",
        "accusation_aggression",
        "alliance_blocked",
        "diplomatic_support",
    )
)


AT_HOME_TOO: Final = frozenset(
    (
        "demand",
        "refusal",
        "condemnation",
        "concession",
        "accusation_aggression",
        "diplomatic_support",
        "aid_given",
        "ceasefire_call",
        "threat_countermeasure",
    )
)

# What police and courts do, they do at home, whatever the sentence says farther on.
_INLAND: Final = frozenset(("arrest_or_repression",))
_OF_THE_STATE: Final = frozenset(("police", "judiciary"))

# What rebels and crowds do without a word of whom to is done to their own state.
REBELS_AT_HOME: Final = frozenset(
    ("air_missile_strike", "sabotage", "territory_seized", "blockade", "ceasefire_violation")
)
OF_NO_STATE: Final = frozenset(("rebels", "crowd", "people", "opposition"))


_AT_HOME: Final = frozenset(
    (
        "opposition",
        "rebels",
        "crowd",
        "people",
        "police",
        "judiciary",
        "parliament",
        "media",
        "government",
        "head",
    )
)


_BETWEEN_STATES: Final = frozenset(
    (
        "military_communication", "leader_communication", "negotiation", "alliance_accession", "alliance_support",
        "alliance_blocked", "invasion", "air_missile_strike", "territory_seized", "sanctions_imposed",
        "diplomatic_ties_cut", "arms_transfer", "armed_clash", "cyber_attack",
    )
)  # fmt: skip


def guess_side(roles: Roles, sentence: Sentence) -> None:
    """A deed of several sides names one: take another party of the sentence that is no place."""
    known = {actor.party for actor in roles.actors + roles.targets}
    others = [
        actor
        for chunk in _of_the_matter(sentence)
        if chunk.relation not in ("in", "at", "near")
        for actor in actors_of(chunk)
        if actor.party not in known and actor.how != "place"
    ]
    if others:
        roles.targets.append(others[0])
        roles.certain *= 0.75
        roles.guessed.append("side: in sentence")
