"""What the API answers, as models: the page reads them, the OpenAPI document is written from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.event import Status
from schemas.story import Novelty
from schemas.taxonomy import Polarity

Direction = Literal["ltr", "rtl"]
Tone = Literal["escalatory", "deescalatory", "neutral"]
Count = Annotated[int, Field(ge=0)]


class Answer(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, ser_json_inf_nan="null")


class Problem(Answer):
    """What was wrong with a request."""

    code: str = Field(description="A word for programs: bad_parameter, not_found, too_many, no_token, …")
    message: str = Field(description="A sentence for people.")
    parameter: str | None = Field(default=None, description="The parameter that is wrong.")


class ErrorAnswer(Answer):
    """The answer to a request that cannot be met."""

    error: Problem


class PartyAnswer(Answer):
    """A party in a role."""

    id: str = Field(description="ISO 3166-1 alpha-3, or a registry id such as NATO.")
    name: str = Field(description="The words of the text.")
    role: str | None = Field(default=None, description="government, military, …")
    person: str | None = Field(default=None, description="The person who stands for it.")


class DateAnswer(Answer):
    """When it happened."""

    start: date
    end: date
    precision: str = Field(description="day, week, month, year or unknown.")


class PlaceAnswer(Answer):
    """Where it happened: an area, never a point."""

    name: str = Field(description="The words of the text.")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3.")
    lat: float | None = Field(default=None, description="Degrees north of the middle of the area.")
    lon: float | None = Field(default=None, description="Degrees east of the middle of the area.")
    precision: str = Field(description="city, region, country or sea.")
    radius_km: float = Field(description="How large the area is that it lies in, in kilometres.")


class QuoteAnswer(Answer):
    """The quote that a story rests on, in its own language."""

    text: str
    lang: str
    source: str = Field(description="Id of the source.")
    url: str | None = None
    dir: Direction = Field(description="Which way its script runs.")


class Card(Answer):
    """One story as the feed shows it."""

    id: str
    revision: int
    headline: str
    type: str = Field(description="A type of the taxonomy.")
    type_label: str = Field(description="The type in words.")
    family: str
    status: Status
    polarity: Polarity
    severity: float = Field(description="0 to 10.")
    confidence: float = Field(description="0 to 1.")
    novelty: Novelty
    counts: bool = Field(description="Whether it tells what happened: it occurred or is going on.")
    first_seen: datetime = Field(description="When the earliest report was published.")
    last_seen: datetime = Field(description="When the latest report was published.")
    updated_at: datetime = Field(description="When this revision was told; the feed is in this order.")
    event_date: DateAnswer
    place: PlaceAnswer | None = None
    dyads: list[str] = Field(description="Undirected, as RUS-USA.")
    actors: list[PartyAnswer]
    targets: list[PartyAnswer]
    origins: Count = Field(description="Independent first reporters.")
    mentions: Count
    sources: list[str] = Field(description="Ids of the sources, twenty at the most.")
    sources_beyond: Count = Field(default=0, description="Sources not in `sources`.")
    langs: list[str]
    quote: QuoteAnswer | None = None
    rules: list[str] = Field(default=[], description="Ids of the rules that alerted to it.")
    contradictions: Count = Field(description="Quotes that deny it or say otherwise.")
    cancelled: bool = Field(default=False, description="Whether every report that told it was taken back.")


class Sources(Answer):
    """How many sources are in which state."""

    alive: Count
    late: Count = Field(description="Silent for longer than their own rhythm.")
    dead: Count = Field(description="Silent for more than three times their own rhythm.")
    unknown: Count = Field(description="Without a known rhythm.")


class LateSource(Answer):
    """A source that is silent against its own rhythm."""

    id: str
    name: str
    last_article_at: datetime
    expected_seconds: float
    state: Literal["late", "dead"]


class FiringRule(Answer):
    """A rule that alerted within the last 24 hours."""

    rule: str
    title: str
    severity: float = Field(description="The gravest of its alerts.")
    alerts_24h: Count
    last_raised_at: datetime


class ByPolarity(Answer):
    """Stories that were first told within the last 24 hours and say what happened, each once."""

    escalatory: Count
    deescalatory: Count
    neutral: Count


class StatusAnswer(Answer):
    """The strip: how fresh the data is, which sources are silent, what fires."""

    now: datetime
    newest_article_at: datetime | None = Field(description="When the latest article came in.")
    data_age_seconds: float | None = Field(description="From then to now.")
    state: Literal["ok", "stale", "failed", "starting"] = Field(
        description="starting: what was told before is being read. stale: nothing came in for longer than the "
        "setting says. failed: the brokers do not answer."
    )
    sources: Sources
    sources_late: list[LateSource]
    stories_24h: ByPolarity
    rules_firing: list[FiringRule]
    stories_kept: Count


class AlertAnswer(Answer):
    """An alert as the stream tells it."""

    id: str
    msg_type: Literal["Alert", "Update", "Cancel"]
    rule: str
    title: str
    severity: float
    polarity: Polarity
    confirmed: bool
    summary: str
    stories: list[str] = Field(description="Ids of the stories that it tells of.")
    dyads: list[str]
    raised_at: datetime
