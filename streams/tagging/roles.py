"""Who plays which role in a candidate: actors and targets, by the relations its frame names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.guesses import (
    AT_HOME_TOO,
    DOMESTIC,
    OF_NO_STATE,
    REBELS_AT_HOME,
    guess_actor,
    guess_side,
    guess_target,
)
from streams.tagging.relations import alliance_of, deep, in_relation

if TYPE_CHECKING:
    from streams.tagging.clauses import Sentence
    from streams.tagging.frames import Frame, Frames
    from streams.tagging.matching import Candidate
    from streams.tagging.parties import Actor, Discourse


_WHERE: Final = ("in", "at")


class Roles:
    """The parties of one candidate. `certain` falls with each role that had to be guessed."""

    __slots__ = ("actors", "certain", "guessed", "rivals", "targets", "third")

    def __init__(self, actors: list[Actor]) -> None:
        self.actors = actors
        self.targets: list[Actor] = []
        self.third: list[Actor] = []
        self.rivals: list[Actor] = []
        self.certain = 1.0
        self.guessed: list[str] = []


def fill(candidate: Candidate, sentence: Sentence, frames: Frames, discourse: Discourse) -> Roles:
    """Return the parties of a candidate."""
    frame, head = candidate.frame, candidate.head
    default = frames.defaults["verb" if isinstance(head, VerbGroup) else "noun"]
    wanted_actor = frame.actor if frame.actor is not None else default["actor"]
    wanted_target = frame.target if frame.target is not None else default["target"]
    roles = Roles(_first(wanted_actor, candidate, sentence, taken=[], every=frame.reciprocal))
    if frame.third:
        roles.third = _first(frame.third, candidate, sentence, taken=roles.actors, every=False)
    if wanted_target:
        roles.targets = _first(wanted_target, candidate, sentence, taken=roles.actors, every=frame.reciprocal)
        if not roles.targets and roles.actors and not frame.reciprocal:
            roles.targets = _of_the_same_state(wanted_target, candidate, sentence, roles.actors)
            roles.certain *= 0.85 if roles.targets else 1.0
        if not roles.targets and not (frame.reciprocal and len(roles.actors) > 1):
            guess_target(candidate, sentence, roles, discourse)
    if not roles.actors:
        guess_actor(candidate, roles)
    roles.targets = _distinct(roles.targets)
    if frame.type in _OF_ONE_ANOTHER:
        _oppose(roles)
    if frame.reciprocal:
        _take_out_hosts(roles, sentence)
    alone = frame.reciprocal and len({a.party for a in roles.actors + roles.targets}) < 2
    if alone and candidate.concept != "VISIT":  # who goes somewhere need meet nobody
        guess_side(roles, sentence)
    return roles


def _first(
    relations: tuple[str, ...], candidate: Candidate, sentence: Sentence, taken: list[Actor], *, every: bool
) -> list[Actor]:
    """Return the actors of the first relation that has any; of all of them when `every`."""
    gathered: list[Actor] = []
    for relation in relations:
        for actor in in_relation(relation, candidate, sentence):
            if not _same(actor, taken) and all(actor.party != known.party for known in gathered):
                gathered.append(actor)
        if gathered and not every:
            break
    return gathered


def _take_out_hosts(roles: Roles, sentence: Sentence) -> None:
    """Where two sides met is no side: `in Genf`.

    Nor `à Oslo` where two others are named; where they are not, one may have spoken `à Moscou`.
    """
    sides = [*roles.actors, *roles.targets]
    hosts = [actor for actor in sides if _stands(actor, _WHERE, sentence)]
    if len({actor.party for actor in sides} - {actor.party for actor in hosts}) > 1:
        hosts += [actor for actor in sides if _stands(actor, ("to",), sentence)]
    roles.actors = [actor for actor in roles.actors if actor not in hosts]
    roles.targets = [actor for actor in roles.targets if actor not in hosts and actor.how != "place"]


def _stands(actor: Actor, relations: tuple[str, ...], sentence: Sentence) -> bool:
    """Whether a capital that names a party stands behind one of these prepositions."""
    return actor.how == "capital" and any(
        isinstance(chunk, Nominal) and chunk.relation in relations and actor in chunk.actors
        for chunk in sentence.chunks
    )


# Two who do this together do it to each other: `A and B failed to agree on B's offices`.
_OF_ONE_ANOTHER: Final = frozenset(("communication_refused",))


def _oppose(roles: Roles) -> None:
    together = {actor.party for actor in roles.actors}
    if len(together) > 1 and {actor.party for actor in roles.targets} <= together:
        first = roles.actors[0].party
        roles.targets = [actor for actor in roles.actors if actor.party != first]
        roles.actors = roles.actors[:1]


def _distinct(actors: list[Actor]) -> list[Actor]:
    """Return each party once, as it is named first."""
    return list({actor.party: actor for actor in reversed(actors)}.values())[::-1]


def _same(actor: Actor, taken: list[Actor]) -> bool:
    return any(
        actor.party == known.party and (actor.start == known.start or actor.how != "adjective")
        for known in taken
    )


def _of_the_same_state(
    relations: tuple[str, ...], candidate: Candidate, sentence: Sentence, taken: list[Actor]
) -> list[Actor]:
    """`Rebels demand that the president resign`: of one state, and yet two."""
    if candidate.frame.type not in AT_HOME_TOO | DOMESTIC | REBELS_AT_HOME:
        return []
    roles = {actor.role for actor in taken}
    of_no_state = roles <= OF_NO_STATE  # rebels who strike a town of their country strike that country
    named = [actor for relation in relations for actor in in_relation(relation, candidate, sentence)]
    bare = [
        chunk
        for at in candidate.reach
        if isinstance(chunk := sentence.chunks[at], Nominal) and not chunk.relation
    ]
    named += [actor for nominal in bare for actor in nominal.actors]  # … that the president resign
    parties = {actor.party for actor in taken}
    for actor in named:
        if (
            actor.party in parties
            and (actor.role is not None or (of_no_state and actor.how in ("place", "capital", "name")))
            and actor.role not in roles
            and actor.how != "pronoun"
        ):
            return [actor]
    return []


def rivals(candidate: Candidate, sentence: Sentence, filled: Roles, resisting: frozenset[str]) -> list[Actor]:
    """Return against whom the words say it is: a pact against X, arms for Y to repel X."""
    known = {actor.party for actor in filled.actors + filled.targets + filled.third}
    found: dict[str, Actor] = {}
    for index in candidate.reach:
        chunk = sentence.chunks[index]
        opposed: list[Actor] = []
        if isinstance(chunk, Nominal) and chunk.relation == "against":
            opposed = deep(chunk)
        elif isinstance(chunk, VerbGroup) and not resisting.isdisjoint(chunk.concepts):
            opposed = [actor for nominal in sentence.clause_of[index].objects for actor in deep(nominal)]
        for actor in opposed:
            if actor.party not in known and actor.how != "pronoun":
                found.setdefault(actor.party, actor)
    return list(found.values())


_CIVIL: Final = frozenset(("people", "crowd", "media", "business"))


_UNARMED: Final = frozenset(("igo", "ngo", "media", "company"))


def _civilians(nominal: Nominal | None) -> bool:
    return nominal is not None and bool(nominal.roles) and all(role in _CIVIL for role, _ in nominal.roles)


def holds_for(frame: Frame, roles: Roles, candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the parties are of the kind that the frame asks for."""
    parties = roles.actors + roles.targets
    if frame.type == "force_withdrawal" and _civilians(candidate.clause.subject):
        return False  # residents leave, forces withdraw
    if (
        candidate.concept == "WARN"
        and roles.actors
        and all(a.kind in _UNARMED or a.party == "UN" for a in roles.actors)
    ):
        return False  # the UN warns of a war, it does not threaten with one
    if frame.party is None:
        return True
    if frame.party in ("military", "leader") and not any(actor.role for actor in parties):
        return frame.party == _level(candidate.clause.subject)
    if frame.party in ("asked", "faced"):
        faced = bool(roles.actors and roles.targets) and not roles.guessed
        return faced and (frame.party == "faced" or _asks(candidate, roles, sentence))
    if frame.party == "named":
        return any(actor.how != "pronoun" for actor in roles.actors) and not roles.guessed
    if frame.party == "military":
        return any(actor.military for actor in parties) and not any(actor.leads for actor in parties)
    if frame.party == "leader":
        return any(actor.leads for actor in parties)
    if frame.party in ("leaders", "commanders"):
        sides = (roles.actors, roles.targets)
        return not roles.guessed and all(any(_speaks(actor, frame.party) for actor in side) for side in sides)
    if frame.party == "state":
        return any(actor.kind in ("country", "armed_group", "alliance") for actor in roles.actors)
    if frame.party == "alliance":
        return alliance_of(candidate, sentence) is not None
    return any(frame.party in (actor.kind, actor.role) for actor in parties)


def _asks(candidate: Candidate, roles: Roles, sentence: Sentence) -> bool:
    """`wants Kyiv to hand over …`: a party wants another, by its name, to do something."""
    named = all(actor.how in ("name", "capital", "person") for actor in roles.targets)
    below = any(
        clause.kind == "inf"
        and clause.governor is candidate.head
        and clause.subject in candidate.clause.objects
        for clause in sentence.clauses
    )
    return named and below


def _level(nominal: Nominal | None) -> str:
    """The level of a phrase that names no party: `the two presidents met`."""
    names = [role for role, _ in nominal.roles] if nominal is not None else []
    if any(role in ("head", "foreign") for role in names):
        return "leader"
    return "military" if any(role in ("defence", "forces") for role in names) else ""


def _speaks(actor: Actor, party: str) -> bool:
    return actor.military if party == "commanders" else actor.leads
