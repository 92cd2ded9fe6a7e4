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
    differs: dict[str, str | int | float | bool] = Field(
        default={}, description="Of a contradiction: what it says otherwise, as status or killed."
    )


class Report(Message):
    """One article that tells the story."""

    article: Id
    source: str = Field(description="Id in the source registry.")
    origin: str | None = Field(
        default=None, description="The wire or the owner of the source; none where neither is known."
    )
    named: bool = Field(default=False, description="Whether the article names its origin, as `(AFP)` does.")
    copy_of: Id | None = Field(default=None, description="The first article of this text, when it is a copy.")
    signature: str | None = Field(
        default=None, description="Near-copy fingerprint; kept of the first article of a text alone."
    )
    lang: Lang = Field(description="Language of its quotes.")
    published_at: Instant = Field(description="When it was published.")
    events: list[Id] = Field(description="Its mentions.")
    backfill: bool = Field(default=False, description="Whether it comes from an archive.")


class Change(Message):
    """One thing that a revision says otherwise than the one before."""

    field: str = Field(description="A field of the story, or attributes.NAME.")
    before: str | int | float | bool | None = Field(default=None, description="None when it was not known.")
    after: str | int | float | bool | None = Field(default=None, description="None when it is not known now.")


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
    rival: list[Party] = Field(default=[], description="Against whom, as the text names it.")
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
    origins: Annotated[int, Field(ge=0)] = Field(
        description="Independent first reporters; 0 when every report was taken back."
    )
    origin_names: list[str] = Field(
        default=[], description="The first reporters that `origins` counts: wires named, else sources."
    )
    unknown_sources: Annotated[int, Field(ge=0)] = Field(
        default=0,
        description="Sources whose owner is not known: they may all be one, so none adds an origin.",
    )
    mentions: Annotated[int, Field(ge=0)] = Field(
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
    changes: list[Change] = Field(default=[], description="What this revision says otherwise.")
    cancelled: bool = Field(default=False, description="Whether every report that told it was taken back.")
    backfill: bool = Field(
        default=False,
        description="Whether every report of it comes from an archive: then it raises no alert.",
    )
    contradictions: list[StoryEvidence] = Field(default=[], description="Reports that deny it or differ.")
    lead: Event = Field(description="The event that tells the story best.")
    next_best: list[Event] = Field(
        default=[], description="Events of other articles that would tell it if the lead were taken back."
    )
    reports: list[Report] = Field(default=[], description="The articles; the latest ones of a large story.")
    taxonomy: str = Field(description="Version of the taxonomy.")
