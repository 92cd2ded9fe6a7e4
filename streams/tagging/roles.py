"""Who plays which role in a candidate: actors and targets, by the relations its frame names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.tagging.chunks import Link, Nominal, VerbGroup
from streams.tagging.matching import Candidate, alliance_in, speaker_of
from streams.tagging.parties import Actor, Discourse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.frames import Frame, Frames

_TELLING = frozenset(
    (
        "SAY",
        "CLAIM",
        "REPORT",
        "CONFIRM",
        "CONDEMN",
        "ACCUSE",
        "WELCOME",
        "DISCUSS_ABOUT",
        "SUPPORT",
        "PRAISE",
    )
)
_DOMESTIC = frozenset(
    ("protest", "arrest_or_repression", "armed_violence_other", "concession", "investigation")
)
_PLACED = frozenset(
    (
        "air_missile_strike",
        "armed_clash",
        "invasion",
        "armed_violence_other",
        "border_spillover_strike",
        "territory_seized",
        "protest",
        "wmd_use",
        "sabotage",
        "blockade",
    )
)


@dataclass(slots=True)
class Roles:
    """The parties of one candidate. `certain` falls with each role that had to be guessed."""

    actors: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    third: list[Actor] = field(default_factory=list)
    rivals: list[Actor] = field(default_factory=list)
    certain: float = 1.0
    guessed: list[str] = field(default_factory=list)


def fill(candidate: Candidate, sentence: Sentence, frames: Frames, discourse: Discourse) -> Roles:
    """Return the parties of a candidate."""
    frame, head = candidate.frame, candidate.head
    default = frames.defaults["verb" if isinstance(head, VerbGroup) else "noun"]
    roles = Roles()
    wanted_actor = frame.actor if frame.actor is not None else default["actor"]
    wanted_target = frame.target if frame.target is not None else default["target"]
    roles.actors = _first(wanted_actor, candidate, sentence, taken=[], every=frame.reciprocal)
    if frame.third:
        roles.third = _first(frame.third, candidate, sentence, taken=roles.actors, every=False)
    if wanted_target:
        roles.targets = _first(wanted_target, candidate, sentence, taken=roles.actors, every=frame.reciprocal)
        if not roles.targets and roles.actors and not frame.reciprocal:
            roles.targets = _of_the_same_state(wanted_target, candidate, sentence, roles.actors)
            roles.certain *= 0.85 if roles.targets else 1.0
        if not roles.targets and not (frame.reciprocal and len(roles.actors) > 1):
            _guess_target(candidate, sentence, roles, discourse)
    if not roles.actors:
        _guess_actor(candidate, roles)
    roles.targets = _distinct(roles.targets)
    if frame.reciprocal:  # where two sides met is no side
        roles.targets = [actor for actor in roles.targets if actor.how != "place"]
    alone = frame.reciprocal and len({a.party for a in roles.actors + roles.targets}) < 2
    if alone and candidate.concept != "VISIT":  # who goes somewhere need meet nobody
        _guess_side(roles, sentence)
    return roles


def _first(
    relations: tuple[str, ...], candidate: Candidate, sentence: Sentence, taken: list[Actor], *, every: bool
) -> list[Actor]:
    """Return the actors of the first relation that has any; of all of them when `every`."""
    gathered: list[Actor] = []
    for relation in relations:
        for actor in _in_relation(relation, candidate, sentence):
            if not _same(actor, taken) and all(actor.party != known.party for known in gathered):
                gathered.append(actor)
        if gathered and not every:
            break
    return gathered


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
    if candidate.frame.type not in _AT_HOME_TOO | _DOMESTIC:
        return []
    roles = {actor.role for actor in taken}
    for relation in relations:
        for actor in _in_relation(relation, candidate, sentence):
            if actor.role is not None and actor.role not in roles and actor.how != "pronoun":
                return [actor]
    return []


def _in_relation(relation: str, candidate: Candidate, sentence: Sentence) -> list[Actor]:
    head, clause = candidate.head, candidate.clause
    if relation == "speaker":
        return _actors(speaker_of(clause, sentence))
    if relation == "whose":
        return _deep(candidate.partner) if isinstance(candidate.partner, Nominal) else []
    if isinstance(head, VerbGroup):
        return _of_verb(relation, head, clause, candidate, sentence)
    return _of_noun(relation, head, clause, candidate, sentence)


def _of_verb(
    relation: str, head: VerbGroup, clause: Clause, candidate: Candidate, sentence: Sentence
) -> list[Actor]:
    partner = candidate.partner
    if relation == "subj":
        if head.passive:
            return []
        if isinstance(partner, Nominal) and partner is clause.subject:
            return (
                _actors(partner) or _deep(partner) or _maker(partner, sentence)
            )  # debris of a Russian drone
        return _actors(clause.subject)
    if relation == "obj":
        if head.passive:
            return _actors(clause.subject)
        found = [actor for nominal in clause.objects for actor in _actors(nominal)]
        return found or _of_partner(partner, clause, sentence)
    if relation == "gen":
        return _owners(candidate.partner) if isinstance(candidate.partner, Nominal) else []
    return _phrases(relation, candidate, sentence)


def _maker(nominal: Nominal, sentence: Sentence) -> list[Actor]:
    """`Missiles fired by the army struck …`: who fired them."""
    for clause in sentence.clauses:
        if clause.kind in ("part", "rel") and clause.governor is nominal:
            for phrase in clause.nominals:
                if phrase.relation == "by" and phrase.actors:
                    return _actors(phrase)
    return []


def _of_partner(partner: Nominal | VerbGroup | None, clause: Clause, sentence: Sentence) -> list[Actor]:
    """Whom the partner names: `launched strikes on X`; whom it acts on: `pledged to defend X`."""
    if isinstance(partner, VerbGroup):
        own = sentence.clause_of[sentence.index[id(partner)]]
        return [] if own is clause else [actor for nominal in own.objects for actor in _actors(nominal)]
    return _deep(partner) if partner is not None and partner is not clause.subject else []


def _of_noun(
    relation: str, head: Nominal, clause: Clause, candidate: Candidate, sentence: Sentence
) -> list[Actor]:
    if relation == "gen":
        return _owners(head)
    if relation == "subj":
        return _doer_of_object(head, clause)
    if relation == "obj":
        return [actor for nominal in clause.objects if nominal is not head for actor in _actors(nominal)]
    found = _phrases(relation, candidate, sentence)
    if not found and relation == "by" and clause.verb is not None and clause.verb.passive:
        after = sentence.index[id(clause.verb)] + 1
        for chunk in sentence.chunks[after : clause.stop]:
            if isinstance(chunk, Nominal) and chunk.relation == "by":
                return _actors(chunk)
    return found


_CARRYING_OUT = frozenset(("CONDUCT", "STAGE", "HOLD", "BEGIN"))


def _doer_of_object(head: Nominal, clause: Clause) -> list[Actor]:
    """`Russia launched an attack`: the subject does what the object names, unless it only tells of it."""
    verb, subject = clause.verb, clause.subject
    if verb is None or subject is None or verb.passive or _TELLING.intersection(verb.concepts):
        return []
    top = head
    while top.owner is not None:
        top = top.owner  # `a round of talks`: the object is the round
    carried_out = top.relation == "to" and not _CARRYING_OUT.isdisjoint(verb.concepts)  # procéder à l'échange
    if not carried_out and not any(top is nominal or head in nominal.conjuncts for nominal in clause.objects):
        return []
    return _actors(subject)


def _phrases(relation: str, candidate: Candidate, sentence: Sentence) -> list[Actor]:
    """Actors in the phrases with this relation: of the head's own clause first, then of the clauses it governs."""
    near: list[Actor] = []
    far: list[Actor] = []
    for index in candidate.reach:
        chunk = sentence.chunks[index]
        if isinstance(chunk, Nominal) and chunk.relation == relation:
            clause = sentence.clause_of[index]
            if clause is candidate.clause:
                near.extend(_actors(chunk))
            elif not _conditional(clause, candidate.clause) and not (
                relation == "by" and clause.verb is not None and clause.verb.passive
            ):  # talks brokered by China: China brokered
                far.extend(_actors(chunk))
    head_leads = isinstance(candidate.head, VerbGroup) or candidate.head is candidate.clause.subject
    if not near and head_leads:  # `the ban on X was lifted`: the phrase stands before
        near = [
            a
            for nominal in candidate.clause.nominals
            if nominal.relation == relation
            for a in _actors(nominal)
        ]
    return near or far


