"""Contribution: what one story adds to the dyads that it is about, without its texts."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import EventDate, Severity, Status
from schemas.taxonomy import Polarity

PartyId = Annotated[str, Field(min_length=2, max_length=60)]


class Contribution(Message):
    """One story as the tension of dyads is made of it. Of two revisions the higher one holds."""

    id: Id = Field(description="The story.")
    revision: Annotated[int, Field(ge=1)] = Field(description="Revision of the story.")
    type: str = Field(description="A name of the taxonomy.")
    family: str = Field(description="The family of the type in the taxonomy.")
    polarity: Polarity
    severity: Severity
    status: Status
    actors: list[PartyId] = Field(default=[], description="Ids of who did it, in alphabetical order.")
    targets: list[PartyId] = Field(
        default=[], description="Ids of whom it was done to, in alphabetical order."
    )
    rivals: list[PartyId] = Field(default=[], description="Ids of whom it is against, in alphabetical order.")
    object: str | None = Field(default=None, description="What it is about, e.g. the channel of a line.")
    event_date: EventDate
    first_seen: Instant = Field(description="When the earliest report was published.")
    last_seen: Instant = Field(description="When the latest report was published.")
    origins: Annotated[int, Field(ge=0)] = Field(
        description="Independent first reporters; none when nothing is left of the story."
    )
    mentions: Annotated[int, Field(ge=0)] = Field(description="Reports in all.")
    attributes: dict[str, str | int | float | bool] = Field(
        default={}, description="Those that matter to a dyad: gap_days, the days since the contact before."
    )
    headline: str = Field(description="The happening in one line.")
    cancelled: bool = Field(default=False, description="Whether every report that told it was taken back.")
    backfill: bool = Field(default=False, description="Whether every report of it comes from an archive.")
