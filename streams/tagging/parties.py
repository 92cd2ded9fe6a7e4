"""Nominals to parties: which state, organisation or group a phrase stands for, in which role, by which person."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import TIME_RELATIONS, Chunk, Link, Nominal, VerbGroup
from streams.tagging.reading import NAME, PLAIN, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from streams.tagging.lexicon import Entity, Use

# Kinds of entity that can act. A place acts only as the capital that stands for its government.
_ACTING: Final = frozenset(
    ("country", "bloc", "alliance", "igo", "ngo", "armed_group", "agency", "metonym", "company", "media")
)

_TWO: Final = 2
_LEADERS: Final = frozenset(("head", "foreign"))
_MILITARY: Final = frozenset(("defence", "forces"))


class Actor:
    """A party as one phrase of the text names it. `how` says by what: name, adjective, place, pronoun and so on.

    No dataclass, like all that is made for each sentence: the constructor that it writes is not compiled.
    """

    __slots__ = ("end", "how", "kind", "party", "person", "role", "start")

    def __init__(
        self,
        party: str,
        role: str | None,
        person: str | None,
        start: int,
        end: int,
        how: str,
        kind: str = "country",
    ) -> None:
        self.party = party
        self.role = role
        self.person = person
        self.start = start
        self.end = end
        self.how = how
        self.kind = kind

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
    paired: bool = False  # the pair met, spoke, fought: `the two` are they until others do
    recent: list[Actor] = field(default_factory=list)
    aggressor: list[Actor] = field(default_factory=list)  # who used force last: whose `the attack` is
    parties: dict[str, int] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nobody was named so far whom anything could stand for."""
        return not (
            self.parties or self.people or self.by_role or self.subject or self.pair or self.aggressor
        )

    def note(self, actors: Sequence[Actor]) -> None:
        """Remember these parties as named just now."""
        for actor in actors:
            self.parties[actor.party] = self.parties.get(actor.party, 0) + 1
            if actor.role:
                self.by_role[actor.role] = actor
            if not self.recent or actor.party != self.recent[-1].party:
                self.recent.append(actor)
        del self.recent[:-6]
        distinct = {actor.party: actor for actor in self.recent[-4:]}
        if len(distinct) >= 2 and not self.paired:
            self.pair = list(distinct.values())[-2:]


