"""Nominals to parties: which state, organisation or group a phrase stands for, in which role, by which person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.tagging.chunks import Chunk, Link, Nominal
from streams.tagging.reading import NAME, PLAIN, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.tagging.lexicon import Entity, Use

# Kinds of entity that can act. A place acts only as the capital that stands for its government.
_ACTING = frozenset(("country", "bloc", "alliance", "igo", "ngo", "armed_group", "agency", "metonym", "company", "media"))

_LEADERS = frozenset(("head", "foreign"))
_MILITARY = frozenset(("defence", "forces"))


@dataclass(slots=True)
class Actor:
    """A party as one phrase of the text names it. `how` says by what: name, adjective, place, pronoun …"""

    party: str
    role: str | None
    person: str | None
    start: int
    end: int
    how: str
    kind: str = "country"

    @property
    def leads(self) -> bool:
        """Whether a head of state or government or a foreign minister speaks for the party."""
        return self.role in _LEADERS

    @property
    def military(self) -> bool:
        """Whether a defence minister, a commander or forces act for the party."""
        return self.role in _MILITARY


@dataclass(slots=True)
class Discourse:
    """What the article has named so far: whom a pronoun, a surname or `the minister` can stand for."""

    day: str
    people: dict[str, Actor] = field(default_factory=dict)
    by_role: dict[str, Actor] = field(default_factory=dict)
    subject: list[Actor] = field(default_factory=list)
    pair: list[Actor] = field(default_factory=list)
    recent: list[Actor] = field(default_factory=list)
    parties: dict[str, int] = field(default_factory=dict)

    def note(self, actors: list[Actor]) -> None:
        """Remember these parties as named just now."""
        for actor in actors:
            self.parties[actor.party] = self.parties.get(actor.party, 0) + 1
            if actor.role:
                self.by_role[actor.role] = actor
            if not any(actor.party == other.party for other in self.recent[-1:]):
                self.recent.append(actor)
        del self.recent[:-6]
        distinct = {actor.party: actor for actor in self.recent[-4:]}
        if len(distinct) >= 2:
            self.pair = list(distinct.values())[-2:]


def resolve(chunks: list[Chunk], discourse: Discourse, sentence: str) -> None:
    """Fill `actors` of every nominal of a sentence."""
    nominals = [chunk for chunk in chunks if isinstance(chunk, Nominal)]
    for nominal in nominals:
        _resolve_one(nominal, discourse, sentence)
    for nominal in nominals:
        if nominal.owner is not None and not nominal.owner.actors and nominal.actors and _passes_up(nominal.owner):
            nominal.owner.actors = [_as_holder(actor, nominal.owner) for actor in nominal.actors]
    _apposition(chunks, discourse)
    for nominal in nominals:
        _learn_names(nominal, discourse)
    _pronouns(nominals, discourse)


def _resolve_one(nominal: Nominal, discourse: Discourse, sentence: str) -> None:
    actors = _own_actors(nominal, discourse, sentence)
    if nominal.genitive is not None:
        _resolve_one(nominal.genitive, discourse, sentence)
        owners = nominal.genitive.actors or []
        if not actors and owners and (nominal.roles or not nominal.nouns):
            actors = [_as_holder(actor, nominal) for actor in owners]  # type: ignore[arg-type]
        elif actors and owners and nominal.roles and all(actor.how == "unknown" for actor in actors):
            actors = [_as_holder(owner, nominal) for owner in owners]  # type: ignore[arg-type]
    for conjunct in nominal.conjuncts:
        _resolve_one(conjunct, discourse, sentence)
        theirs: list[Actor] = conjunct.actors or []  # type: ignore[assignment]
        if theirs and actors and conjunct.roles and not nominal.roles and actors[-1].how == "adjective":
            for actor in actors:
                actor.role = actor.role or theirs[0].role
        elif theirs and actors and nominal.roles and not conjunct.roles:
            for actor in theirs:
                actor.role = actor.role or actors[0].role
        actors = actors + [actor for actor in theirs if all(actor.party != known.party for known in actors)]
    nominal.actors = list(actors)


def _own_actors(nominal: Nominal, discourse: Discourse, sentence: str) -> list[Actor]:
    chosen = [(unit, use) for unit, uses in nominal.uses if (use := choose(uses, nominal, discourse, sentence)) is not None]
    people = [(unit, use) for unit, use in chosen if use.entity.kind == "person"]
    bodies = [(unit, use) for unit, use in chosen if use.entity.kind in _ACTING]
    places = [(unit, use) for unit, use in chosen if use.entity.is_place]
    role = nominal.roles[0][0] if nominal.roles else None
    if people:
        unit, use = people[0]
        office = office_on(use.entity, discourse.day)
        party = bodies[0][1].entity.party if bodies and bodies[0][1].how == "adj" else office.get("party") or use.entity.party
        if party:
            return [_actor(party, office.get("role") or role or use.entity.role, use.entity.name, nominal, unit, "person", "country")]
    if bodies:
        return _of_bodies(nominal, bodies, role, discourse)
    if places:
        return _of_places(nominal, places, role)
    known = _known_person(nominal, discourse)
    return [known] if known else []


def _of_bodies(nominal: Nominal, bodies: list[tuple[Unit, Use]], role: str | None, discourse: Discourse) -> list[Actor]:
    actors = []
    person = _unknown_name(nominal)
    for unit, use in bodies:
        entity = use.entity
        if entity.party is None or any(actor.party == entity.party for actor in actors):
            continue
        how = "adjective" if use.how == "adj" else "name"
        own_role = entity.role if entity.kind in ("agency", "metonym") else None
        if use.how == "people" and not role and _plural(unit):
            own_role = own_role or "people"
        actors.append(_actor(entity.party, role or own_role, person, nominal, unit, how, entity.kind))
    if role and len(actors) > 1 and len({use.how for _, use in bodies}) > 1:
        actors = actors[:1] if bodies[0][1].how == "adj" else actors
    return actors


def _of_places(nominal: Nominal, places: list[tuple[Unit, Use]], role: str | None) -> list[Actor]:
    unit, use = places[-1]
    entity = use.entity
    if not entity.country:
        return []
    acts = entity.capital and nominal.relation not in ("in", "at", "near") and not nominal.nouns
    how = "capital" if acts else "place"
    return [_actor(entity.country, role or ("government" if acts else None), _unknown_name(nominal), nominal, unit, how, "country")]


def _actor(party: str, role: str | None, person: str | None, nominal: Nominal, unit: Unit, how: str, kind: str) -> Actor:
    start = unit.start if how == "place" else min(unit.start, nominal.start if nominal.start >= 0 else unit.start)
    return Actor(party, role, person, start, max(unit.end, nominal.end), how, kind)


def _plural(unit: Unit) -> bool:
    return unit.low.endswith(("s", "x"))


def choose(uses: Iterable[Use], nominal: Nominal, discourse: Discourse, sentence: str) -> Use | None:
    """Return the use of an ambiguous name that fits best: what the text has named before, then what is larger."""
    best: tuple[float, Use] | None = None
    for use in uses:
        entity = use.entity
        if entity.unless and any(word in sentence for word in entity.unless):
            continue
        party = entity.party or entity.country or ""
        score = float(min(discourse.parties.get(party, 0), 3))
        if entity.kind in ("country", "bloc", "alliance", "igo"):
            score += 4
        elif entity.kind in ("metonym", "agency", "armed_group"):
            score += 3
        elif entity.kind == "person":
            score += 2.5 if _in_office(entity, discourse.day) else 1.5
        elif entity.capital:
            score += 2
        else:
            score += min(entity.population / 1e7, 1.0)
        if nominal.relation in ("in", "at", "near") and entity.is_place:
            score += 1
        if best is None or score > best[0]:
            best = (score, use)
    return best[1] if best else None


def _in_office(entity: Entity, day: str) -> bool:
    return bool(office_on(entity, day))


def office_on(entity: Entity, day: str) -> dict[str, str]:
    """Return the office a person held on a day, else the last one before it, else the first."""
    held: dict[str, str] = {}
    for office in entity.offices:
        since, until = office.get("since") or "", office.get("until") or "9999"
        if since <= day <= until:
            return office
        if since <= day:
            held = office
    return held or (entity.offices[0] if entity.offices else {})


def _passes_up(owner: Nominal) -> bool:
    """Whether `X of <country>` stands for the country: the army of, the president of, the people of."""
    return bool(owner.roles) or not owner.nouns


def _as_holder(actor: Actor, holder: Nominal) -> Actor:
    role = holder.roles[0][0] if holder.roles else actor.role
    person = _unknown_name(holder) or (actor.person if not holder.roles else None)
    how = actor.how if holder.roles else "of"
    return Actor(actor.party, role, person, min(holder.start, actor.start), max(holder.end, actor.end), how, actor.kind)


# --- persons that no list knows ----------------------------------------------------------------------------


def _unknown_name(nominal: Nominal) -> str | None:
    """Return a capitalised sequence beside a role noun: `Foreign Minister Zarif`."""
    words = [unit for unit in nominal.units if unit.read == PLAIN and unit.capital and unit.low.isalpha()]
    if not words or not nominal.roles:
        return None
    return " ".join(unit.low.title() for unit in words)


def _learn_names(nominal: Nominal, discourse: Discourse) -> None:
    """From now on the bare surname stands for the same person."""
    if not nominal.actors or len(nominal.actors) != 1:
        return
    actor: Actor = nominal.actors[0]  # type: ignore[assignment]
    if actor.person and nominal.roles:
        discourse.people.setdefault(actor.person.split()[-1].lower(), actor)


def _known_person(nominal: Nominal, discourse: Discourse) -> Actor | None:
    for unit in nominal.units:
        if unit.read in (PLAIN, NAME) and unit.capital and unit.low in discourse.people:
            known = discourse.people[unit.low]
            return Actor(known.party, known.role, known.person, unit.start, unit.end, "person", known.kind)
    return None


def _apposition(chunks: list[Chunk], discourse: Discourse) -> None:
    """`Klaus Korhonen, Finland's ambassador`: of two phrases parted by a comma, one may name the other's party."""
    for at in range(len(chunks) - 2):
        first, comma, second = chunks[at], chunks[at + 1], chunks[at + 2]
        if not (isinstance(first, Nominal) and isinstance(second, Nominal) and isinstance(comma, Link) and comma.value == ","):
            continue
        if second.relation or second.pronoun or first.pronoun:
            continue
        head = first.owner if first.relation == "of" and first.owner is not None else first
        _share(head, second, discourse)


