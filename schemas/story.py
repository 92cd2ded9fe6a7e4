"""Story: all reports of one happening, over articles, sources and languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Id, Instant, Lang, Message
from schemas.event import Confidence, Event, EventDate, Evidence, Party, Place, Severity, Status
from schemas.taxonomy import Polarity


class Novelty(StrEnum):
    """What the latest mention added."""

    FIRST = "first"
    UPDATE = "update"
    REPEAT = "repeat"
    BACKGROUND = "background"


class StoryEvidence(Message):
    """A quote and where it was published."""

    event: Id = Field(description="The event that the quote made.")
    source: str = Field(description="Id in the source registry.")
    url: str | None = Field(default=None, description="Where it was published.")
    evidence: Evidence


class Story(Message):
    """One happening. Each change is a new `revision`; of two, the higher one holds."""

    id: Id
    revision: Annotated[int, Field(ge=1)] = Field(
        description="Counts the changes; of two, the higher one holds."
    )
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
    third_party: list[Party] = Field(
        default=[], description="Who else has a part in it: mediator, host, witness."
    )
    dyads: list[str] = Field(default=[], description="Undirected, as RUS-USA, in alphabetical order.")
    event_date: EventDate
    place: Place | None = Field(default=None, description="Where it happened; none when no report says.")
    attributes: dict[str, str | int | float | bool] = Field(
        default={}, description="What the type knows beside its roles, e.g. gap_days, stage, scheduled."
    )
    headline: str = Field(description="The happening in one line.")
    first_seen: Instant = Field(description="When the earliest report was published.")
    last_seen: Instant = Field(description="When the latest report was published.")
    origins: Annotated[int, Field(ge=1, description="Independent first reporters.")]
    origin_names: list[str] = Field(
        default=[], description="The first reporters that `origins` counts: wires named, else sources."
    )
    mentions: Annotated[int, Field(ge=1)] = Field(
        description="Events merged, reprints and repetitions included."
    )
    sources: list[str] = Field(description="Ids in the source registry.")
    langs: list[Lang] = Field(description="Languages that it was reported in.")
    articles: list[Id] = Field(description="The earliest ones; `articles_beyond` counts the rest.")
    articles_beyond: Annotated[int, Field(ge=0)] = Field(default=0, description="Articles not in `articles`.")
    events: list[Id] = Field(description="Mentions merged so far, so that a replay is recognised.")
    evidence: list[StoryEvidence] = Field(description="The best ones, best first.")
    confidence: Confidence
    novelty: Novelty
    contradictions: list[StoryEvidence] = Field(default=[], description="Reports that deny it or differ.")
    lead: Event = Field(description="The event that tells the story best.")
    taxonomy: str = Field(description="Version of the taxonomy.")
