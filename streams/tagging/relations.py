"""Who stands in a relation to the head of a candidate: its subject, its owner, the phrase behind `on`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.matching import alliance_in, speaker_of, supposed

if TYPE_CHECKING:
    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.matching import Candidate
    from streams.tagging.parties import Actor

# Verbs whose subject only tells of what their object names.
TELLING: Final = frozenset(
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


def in_relation(relation: str, candidate: Candidate, sentence: Sentence) -> list[Actor]:
    """Return the parties that stand in a relation to the head of a candidate."""
    head, clause = candidate.head, candidate.clause
    if relation == "speaker":
        return actors_of(speaker_of(clause, sentence))
    if relation == "whose":
        return deep(candidate.partner) if isinstance(candidate.partner, Nominal) else []
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
                actors_of(partner) or deep(partner) or _maker(partner, sentence)
            )  # debris of a Russian drone
        return actors_of(clause.subject) or _of_place(clause.subject)
    if relation == "obj":
        if head.passive:
            return actors_of(clause.subject) or _of_place(clause.subject)
        found = [actor for nominal in clause.objects for actor in actors_of(nominal)]
        return found or _of_partner(partner, clause, sentence) or _whose(clause.objects, candidate.frame.type)
    if relation == "gen":
        owners = _owners(candidate.partner) if isinstance(candidate.partner, Nominal) else []
        # `quitted Geneva`: a place that is left is not who leaves
        return [a for a in owners if a.how != "place"] if candidate.concept == "LEAVE" else owners
    return _phrases(relation, candidate, sentence)


def _maker(nominal: Nominal, sentence: Sentence) -> list[Actor]:
    """`Missiles fired by the army struck …`: who fired them."""
    for clause in sentence.clauses:
        if clause.kind in ("part", "rel") and clause.governor is nominal:
            for phrase in clause.nominals:
                if phrase.relation == "by" and phrase.actors:
                    return actors_of(phrase)
    return []


_UNDER_FIRE: Final = frozenset(("air_missile_strike", "armed_violence_other", "territory_seized"))


def _whose(objects: list[Nominal], type_: str) -> list[Actor]:
    return [actor for nominal in objects for actor in _held_by(nominal, type_)]


def _held_by(nominal: Nominal, type_: str) -> list[Actor]:
    """`Bombed positions of the rebels in Iraq`: the rebels are hit, not Iraq."""
    if type_ not in _UNDER_FIRE:
        return []
    return [actor for inner in nominal.of for actor in actors_of(inner) if actor.how != "of"]


def _of_place(nominal: Nominal | None) -> list[Actor]:
    """`The town of X was taken`: of whom the town is."""
    if nominal is None or "TERRITORY" not in nominal.concepts:
        return []
    return deep(nominal)


def _of_partner(partner: Nominal | VerbGroup | None, clause: Clause, sentence: Sentence) -> list[Actor]:
    """Whom the partner names: `launched strikes on X`; whom it acts on: `pledged to defend X`."""
    if isinstance(partner, VerbGroup):
        own = sentence.clause_of[sentence.index[id(partner)]]
        return [] if own is clause else [actor for nominal in own.objects for actor in actors_of(nominal)]
    return deep(partner) if partner is not None and partner is not clause.subject else []


def _of_noun(
    relation: str, head: Nominal, clause: Clause, candidate: Candidate, sentence: Sentence
) -> list[Actor]:
    if relation == "gen":
        return _owners(head)
    if relation == "subj":
        return _doer_of_object(head, clause, candidate.frame.type)
    if relation == "obj":
        return [actor for nominal in clause.objects if nominal is not head for actor in actors_of(nominal)]
    found = _phrases(relation, candidate, sentence)
    if (
        not found
        and relation == "by"
        and clause.verb is not None
        and clause.verb.passive
        and TELLING.isdisjoint(clause.verb.concepts)
    ):
        after = sentence.index[id(clause.verb)] + 1
        for chunk in sentence.chunks[after : clause.stop]:
            if isinstance(chunk, Nominal) and chunk.relation == "by":
                return actors_of(chunk)
    return found


_CARRYING_OUT: Final = frozenset(("CONDUCT", "STAGE", "HOLD", "BEGIN"))


# Who confirms these does them: `confirmed the delivery of tanks`.
_OF_ONES_OWN: Final = frozenset(
    (
        "arms_transfer",
        "aid_given",
        "force_withdrawal",
        "troop_deployment",
        "sanctions_imposed",
        "sanctions_eased",
    )
)


def _doer_of_object(head: Nominal, clause: Clause, type_: str) -> list[Actor]:
    """`Russia launched an attack`: the subject does what the object names, unless it only tells of it."""
    verb, subject = clause.verb, clause.subject
    if verb is None or subject is None or verb.passive:
        return []
    if TELLING.intersection(verb.concepts) and not ("CONFIRM" in verb.concepts and type_ in _OF_ONES_OWN):
        return []
    top = head
    while top.owner is not None:
        top = top.owner  # `a round of talks`: the object is the round
    carried_out = top.relation == "to" and not _CARRYING_OUT.isdisjoint(verb.concepts)  # procéder à l'échange
    if not carried_out and not any(top is nominal or head in nominal.conjuncts for nominal in clause.objects):
        return []
    return actors_of(subject)


def _phrases(relation: str, candidate: Candidate, sentence: Sentence) -> list[Actor]:
    """Actors in the phrases with this relation: of the head's own clause first, then of the clauses it governs."""
    near: list[Actor] = []
    far: list[Actor] = []
    for index in candidate.reach:
        chunk = sentence.chunks[index]
        if isinstance(chunk, Nominal) and chunk.relation == relation and not merely_where(chunk, candidate):
            clause = sentence.clause_of[index]
            if relation == "by" and _of_another_verb(candidate, index, sentence):
                continue
            if clause is candidate.clause:
                near.extend(actors_of(chunk) or _held_by(chunk, candidate.frame.type))
            # who is named in an if-clause has no role in what follows
            elif not supposed(clause, candidate.clause) and not (
                relation == "by" and clause.verb is not None and clause.verb.passive
            ):  # talks brokered by China: China brokered
                far.extend(actors_of(chunk))
    head_leads = isinstance(candidate.head, VerbGroup) or candidate.head is candidate.clause.subject
    if not near and head_leads:  # `the ban on X was lifted`: the phrase stands before
        near = [
            a
            for nominal in candidate.clause.nominals
            if nominal.relation == relation
            for a in actors_of(nominal)
        ]
    return near or far