def _share(first: Nominal, second: Nominal, discourse: Discourse) -> None:
    one: list[Actor] = first.actors or []  # type: ignore[assignment]
    two: list[Actor] = second.actors or []  # type: ignore[assignment]
    name, other = _proper(first), _proper(second)
    if one and not two and first.roles and other:
        actor = one[0]
        actor.person = actor.person or other
        second.actors = [actor]
        discourse.people.setdefault(other.split()[-1].lower(), actor)
    elif two and not one and second.roles and name:
        actor = two[0]
        actor.person = actor.person or name
        first.actors = [actor]
        discourse.people.setdefault(name.split()[-1].lower(), actor)
    elif one and two and first.roles and two[0].person and one[0].party == two[0].party:
        one[0].person = one[0].person or two[0].person
    elif not one and two and first.roles and two[0].person:
        role = first.roles[0][0]
        first.actors = [Actor(two[0].party, role, two[0].person, first.start, second.end, "person", two[0].kind)]


def _proper(nominal: Nominal) -> str | None:
    words = [unit for unit in nominal.units if unit.capital and unit.read in (PLAIN, NAME) and unit.low.isalpha()]
    if not words or len(words) < len(nominal.units) - 1:
        return None
    return " ".join(unit.low.title() for unit in words)


# --- pronouns and definite roles ---------------------------------------------------------------------------