def _conditional(inner: Clause, outer: Clause) -> bool:
    """Whether a clause is part of an if-clause below the other: who is named there has no role in what follows."""
    clause: Clause | None = inner
    while clause is not None and clause is not outer:
        if clause.kind == "if":
            return True
        clause = clause.parent
    return False


def _actors(nominal: Nominal | None) -> list[Actor]:
    return list(nominal.actors) if nominal is not None else []


def _owners(nominal: Nominal) -> list[Actor]:
    return (_actors(nominal.genitive) if nominal.genitive is not None else []) + _actors(nominal)


def _deep(nominal: Nominal) -> list[Actor]:
    found = _owners(nominal)
    for inner in nominal.of:
        found.extend(_actors(inner))
    return found


def _guess_target(candidate: Candidate, sentence: Sentence, roles: Roles, discourse: Discourse) -> None:
    """No relation named a target: take a party in the reach, the place, a party elsewhere in the sentence."""
    own = {actor.party for actor in roles.actors + roles.third}
    if candidate.frame.object == "alliance" and (alliance := alliance_of(candidate, sentence)):
        own.add(alliance)
    if candidate.frame.type.startswith("threat_"):
        hinge = next((c for c in sentence.clauses if c.kind == "if" and c.subject is not None), None)
        if hinge is not None and (
            found := [actor for actor in _actors(hinge.subject) if actor.party not in own]
        ):
            roles.targets = found  # who is warned is who would do what the if-clause says
            roles.certain *= 0.9
            return
    hinge = next((c for c in sentence.clauses if c.kind == "if" and c.parent is candidate.clause), None)
    threat = candidate.frame.type.startswith("threat_")
    if (
        threat
        and hinge is not None
        and (found := [actor for actor in _actors(hinge.subject) if actor.party not in own])
    ):
        roles.targets = found  # `if X joins, Y will have to answer`
        roles.certain *= 0.85
        roles.guessed.append("target: who is warned")
        return
    near = [at for at in candidate.reach if sentence.clause_of[at] is candidate.clause]
    at_home = roles.actors and _speaks_of_home(candidate, sentence, near, by_name=False)
    for index in near if at_home else candidate.reach:
        chunk = sentence.chunks[index]
        if (
            isinstance(chunk, Nominal)
            and not _rival(chunk, candidate)
            and (found := [actor for actor in _deep(chunk) if actor.party not in own])
        ):
            roles.targets = found
            roles.certain *= 0.85
            roles.guessed.append("target: in reach")
            return
    if at_home:
        _at_home(roles)
        return
    if candidate.frame.type == "condemnation" and (
        whose := _whose_attack(candidate, sentence, discourse, own)
    ):
        roles.targets = whose
        roles.certain *= 0.85
        roles.guessed.append("target: whose attack it is")
        return
    others = [
        actor
        for chunk in _of_the_matter(sentence)
        if chunk is not candidate.head and not _rival(chunk, candidate)
        for actor in _actors(chunk)
        if actor.party not in own and actor.how != "pronoun"
    ]
    if others and not candidate.frame.reciprocal:
        roles.targets = others[-1:]
        roles.certain *= 0.7
        roles.guessed.append("target: in sentence")
    elif candidate.frame.type in _ANSWERS and (
        before := [a for a in discourse.subject if a.party not in own]
    ):
        roles.targets = before[:1]
        roles.certain *= 0.75
        roles.guessed.append("target: whom the sentence before was about")
    elif roles.actors and (
        candidate.frame.type in _DOMESTIC or _speaks_of_home(candidate, sentence, candidate.reach)
    ):
        _at_home(roles)