_FOUGHT_OVER: Final = frozenset(
    ("armed_clash", "territory_seized", "air_missile_strike", "armed_violence_other", "arrest_or_repression")
)
_ALONG: Final = frozenset(("on", "near", "at", "along", "in"))


def merely_where(nominal: Nominal, candidate: Candidate) -> bool:
    """Whether the phrase says only near whose border it was: `took a rebel camp on the Thai border`."""
    return (
        "BORDER" in nominal.concepts and nominal.relation in _ALONG and candidate.frame.type in _FOUGHT_OVER
    )


def _of_another_verb(candidate: Candidate, index: int, sentence: Sentence) -> bool:
    """`The lifting of the siege by X was welcomed by Y`: Y welcomed, and lifted nothing."""
    verb = candidate.clause.verb
    return (
        isinstance(candidate.head, Nominal)
        and verb is not None
        and verb.passive
        and not TELLING.isdisjoint(verb.concepts)
        and sentence.index[id(verb)] < index
    )


def actors_of(nominal: Nominal | None) -> list[Actor]:
    """Return the parties that a phrase names itself."""
    return list(nominal.actors) if nominal is not None else []


def _owners(nominal: Nominal) -> list[Actor]:
    return (actors_of(nominal.genitive) if nominal.genitive is not None else []) + actors_of(nominal)


def deep(nominal: Nominal) -> list[Actor]:
    """Return the parties that a phrase, its owner or what it owns names."""
    found = _owners(nominal)
    for inner in nominal.of:
        found.extend(actors_of(inner))
    return found


def alliance_of(candidate: Candidate, sentence: Sentence) -> str | None:
    """Return the alliance that is joined, blocked or backed."""
    for index in (*candidate.reach, *range(len(sentence.chunks))):
        chunk = sentence.chunks[index]
        if isinstance(chunk, Nominal) and (found := alliance_in(chunk, sentence)) is not None:
            return found
    return None
