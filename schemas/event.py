"""Event: what the tagger emits, one mention of one happening, with the words that say so."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Id, Instant, Lang, Message, stable_id
from schemas.taxonomy import Polarity

Severity = Annotated[float, Field(ge=0, le=10, description="0 to 10 on the scale of the taxonomy.")]
Confidence = Annotated[float, Field(ge=0, le=1, description="Share of such events that are right.")]


class Status(StrEnum):
    """Whether it happened, as the article says it on the day it was published."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    CONDITIONAL = "conditional"
    DENIED = "denied"
    HISTORICAL = "historical"

    @property
    def counts(self) -> bool:
        """Whether events of this status count in an index or a metric of what happened."""
        return self in (Status.OCCURRED, Status.ONGOING)


class Party(Message):
    """A state, organisation or group in one role, and where the text names it."""

    id: str = Field(
        min_length=2, max_length=60, description="ISO 3166-1 alpha-3, or a registry id such as NATO."
    )
    name: str = Field(max_length=500, description="The words of the text.")
    role: str | None = Field(default=None, description="government, military, parliament, rebel, people, …")
    person: str | None = Field(default=None, description="The person who stands for the party.")
    start: int | None = Field(default=None, ge=0, description="Offset into the article's text.")
    end: int | None = Field(
        default=None, ge=0, description="Offset of the first character after the mention."
    )


class EventDate(Message):
    """When it happened: an interval, how precisely it is known, and the words that say so."""

    start: date = Field(description="First day that it may have happened on.")
    end: date = Field(description="Last day that it may have happened on; the same when the day is known.")
    precision: Literal["day", "week", "month", "year", "unknown"] = Field(
        description="How precisely the text dates it; `unknown` when it counts from the day of an undated article."
    )
    text: str | None = Field(
        default=None, description="The words of the text; none when it is the publication date."
    )


class Place(Message):
    """Where: a point is the centre of an area as large as `precision` says, never more exact."""

    name: str = Field(description="The words of the text.")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3.")
    lat: float | None = Field(default=None, ge=-90, le=90, description="Degrees north, WGS 84.")
    lon: float | None = Field(default=None, ge=-180, le=180, description="Degrees east, WGS 84.")
    precision: Literal["city", "region", "country", "sea"] = Field(
        default="city", description="How large the area is that the point is the centre of."
    )
    role: Literal["happened_at", "aimed_at", "said_at", "near"] = Field(
        default="happened_at", description="What the place is to the event."
    )


class Claim(Message):
    """Who asserts it: nobody but the article itself when `kind` is `article`."""

    kind: Literal["article", "official", "party", "anonymous", "media"] = Field(
        description="What kind of speaker asserts it."
    )
    by: str | None = Field(default=None, description="Party id of who asserts it.")
    text: str | None = Field(default=None, description="The words of the text.")


class Evidence(Message):
    r"""The very words. Offsets count characters of the article's `title + "\n" + body`."""

    quote: str = Field(min_length=1, description="The sentence or clause, as the article has it.")
    start: int = Field(ge=0, description="Offset of the quote's first character.")
    end: int = Field(gt=0, description="Offset of the first character after the quote.")
    lang: Lang = Field(description="Language of the quote.")
    trigger: str = Field(description="The words that made it an event.")
    cue: str | None = Field(default=None, description="The words that decided the status.")


class Codes(Message):
    """The same event in other people's ontologies; for exchange, nothing of ours is computed from it."""

    cameo: str = Field(description="CAMEO code.")
    goldstein: float | None = Field(default=None, description="Goldstein value of the CAMEO code, -10 to 10.")
    plover: str | None = Field(
        default=None, description="PLOVER event type, with its mode where there is one."
    )
    quadclass: Annotated[int, Field(ge=0, le=4)] = Field(
        description="1 verbal, 2 material cooperation; 3 verbal, 4 material conflict; 0 none of them."
    )


class ArticleRef(Message):
    """The article an event was read in."""

    id: Id
    url: str | None = Field(default=None, description="Where it was published.")
    source: str = Field(description="Id in the source registry.")
    published_at: Instant = Field(description="When it was published.")
    origin_hint: str | None = Field(
        default=None,
        description="Wire or publisher that the text or the feed names: an id of the source registry where it is "
        "known there, `agencies` where the text says that there were some.",
    )
    signature: str | None = Field(
        default=None,
        description="Near-copy fingerprint of the body; none when that is too short to be told apart.",
    )
    backfill: bool = Field(
        default=False, description="Whether it comes from an archive, or is old news under a new date."
    )


class Event(Message):
    """One mention of one happening: who did what to whom, whether, when, where, and the evidence."""

    id: Id
    type: str = Field(description="A name of the taxonomy.")
    family: str = Field(description="The family of the type in the taxonomy.")
    polarity: Polarity
    severity: Severity
    status: Status
    actors: list[Party] = Field(description="Who did it.")
    targets: list[Party] = Field(default=[], description="To whom.")
    object: str | None = Field(
        default=None, description="What it is about: an alliance, a channel, a weapon."
    )
    rival: list[Party] = Field(
        default=[], description="Against whom, as the text names it, e.g. by an accession."
    )
    third_party: list[Party] = Field(
        default=[], description="Who else has a part in it: mediator, host, witness."
    )
    event_date: EventDate
    place: Place | None = Field(
        default=None, description="Where it happened; none when the text does not say."
    )
    other_places: list[Place] = Field(default=[], description="Further places the text gives for it.")
    claim: Claim
    evidence: Evidence
    attributes: dict[str, str | int | float | bool] = Field(
        default={}, description="What the type knows beside its roles, e.g. gap_days, stage, scheduled."
    )
    confidence: Confidence
    codes: Codes
    article: ArticleRef
    tagged_at: Instant = Field(description="When the tagger read the article.")
    taxonomy: str = Field(description="Version of the taxonomy.")
    tagger: str = Field(description="Version of the tagger.")


def event_id(article: str, type_: str, status: str, span: tuple[int, int], roles: tuple[str, ...]) -> str:
    """Return the id of an event: tagging the same article again gives the same one."""
    return stable_id(article, type_, status, *span, *roles)