class Resolver:
    """Fills `actors` of the nominals of one sentence."""

    def __init__(self, reading: Reading, chunks: list[Chunk], discourse: Discourse, sentence: str) -> None:
        self.reading = reading
        self.units = reading.units
        self.chunks = chunks
        self.discourse = discourse
        self.sentence = sentence

    def run(self) -> None:
        """Resolve names first, then what leans on them: owners, appositions, pronouns, counterparts."""
        nominals = [chunk for chunk in self.chunks if isinstance(chunk, Nominal)]
        for nominal in nominals:
            if nominal.names or nominal.capital or nominal.genitive is not None or nominal.conjuncts:
                self._resolve(nominal)
        if any(nominal.actors for nominal in nominals):
            self._owned(nominals)
            self._placed()
            self._headed()
            self._apposition()
            for nominal in nominals:
                self._learn_name(nominal)
        elif self.discourse.blank:
            return
        self._pronouns(nominals)

    def _owned(self, nominals: list[Nominal]) -> None:
        """`forces of X`: who owns nothing of his own name is of what he owns, the innermost first."""
        for nominal in reversed(nominals):
            owner = nominal.owner
            if owner is not None and not owner.actors and nominal.actors and (owner.roles or not owner.nouns):
                owner.actors = [self._as_holder(actor, owner) for actor in nominal.actors]

    def _placed(self) -> None:
        """`opposition groups in Zimbabwe`: who has no name of their own is of where they are."""
        for before, chunk in itertools.pairwise(self.chunks):
            if (
                isinstance(chunk, Nominal)
                and chunk.relation in ("in", "from")
                and chunk.actors
                and isinstance(before, Nominal)
            ):
                holder = before.owner if before.owner is not None and before.relation == "of" else before
                if not holder.actors and holder.roles and not holder.possessive:
                    several = chunk.actors if chunk.relation == "from" else chunk.actors[:1]
                    holder.actors = [self._as_holder(actor, holder) for actor in several]

    def _headed(self) -> None:
        """`Mali : l'armée reprend Kidal`, `In Sudan, the army …`: who stands first behind a state is of it."""
        chunks = self.chunks
        if len(chunks) < _TITLE:
            return
        topic, mark, first = chunks[:3]
        if not (isinstance(topic, Nominal) and isinstance(mark, Link) and isinstance(first, Nominal)):
            return
        heads = mark.value == ":" and not topic.relation
        where = mark.value == "," and topic.relation in _WHERE
        if (
            not (heads or where)
            or topic.roles
            or topic.nouns
            or first.actors
            or first.relation
            or not first.roles
        ):
            return
        role = first.roles[0][0]
        if [actor.kind for actor in topic.actors] != ["country"] or role not in (
            _AT_HOME if where else _HEADED
        ):
            return
        first.actors = [self._as_holder(topic.actors[0], first)]
        if heads:
            topic.actors = []

    def _resolve(self, nominal: Nominal) -> None:
        actors = (
            self._own_actors(nominal) if nominal.names or (nominal.capital and self.discourse.people) else []
        )
        if nominal.genitive is not None:
            self._resolve(nominal.genitive)
            owners = nominal.genitive.actors
            if not actors and owners and (nominal.roles or not nominal.nouns):
                actors = [self._as_holder(actor, nominal) for actor in owners]
        for conjunct in nominal.conjuncts:
            self._resolve(conjunct)
            actors = self._joined(nominal, actors, conjunct)
        nominal.actors = actors

    def _joined(self, nominal: Nominal, actors: list[Actor], conjunct: Nominal) -> list[Actor]:
        """Add the actors of a conjunct; `American and Russian officials` share the role."""
        theirs = list(conjunct.actors)
        if theirs and actors and conjunct.roles and not nominal.roles and actors[-1].how == "adjective":
            for actor in actors:
                actor.role = actor.role or theirs[0].role
        elif theirs and actors and nominal.roles and not conjunct.roles:
            for actor in theirs:
                actor.role = actor.role or actors[0].role
        return actors + [actor for actor in theirs if all(actor.party != known.party for known in actors)]

    # --- names ------------------------------------------------------------------------------------------------

    def _own_actors(self, nominal: Nominal) -> list[Actor]:
        people: list[tuple[int, Use]] = []
        bodies: list[tuple[int, Use]] = []
        places: list[tuple[int, Use]] = []
        for at in nominal.names:
            uses = self.units[at].uses
            plain = len(uses) == 1 and not uses[0].entity.unless and not uses[0].case.endswith("?")
            use = uses[0] if plain else choose(uses, nominal, self.discourse, self.sentence)
            if use is not None:
                kind = use.entity.kind
                (people if kind == "person" else places if use.entity.is_place else bodies).append((at, use))
        if "MINORITY" in nominal.adjectives:  # ethnic Albanians act for themselves, not for Albania
            bodies = [(at, use) for at, use in bodies if use.how == "name"]
            nominal.roles = nominal.roles or (("people", nominal.head),)
        role = _weightiest(nominal)
        if places and not people and not role and self._is_personal_name([*places, *bodies]):
            return []  # a man named Paris Jordan
        if people:
            at, use = people[0]
            office = office_on(use.entity, self.discourse.day)
            party = (
                bodies[0][1].entity.party
                if bodies and bodies[0][1].how == "adj"
                else office.get("party") or use.entity.party
            )
            if party:
                return [
                    self._actor(
                        party,
                        office.get("role") or role or use.entity.role,
                        use.entity.name,
                        nominal,
                        "person",
                        "country",
                    )
                ]
        if bodies:
            return self._of_bodies(nominal, bodies, role)
        if places:
            return self._of_places(nominal, places, role)
        known = self._known_person(nominal)
        return [known] if known else []

    def _is_personal_name(self, names: list[tuple[int, Use]]) -> bool:
        """Whether a place and the name of another country stand side by side, as no address has them."""
        if len(names) < 2 or names[1][1].how != "name":
            return False
        (first, one), (second, two) = names[0], names[1]
        return first + 1 == second and one.entity.country != (two.entity.party or two.entity.country)

    def _of_bodies(self, nominal: Nominal, bodies: list[tuple[int, Use]], role: str | None) -> list[Actor]:
        bodies, role = _of_their_country(bodies, role)
        actors: list[Actor] = []
        person = self._unknown_name(nominal)
        for at, use in bodies:
            entity = use.entity
            if entity.kind == "pair":
                actors += [
                    self._actor(member, role, None, nominal, "name", "country", at)
                    for member in entity.members
                ]
                continue
            if entity.party is None or any(actor.party == entity.party for actor in actors):
                continue
            own_role = entity.role if entity.kind in ("agency", "metonym") else None
            how = (
                "adjective"
                if use.how == "adj" and (nominal.last > at or nominal.first < at or nominal.nouns)
                else "name"
            )
            if use.how == "people" and not role and self.units[at].low.endswith(("s", "x")):
                own_role = own_role or "people"
            actors.append(self._actor(entity.party, role or own_role, person, nominal, how, entity.kind, at))
        return actors

    def _of_places(self, nominal: Nominal, places: list[tuple[int, Use]], role: str | None) -> list[Actor]:
        at, use = places[-1]
        entity = use.entity
        if not entity.country:
            return []
        acts = entity.capital and nominal.relation not in ("in", "at", "near") and not nominal.nouns
        how = "capital" if acts else "place"
        own = role or ("government" if acts else None)
        return [self._actor(entity.country, own, self._unknown_name(nominal), nominal, how, "country", at)]

    def _actor(
        self,
        party: str,
        role: str | None,
        person: str | None,
        nominal: Nominal,
        how: str,
        kind: str,
        at: int = -1,
    ) -> Actor:
        first = at if how == "place" else nominal.first
        return Actor(
            party,
            role,
            person,
            self.reading.starts[first],
            self.reading.end(max(nominal.last, at)),
            how,
            kind,
        )

    def _as_holder(self, actor: Actor, holder: Nominal) -> Actor:
        role = _weightiest(holder) or actor.role
        person = self._unknown_name(holder) or (actor.person if not holder.roles else None)
        start = min(self.reading.starts[holder.first], actor.start)
        end = max(self.reading.end(holder.last), actor.end)
        return Actor(actor.party, role, person, start, end, actor.how if holder.roles else "of", actor.kind)

    # --- persons that no list knows ---------------------------------------------------------------------------

    def _words(self, nominal: Nominal) -> list[str]:
        return [
            self.units[at].text
            for at in range(nominal.first, nominal.last + 1)
            if self.reading.reads[at] == PLAIN and self.units[at].capital and self.units[at].text.isalpha()
        ]

    def _unknown_name(self, nominal: Nominal) -> str | None:
        """Return a capitalised sequence beside a role noun: `Foreign Minister Zarif`."""
        return " ".join(self._words(nominal)) or None if nominal.roles else None

    def _proper(self, nominal: Nominal) -> str | None:
        """Return the phrase if it is nothing but a name that no list knows."""
        words = self._words(nominal)
        return " ".join(words) if words and len(words) >= nominal.last - nominal.first else None

    def _learn_name(self, nominal: Nominal) -> None:
        """From now on the bare surname stands for the same person."""
        if len(nominal.actors) == 1 and (person := nominal.actors[0].person):
            actor = nominal.actors[0]
            if nominal.roles:
                self.discourse.people.setdefault(_surname(person), actor)
            if actor.how == "person" and nominal.names:
                self.discourse.people.setdefault(_surname(self.units[nominal.names[-1]].text), actor)

    def _known_person(self, nominal: Nominal) -> Actor | None:
        if not self.discourse.people:
            return None
        for at in range(nominal.first, nominal.last + 1):
            unit = self.units[at]
            if unit.capital and (known := self.discourse.people.get(unit.low)) is not None:
                return Actor(
                    known.party,
                    known.role,
                    known.person,
                    self.reading.starts[at],
                    self.reading.end(at),
                    "person",
                    known.kind,
                )
        return None

    def _apposition(self) -> None:
        """`Klaus Korhonen, Finland's ambassador`: of two phrases parted by a comma, one may name the other's party."""
        chunks = self.chunks
        for at in range(1, len(chunks) - 1):
            comma = chunks[at]
            if not (isinstance(comma, Link) and comma.value == ","):
                continue
            first, second = chunks[at - 1], chunks[at + 1]
            if (
                isinstance(first, Nominal)
                and isinstance(second, Nominal)
                and not (second.relation or second.pronoun or first.pronoun)
            ):
                self._share(_top_owner(first), second)

    def _share(self, first: Nominal, second: Nominal) -> None:
        one, two = first.actors, second.actors
        name, other = self._proper(first), self._proper(second)
        if one and not two and first.roles and other:
            self._name(one[0], other)
            second.actors = [one[0]]
        elif two and not one and second.roles and name:
            self._name(two[0], name)
            first.actors = [two[0]]
        elif one and two and first.roles and two[0].person and one[0].party == two[0].party:
            one[0].person = one[0].person or two[0].person
        elif not one and two and first.roles and two[0].person:
            start, end = self.reading.starts[first.first], self.reading.end(second.last)
            first.actors = [
                Actor(two[0].party, first.roles[0][0], two[0].person, start, end, "person", two[0].kind)
            ]

    def _name(self, actor: Actor, name: str) -> None:
        actor.person = actor.person or name
        self.discourse.people.setdefault(_surname(name), actor)

    # --- pronouns and definite roles --------------------------------------------------------------------------

    def _pronouns(self, nominals: list[Nominal]) -> None:
        before: Sequence[Actor] = ()
        earlier: list[Actor] = []  # subjects of this sentence before the last
        nearest: Sequence[Actor] = ()
        behind = False  # behind a verb a bare noun is its object, and no pronoun's first choice
        for at, nominal in enumerate(self.chunks):
            if not isinstance(nominal, Nominal):
                behind = isinstance(nominal, VerbGroup) and (behind or nominal.finite)
                continue
            if not nominal.actors and nominal.possessive and nominal.nouns and not nominal.roles:
                several = len(before) > 1 and self.units[nominal.first].low in _OF_SEVERAL
                owners = before if several else nearest or self.discourse.subject
                nominal.actors = [self._moved(actor, nominal, "pronoun") for actor in owners]
            besides = (
                nearest if self._dative(nominal) else before if behind and self._another(nominal, at) else ()
            )
            if not nominal.actors and besides:
                known = [*reversed(earlier), *self.discourse.subject, *reversed(self.discourse.recent)]
                own = {actor.party for actor in besides}
                other = next((actor for actor in known if actor.party not in own), None)
                nominal.actors = [self._moved(other, nominal, "pronoun")] if other is not None else []
            if not nominal.actors and (nominal.pronoun or nominal.roles):
                nominal.actors = self._stand_in(nominal, before) or self._two_of(nominal)
            nearest = nominal.actors or nearest
            if (
                any(actor.how != "place" for actor in nominal.actors)
                and not (
                    nominal.relation and not (nominal.relation in TIME_RELATIONS and self._speaks_next(at))
                )
                and not nominal.pronoun
                and not (behind and before and not self._speaks_next(at))
            ):
                earlier += before
                before = nominal.actors
        for nominal in nominals:
            if nominal.roles and nominal.roles[0][0] == "counterpart":
                _counterpart(nominal, nominals)

    def _speaks_next(self, at: int) -> bool:
        """Whether the phrase is the subject of a verb of its own: `sank after Ukraine said it had …`."""
        after = self.chunks[at + 1] if at + 1 < len(self.chunks) else None
        return isinstance(after, VerbGroup) and after.finite

    def _another(self, nominal: Nominal, at: int) -> bool:
        """Whether a pronoun behind a verb is somebody else than its subject: threatened it, but not `said it had`."""
        after = self.chunks[at + 1] if at + 1 < len(self.chunks) else None
        return (
            nominal.pronoun == "sg"
            and self.units[nominal.head].low in _OBJECTS
            and not (isinstance(after, VerbGroup) and after.finite)
        )

    def _dative(self, nominal: Nominal) -> bool:
        """French: `Il lui a promis`: to somebody else than who promises."""
        return nominal.relation == "to" and self.units[nominal.head].low in _DATIVES

    def _stand_in(self, nominal: Nominal, before: Sequence[Actor]) -> list[Actor]:
        if nominal.pronoun in ("sg", "pl"):
            return [self._moved(actor, nominal, "pronoun") for actor in before or self.discourse.subject]
        if nominal.pronoun == "both":
            return [self._moved(actor, nominal, "pronoun") for actor in self.discourse.pair]
        if nominal.possessive and nominal.roles:
            return [self._held(actor, nominal) for actor in before or self.discourse.subject]
        if nominal.definite and nominal.roles and nominal.genitive is None:
            role = nominal.roles[0][0]
            known = self.discourse.by_role.get(role)
            if known is not None and role not in _VAGUE_ROLES:
                return [self._moved(known, nominal, "definite")]
        return []

    def _two_of(self, nominal: Nominal) -> list[Actor]:
        """`A met B, and the two agreed`: where the text has named no pair before, the two that the sentence has."""
        if nominal.pronoun != "both":
            return []
        named = {
            actor.party: actor
            for chunk in self.chunks[: self.chunks.index(nominal)]
            if isinstance(chunk, Nominal)
            for actor in chunk.actors
            if actor.how not in ("place", "adjective")
        }
        return (
            [self._moved(actor, nominal, "pronoun") for actor in named.values()] if len(named) == _TWO else []
        )

    def _held(self, actor: Actor, nominal: Nominal) -> Actor:
        """`its troops`: the party of whom the sentence spoke, in the role of the noun."""
        moved = self._moved(actor, nominal, "pronoun")
        moved.role, moved.person = nominal.roles[0][0], None
        return moved

    def _moved(self, actor: Actor, nominal: Nominal, how: str) -> Actor:
        start, end = self.reading.starts[nominal.first], self.reading.end(nominal.last)
        return Actor(actor.party, actor.role, actor.person, start, end, how, actor.kind)