def _whose_attack(
    candidate: Candidate, sentence: Sentence, discourse: Discourse, own: set[str]
) -> list[Actor]:
    """`condemned the attack`: that of who used force last, as the article told."""
    chunks = (sentence.chunks[at] for at in candidate.reach)
    told = any(
        isinstance(c, Nominal) and c.definite and not c.actors and not _FORCE.isdisjoint(c.concepts)
        for c in chunks
    )
    return [actor for actor in discourse.aggressor if actor.party not in own] if told else []


_FORCE = frozenset(("STRIKE", "ATTACK", "INVADE", "KILL", "BLOW_UP", "OFFENSIVE"))


def _rival(nominal: Nominal, candidate: Candidate) -> bool:
    """Whether the phrase says against whom an alliance or arms are: no target of theirs."""
    return nominal.relation == "against" and candidate.frame.type in _AGAINST_OTHERS


_AGAINST_OTHERS = frozenset(("alliance_support", "alliance_accession", "security_guarantee", "arms_transfer"))


def _at_home(roles: Roles) -> None:
    if roles.actors[0].kind != "country":
        return  # an armed group has no home in this sense
    roles.targets = roles.actors[:1]
    roles.certain *= 0.8
    roles.guessed.append("target: domestic")


def _of_the_matter(sentence: Sentence) -> Iterator[Nominal]:
    """Yield the phrases that are not of who only tells it: `…, Thai police said`, `according to Paris`."""
    told = False
    for chunk, clause in zip(sentence.chunks, sentence.clause_of, strict=True):
        if not isinstance(chunk, Nominal):
            told = told and not (isinstance(chunk, Link) and chunk.value == ",")
            continue
        told = chunk.relation == "accord" or (told and chunk.relation in _WITHIN)
        if clause.kind != "report" and not told:
            yield chunk