def _pronouns(nominals: list[Nominal], discourse: Discourse) -> None:
    before: list[Actor] = []
    for nominal in nominals:
        actors: list[Actor] = nominal.actors or []  # type: ignore[assignment]
        if not actors:
            actors = _stand_in(nominal, before, discourse)
            nominal.actors = list(actors)
        if actors and not nominal.relation and not nominal.pronoun:
            before = actors
    for nominal in nominals:
        if nominal.roles and nominal.roles[0][0] == "counterpart":
            _counterpart(nominal, discourse, nominals)


def _stand_in(nominal: Nominal, before: list[Actor], discourse: Discourse) -> list[Actor]:
    if nominal.pronoun in ("sg", "pl"):
        source = before or discourse.subject
        return [_moved(actor, nominal, "pronoun") for actor in source]
    if nominal.pronoun == "both":
        return [_moved(actor, nominal, "pronoun") for actor in discourse.pair]
    if nominal.definite and nominal.roles and nominal.genitive is None:
        role = nominal.roles[0][0]
        known = discourse.by_role.get(role)
        if known is not None and role not in ("counterpart", "people", "crowd", "media", "business"):
            return [_moved(known, nominal, "definite")]
    return []


def _moved(actor: Actor, nominal: Nominal, how: str) -> Actor:
    return Actor(actor.party, actor.role, actor.person, nominal.start, nominal.end, how, actor.kind)


def _counterpart(nominal: Nominal, discourse: Discourse, nominals: list[Nominal]) -> None:
    """`his Russian counterpart` holds the same office as the one he is the counterpart of."""
    others = [actor for other in nominals if other is not nominal for actor in (other.actors or [])]
    role = next((actor.role for actor in others if actor.role and actor.role != "counterpart"), None)  # type: ignore[attr-defined]
    for actor in nominal.actors or []:
        if role and (actor.role == "counterpart" or actor.role is None):  # type: ignore[attr-defined]
            actor.role = role  # type: ignore[attr-defined]


def remember(chunks: list[Chunk], sentence: object, discourse: Discourse) -> None:
    """Carry what this sentence named over to the next ones."""
    subject: Nominal | None = None
    clauses = getattr(sentence, "clauses", None)
    if clauses:
        subject = next((clause.subject for clause in clauses if clause.kind == "main" and clause.subject and clause.subject.actors), None)
    for chunk in chunks:
        if isinstance(chunk, Nominal) and chunk.actors and not chunk.pronoun:
            discourse.note(list(chunk.actors))  # type: ignore[arg-type]
            if subject is None and not chunk.relation:
                subject = chunk
    if subject is not None and subject.actors:
        discourse.subject = list(subject.actors)  # type: ignore[arg-type]