_OBJECTS: Final = frozenset(
    ("it", "him", "her")
)  # where English tells an object from a subject, or from a reflexive
_OF_SEVERAL: Final = frozenset(("leur", "leurs", "their"))
_DATIVES: Final = frozenset(("lui", "leur"))
_WEIGHT: Final = {"defence": 0, "forces": 0, "head": 1, "foreign": 1}


def _weightiest(nominal: Nominal) -> str | None:
    """Return the role that says most: in `ministre grec de la Défense` it is defence, not government."""
    if len(nominal.roles) < 2:
        return nominal.roles[0][0] if nominal.roles else None
    return min([role for role, _ in nominal.roles], key=lambda role: _WEIGHT.get(role, 2))


def _of_their_country(
    bodies: list[tuple[int, Use]], role: str | None
) -> tuple[list[tuple[int, Use]], str | None]:
    """`МИД Чехии`: a ministry that stands before a state is that state's, whichever it is when it stands alone."""
    (_, first), *others = bodies
    states = [(at, use) for at, use in others if use.entity.kind == "country" and use.how == "name"]
    if first.entity.kind != "agency" or not states or states[0][1].entity.party == first.entity.party:
        return bodies, role
    return others, role or first.entity.role


_WHERE: Final = frozenset(("in", "at", "to"))  # `À Khartoum, …`
_AT_HOME: Final = frozenset(
    ("forces", "government", "parliament", "opposition", "police", "crowd", "judiciary")
)
_HEADED: Final = _AT_HOME | {"head", "foreign", "defence", "rebels"}
_TITLE: Final = 4  # chunks: a topic, a colon, who acts, what they do
# Roles that `the …` does not lead back to one party.
_VAGUE_ROLES: Final = frozenset(("counterpart", "people", "crowd", "media", "business"))


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].lower()