_WITHIN = frozenset(("of", "in", "by", "from", "at"))  # a report by a doctor of …


def _speaks_of_home(
    candidate: Candidate, sentence: Sentence, reach: list[int], *, by_name: bool = True
) -> bool:
    """Whether what stands in the reach is somebody without a country: the opposition, the courts, a name."""
    if candidate.frame.type not in _AT_HOME_TOO:
        return False
    chunks = (sentence.chunks[at] for at in reach)
    return any(
        isinstance(c, Nominal)
        and not c.actors
        and ((by_name and c.capital) or any(r in _AT_HOME for r, _ in c.roles))
        for c in chunks
    )


def _guess_actor(candidate: Candidate, roles: Roles) -> None:
    """No relation named an actor: the subject of a clause above, if the head has none of its own."""
    taken = {actor.party for actor in roles.targets}
    clause: Clause | None = candidate.clause
    if isinstance(candidate.head, VerbGroup) and candidate.head.passive:
        return
    while clause is not None:
        telling = (
            clause.verb is not None
            and clause.verb is not candidate.head
            and _TELLING.intersection(clause.verb.concepts)
        )
        above = [
            actor
            for actor in (() if telling else _actors(clause.subject))
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


# What is said of a state by its name is said by others than its own.
_SAID_OF_OTHERS = frozenset(("condemnation", "diplomatic_support", "accusation_aggression"))
# What answers somebody: without an object it answers whom the text spoke of last.
_ANSWERS = frozenset(
    (
        "condemnation",
        "refusal",
        "communication_refused",
        "accusation_aggression",
        "alliance_blocked",
        "diplomatic_support",
    )
)
_AT_HOME_TOO = frozenset(
    (
        "demand",
        "refusal",
        "condemnation",
        "concession",
        "accusation_aggression",
        "diplomatic_support",
        "aid_given",
    )
)
_AT_HOME = frozenset(
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
_BETWEEN_STATES = frozenset(
    (
        "military_communication", "leader_communication", "negotiation", "alliance_accession", "alliance_support",
        "alliance_blocked", "invasion", "air_missile_strike", "territory_seized", "sanctions_imposed",
        "diplomatic_ties_cut",
    )
)  # fmt: skip


def _guess_side(roles: Roles, sentence: Sentence) -> None:
    known = {actor.party for actor in roles.actors + roles.targets}
    others = [
        actor
        for chunk in _of_the_matter(sentence)
        if chunk.relation not in ("in", "at", "near")
        for actor in _actors(chunk)
        if actor.party not in known and actor.how != "place"
    ]
    if others:
        roles.targets.append(others[0])
        roles.certain *= 0.75
        roles.guessed.append("side: in sentence")


def rivals(candidate: Candidate, sentence: Sentence, filled: Roles, resisting: frozenset[str]) -> list[Actor]:
    """Return against whom the words say it is: a pact against X, arms for Y to repel X."""
    known = {actor.party for actor in filled.actors + filled.targets + filled.third}
    found: dict[str, Actor] = {}
    for index in candidate.reach:
        chunk = sentence.chunks[index]
        opposed: list[Actor] = []
        if isinstance(chunk, Nominal) and chunk.relation == "against":
            opposed = _deep(chunk)
        elif isinstance(chunk, VerbGroup) and not resisting.isdisjoint(chunk.concepts):
            opposed = [actor for nominal in sentence.clause_of[index].objects for actor in _deep(nominal)]
        for actor in opposed:
            if actor.party not in known and actor.how != "pronoun":
                found.setdefault(actor.party, actor)
    return list(found.values())


def alliance_of(candidate: Candidate, sentence: Sentence) -> str | None:
    """Return the alliance that is joined, blocked or backed."""
    for index in (*candidate.reach, *range(len(sentence.chunks))):
        chunk = sentence.chunks[index]
        if isinstance(chunk, Nominal) and (found := alliance_in(chunk, sentence)) is not None:
            return found
    return None


_CIVIL = frozenset(("people", "crowd", "media", "business"))


_UNARMED = frozenset(("igo", "ngo", "media", "company"))


def _civilians(nominal: Nominal | None) -> bool:
    return nominal is not None and bool(nominal.roles) and all(role in _CIVIL for role, _ in nominal.roles)


def holds_for(frame: Frame, roles: Roles, candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the parties are of the kind that the frame asks for."""
    parties = roles.actors + roles.targets
    if frame.type == "force_withdrawal" and _civilians(candidate.clause.subject):
        return False  # residents leave, forces withdraw
    if candidate.concept == "WARN" and roles.actors and all(a.kind in _UNARMED for a in roles.actors):
        return False  # the UN warns of a war, it does not threaten with one
    if frame.party is None:
        return True
    if frame.party in ("military", "leader") and not any(actor.role for actor in parties):
        return frame.party == _level(candidate.clause.subject)
    if frame.party == "faced":
        return bool(roles.actors and roles.targets) and not roles.guessed
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


def _level(nominal: Nominal | None) -> str:
    """The level of a phrase that names no party: `the two presidents met`."""
    names = [role for role, _ in nominal.roles] if nominal is not None else []
    if any(role in ("head", "foreign") for role in names):
        return "leader"
    return "military" if any(role in ("defence", "forces") for role in names) else ""


def _speaks(actor: Actor, party: str) -> bool:
    return actor.military if party == "commanders" else actor.leads
