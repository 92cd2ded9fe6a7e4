"""What the corpus is made of: happenings, the names of their parties and places, the words of each language."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, RootModel, ValidationError

from schemas import Status, yaml12

HERE = Path(__file__).parent
LANGS = ("en", "fr", "ru", "uk", "de", "es")


class UnusableCorpus(Exception):
    """A file of the corpus does not fit its schema."""


class UnusableNumber(ValueError):
    """A number that takes another plural in Russian or Ukrainian than the patterns are written in."""


def _plural(number: int) -> int:
    if number < 5 or (number % 10 in (1, 2, 3, 4) and number % 100 not in (11, 12, 13, 14)):
        raise UnusableNumber(f"{number} takes another plural in Russian; take 5 to 20, 25 to 30, 35 …")
    return number


def _listed(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Number = Annotated[int, AfterValidator(_plural)]
Numbers = Annotated[tuple[Number, ...], BeforeValidator(_listed)]  # as it rises from day to day
Forms = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Slot = Literal["by", "on", "at", "day"]
Loaded = TypeVar("Loaded", bound=BaseModel)


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Happening(Part):
    """One invented happening; happenings.yaml says what each field means."""

    kind: str
    by: str
    on: str
    day: date
    at: str | None = None
    also: str | None = None
    killed: Numbers = ()
    count: Numbers = ()
    announced: int = Field(default=0, ge=0)
    denied: bool = False
    only: Literal["planned", "denied"] | None = None
    anniversary: bool = False
    id: str = ""
    theatre: str = ""
    what: str = ""
    needs: tuple[Slot, ...] = ()


class Scene(Part):
    what: str
    happenings: dict[str, Happening]
    needs: tuple[Slot, ...] = ()


class Sources(RootModel[dict[str, list[str]]]):
    """The contents of sources.yaml."""


class World(Part):
    """The contents of happenings.yaml."""

    kinds: dict[str, tuple[str, ...]]  # the types it may be read as, the likeliest first
    together: tuple[str, ...]
    apart: tuple[str, ...]
    theatres: dict[str, tuple[Scene, ...]]


class Calendar(Part):
    """How a language says a day."""

    weekdays: tuple[str, ...] = Field(min_length=7, max_length=7)
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    date: tuple[str, ...]
    full_date: str
    today: str
    yesterday: str
    tomorrow: str
    this_week: str
    last_week: str


class Reports(Part):
    """How one kind of happening is told: a sentence each, a headline without its full stop."""

    occurred: tuple[str, ...]
    headline: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    lookback: tuple[str, ...] = ()

    def told_as(self, status: Status) -> tuple[str, ...]:
        """Return the sentences that tell it in this status."""
        named = {
            Status.PLANNED: self.planned,
            Status.DENIED: self.denied,
            Status.HISTORICAL: self.lookback,
        }
        return named.get(status, self.occurred)


class Language(Part):
    """The words of one language."""

    calendar: Calendar
    titles: tuple[str, ...]
    asides: tuple[str, ...]
    reports: dict[str, Reports]
    numbers: dict[int, str] = {}  # written out as often as not, where no case changes them
    mends: tuple[tuple[str, str], ...] = ()


class Place(Part):
    country: str
    en: Forms
    fr: Forms
    de: Forms
    es: Forms
    ru: Forms
    uk: Forms


class Party(Part):
    capital: str | None = None  # none where the tagger reads another party, as Brussels for Belgium
    en: Forms
    fr: Forms
    de: Forms
    es: Forms
    ru: Forms
    uk: Forms


class Names(Part):
    """The contents of names.yaml; `forms` names what the lists of a language hold."""

    forms: dict[Literal["place", "party"], dict[str, tuple[str, ...]]]
    places: dict[str, Place]
    parties: dict[str, Party]

    def of(self, kind: Literal["place", "party"], key: str, lang: str) -> dict[str, str]:
        """Return the forms of a place or party in a language, the name itself as `nom`."""
        listed = (self.places if kind == "place" else self.parties)[key]
        return dict(zip(self.forms[kind].get(lang, ("nom",)), getattr(listed, lang), strict=True))


def loaded(model: type[Loaded], name: str, folder: Path = HERE) -> Loaded:
    """Return the contents of a file. Raises UnusableCorpus naming the file and every entry that does not fit."""
    try:
        return model.model_validate(yaml12.load((folder / name).read_text(encoding="utf-8")))
    except ValidationError as error:
        wrong = (f"  {' > '.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise UnusableCorpus("\n".join([f"{name} does not fit:", *wrong])) from error


@cache
def world() -> World:
    """Return the invented world."""
    return loaded(World, "happenings.yaml")


@cache
def happenings() -> dict[str, Happening]:
    """Return every happening by its id, with its id, theatre and scene told on it."""
    return {
        id_: one.model_copy(update={"id": id_, "theatre": theatre, "what": scene.what, "needs": scene.needs})
        for theatre, scenes in world().theatres.items()
        for scene in scenes
        for id_, one in scene.happenings.items()
    }


@cache
def language(lang: str) -> Language:
    """Return the words of a language."""
    return loaded(Language, f"languages/{lang}.yaml")


@cache
def names() -> Names:
    """Return the names of parties and places."""
    return loaded(Names, "names.yaml")


@cache
def sources() -> dict[str, list[str]]:
    """Return the outlets by the language they write in."""
    return loaded(Sources, "sources.yaml").root