def _top_owner(nominal: Nominal) -> Nominal:
    while nominal.relation == "of" and nominal.owner is not None:
        nominal = nominal.owner
    return nominal


def _counterpart(nominal: Nominal, nominals: list[Nominal]) -> None:
    """`his Russian counterpart` holds the same office as the one he is the counterpart of."""
    others = (actor for other in nominals if other is not nominal for actor in other.actors)
    role = next((actor.role for actor in others if actor.role and actor.role != "counterpart"), None)
    for actor in nominal.actors:
        if role and actor.role in ("counterpart", None):
            actor.role = role


_AT_PLACE: Final = frozenset(("in", "at", "near"))


def choose(uses: Iterable[Use], nominal: Nominal, discourse: Discourse, sentence: str) -> Use | None:
    """Return the use of an ambiguous name that fits best: what the text has named before, then what is larger."""
    best: tuple[float, Use] | None = None
    for use in uses:
        entity = use.entity
        if entity.unless and any(word in sentence for word in entity.unless):
            continue
        party = entity.party or entity.country or ""
        if use.case.endswith("?") and entity.kind != "country" and party not in discourse.parties:
            continue  # `the Alliance` is NATO only where the text has named it
        score = float(min(discourse.parties.get(party, 0), 3))
        if entity.kind in ("country", "bloc", "alliance", "igo"):
            score += 4
        elif entity.kind in ("metonym", "agency", "armed_group"):
            score += 0 if entity.kind == "metonym" and nominal.relation in _AT_PLACE else 3
        elif entity.kind == "person":
            score += (5 if nominal.roles else 2.5) if _in_office(entity, discourse.day) else 1.5
        elif entity.capital:
            score += 2
        else:
            score += min(entity.population / 1e7, 1.0)
        if nominal.relation in _AT_PLACE and entity.is_place:
            score += 1
        if best is None or score > best[0]:
            best = (score, use)
    return best[1] if best else None


def _in_office(entity: Entity, day: str) -> bool:
    return any(
        (office.get("since") or "") <= day <= (office.get("until") or "9999") for office in entity.offices
    )


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


def may_act(reading: Reading, discourse: Discourse) -> bool:
    """Whether a phrase of the sentence could stand for a party: by a name, or for one that was named before."""
    if NAME in reading.reads:
        return True
    people = discourse.people
    return not discourse.blank and any(unit.refers or unit.low in people for unit in reading.units)


def anyone(chunks: list[Chunk]) -> bool:
    """Whether a phrase names a party."""
    return any(isinstance(chunk, Nominal) and chunk.actors for chunk in chunks)


def remember(chunks: list[Chunk], main: Nominal | None, discourse: Discourse) -> None:
    """Carry what this sentence named over to the next ones. `main` is the subject of its main clause."""
    for chunk in chunks:
        if isinstance(chunk, Nominal) and chunk.actors and not chunk.pronoun:
            discourse.note(chunk.actors)
            if main is None and not chunk.relation:
                main = chunk
    if main is not None and main.actors:
        discourse.subject = list(main.actors)
