"""The actor lists: who and what the names of a text stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, ValidationError

from lookups import cities
from lookups.models import Kind, RoleName, Text
from lookups.source import BadData, Entry, Source, near_miss
from lookups.words import AMBIGUOUS, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LATIN = ("en", "fr", "de", "es", "it", "pt", "pl", "tr")
"""The languages that the key `latin` stands for."""

# Who acts in his own name; the others act for somebody, or not at all.
_ACTING = frozenset(
    ("country", "bloc", "alliance", "igo", "ngo", "armed_group", "agency", "company", "media")
)

# In this order in entities.json: what a name means first when nothing else decides.
_ORDER = (
    "country", "alliance", "bloc", "igo", "armed_group", "agency", "ngo", "metonym", "person", "media",
    "company", "region", "sea", "city", "pair")  # fmt: skip


class Name(Entry):
    """One name in all its forms, told at the head of countries.yaml."""

    text: Text
    ambiguous: bool = False
    capital: Literal[0, 1, 2] | None = None


Names = dict[str, list[Text | Name]]
Day = Annotated[str, BeforeValidator(str), StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Office(Entry):
    """An office that a person held; `party` when it is another than the person's own."""

    role: RoleName
    title: Text
    party: Text | None = None
    since: Day
    until: Day | None = None


class Actor(Entry):
    """One entity of an actor list."""

    id: Text
    name: Text
    kind: Kind | None = None
    party: Text | None = None
    role: RoleName | None = None
    names: Names = Field(default={})
    adjectives: Names = Field(default={})
    people_nouns: Names = Field(default={})
    alone: Names = Field(default={})
    ambiguous: bool = False
    unless: dict[str, list[Text]] = Field(default={})
    offices: list[Office] = Field(default=[])
    members: list[Text] = Field(default=[])
    country: Text | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    capital: bool = False
    since: Day | None = None
    until: Day | None = None


class ActorFile(Entry):
    """One file of actors; `kind` holds for every entry that has none of its own."""

    kind: Kind | None = None
    entities: list[Actor] = Field(min_length=1)


class Actors:
    """All entities in their order, and their names by language."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = sorted(
            actors, key=lambda actor: (_ORDER.index(actor.kind or "city"), -(actor.population or 0), actor.id)
        )

    @classmethod
    def read(cls, folder: Path, shown_as: str) -> Actors:
        """Read every file of the folder. Raises BadData when entries do not fit, or repeat an id."""
        actors: list[Actor] = []
        mistakes: list[str] = []
        where: dict[str, str] = {}
        for here, actor in (*_listed(folder, shown_as), *_cities(folder, shown_as)):
            if actor.id in where:
                mistakes.append(f"{here}: {actor.id}: stands a second time, first in {where[actor.id]}")
            if actor.kind is None:
                mistakes.append(f"{here}: {actor.id}: has no kind, and the file has none either")
            where.setdefault(actor.id, here)
            actors.append(actor)
        mistakes += _unknown_references(actors, where)
        if mistakes:
            raise BadData(mistakes)
        return cls(actors)

    def rows(self) -> list[dict[str, Any]]:
        """Return what entities.json says of each."""
        return [_row(actor) for actor in self._actors]

    def forms(self, language: str) -> Iterator[Form]:
        """Return every name in a language."""
        for index, actor in enumerate(self._actors):
            for how, names in (
                ("name", actor.names),
                ("adj", actor.adjectives),
                ("people", actor.people_nouns),
                ("alone", actor.alone),
            ):
                keys = ("latin", language) if language in LATIN else (language,)
                for item in (item for key in keys for item in names.get(key, ())):
                    name = item if isinstance(item, Name) else Name(text=item)
                    yield from _name_forms(name, index, how, ambiguous=actor.ambiguous or name.ambiguous)


def _listed(folder: Path, shown_as: str) -> Iterator[tuple[str, Actor]]:
    """Yield each entity of the YAML files with its place."""
    for path in sorted(folder.glob("*.yaml")):
        source = Source.read(path, f"{shown_as}/{path.name}")
        file = source.parse(ActorFile)
        for at, actor in enumerate(file.entities):
            here = f"{source.path}:{source.line(('entities', at))}"
            yield here, actor.model_copy(update={"kind": actor.kind or file.kind})


def _cities(folder: Path, shown_as: str) -> Iterator[tuple[str, Actor]]:
    for number, city in cities.rows(folder / "cities.tsv", f"{shown_as}/cities.tsv"):
        here = f"{shown_as}/cities.tsv:{number}"
        try:
            yield here, Actor.model_validate(city)
        except ValidationError as error:
            raise BadData(
                f"{here}: {city['id']}: {each['loc'][0]}: {each['msg']}" for each in error.errors()
            ) from error


def _unknown_references(actors: list[Actor], where: dict[str, str]) -> Iterator[str]:
    for actor in actors:
        parties = (office.party for office in actor.offices)
        for other in (actor.party, actor.country, *actor.members, *parties):
            if other is not None and other not in where:
                yield f"{where[actor.id]}: {actor.id}: no entity is {other!r}{near_miss(other, where)}"


def _row(actor: Actor) -> dict[str, Any]:
    row = actor.model_dump(
        include={
            "id", "kind", "name", "role", "country", "lat", "lon", "population", "capital", "since", "until",
            "members", "offices",
        },
        exclude_defaults=True,
    )  # fmt: skip
    party = actor.party or (actor.id if actor.kind in _ACTING else None)
    unless = sorted({word.lower() for words in actor.unless.values() for word in words})
    if actor.kind != "pair":
        row.pop("members", None)  # who is in a bloc is for people to read; only a pair is read as its members
    return row | ({"party": party} if party else {}) | ({"unless": unless} if unless else {})


def _name_forms(name: Name, index: int, how: str, *, ambiguous: bool) -> Iterator[Form]:
    for part in name.text.replace(" / ", "|").split("|"):  # `Donostia / San Sebastián` are two names
        form, _, cases = part.strip().partition("/")
        capital = name.capital if name.capital is not None else _capital(form)
        remarks = cases + AMBIGUOUS * ambiguous
        yield Form(form, ("e", index, how, capital, *((remarks,) if remarks else ())))


def _capital(form: str) -> int:
    letters = [char for char in form if char.isalpha()]
    if not letters or not letters[0].isupper():
        return 0
    return 2 if len(letters) > 1 and all(char.isupper() for char in letters) else 1
