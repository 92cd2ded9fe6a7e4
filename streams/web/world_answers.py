"""What the API answers of dyads, of who did what to whom, of places, of rules, and of what can be filtered by."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from schemas.dyad import Contact, Line, Refusals
from schemas.taxonomy import Polarity
from streams.web.answers import Answer, Count
from streams.web.story_answers import WhyAnswer


class DyadRow(Answer):
    """A watched dyad as it is now."""

    id: str
    title: str
    sides: list[str]
    blocs: dict[str, list[str]] = Field(default={}, description="Members of the sides that are blocs.")
    tension: float | None = Field(default=None, description="Absent while no story is held.")
    low: float | None = Field(default=None, description="Lower edge of what is usual: z is -2 there.")
    high: float | None = Field(default=None, description="Upper edge of what is usual: z is 2 there.")
    z: float | None = None
    no_z: str | None = Field(default=None, description="Why there is no z: few_days or no_spread.")
    days_since: int | None = Field(default=None, description="Days since the last contact on any channel.")
    refusals: int = Field(default=0, description="Contacts refused in a row.")
    lines_open: int = 0
    lines_cut: int = 0
    as_of: date | None = None


class TensionPoint(Answer):
    """The tension of one day, and what was usual."""

    at: date
    tension: float
    low: float | None = None
    high: float | None = None
    z: float | None = None


class DyadEvent(Answer):
    """A story of the dyad as the chart shows it."""

    story: str
    headline: str
    at: date
    polarity: Polarity
    severity: float
    status: str
    planned: bool = Field(description="Announced or agreed, not done yet.")


class ContactAnswer(Answer):
    """Who spoke to whom last."""

    channels: list[Contact] = Field(default=[])
    days_since: int | None = None
    refusals: Refusals | None = None
    lines: list[Line] = Field(default=[])
    lines_open: int = 0
    lines_cut: int = 0


class DyadAnswer(Answer):
    """The dyad page."""

    dyad: DyadRow
    series: list[TensionPoint] = Field(description="Day by day, the earliest first.")
    events: list[DyadEvent] = Field(description="The latest ones, the earliest first.")
    contact: ContactAnswer


class Cell(Answer):
    """What one party did to another."""

    actor: str
    target: str
    escalatory: Count
    deescalatory: Count
    neutral: Count
    severity: float = Field(description="The gravest of them.")


class MatrixAnswer(Answer):
    """Who did what to whom."""

    actors: list[str] = Field(description="The busiest first.")
    targets: list[str] = Field(description="The busiest first.")
    cells: list[Cell]


class PlaceStories(Answer):
    """An area and the stories that happened somewhere in it."""

    lat: float | None = Field(default=None, description="Absent where the country alone is known.")
    lon: float | None = None
    radius_km: float = Field(description="The area is this large; a point would claim what no report says.")
    precision: str
    name: str
    country: str | None = None
    stories: Count
    polarity: Polarity = Field(description="Of most of them, by severity.")
    severity: float = Field(description="The gravest of them.")


class RuleAnswer(Answer):
    """A rule in force."""

    id: str
    title: str
    version: int
    description: str
    kind: str = Field(description="each, count, distinct, sum, sequence, absence, zscore, silence or always.")
    condition: str
    labels: dict[str, str] = Field(default={})
    yaml: str = Field(description="As it is written, ready for the rule lab.")
    alerts_24h: Count = 0


class MistakeAnswer(Answer):
    """Something wrong with a posted rule."""

    line: int = Field(description="Counts from 1; 0 is the text as a whole.")
    rule: str | None = None
    message: str


class DayCount(Answer):
    """New alerts of one day."""

    day: date
    alerts: Count


class SampleAnswer(Answer):
    """An alert that the rule would have raised."""

    rule: str
    story: str | None = None
    summary: str
    severity: float
    polarity: Polarity
    at: datetime
    quote: str | None = None
    why: list[WhyAnswer] = Field(default=[])


class BacktestAnswer(Answer):
    """What posted rules would have said over the history that is held; or what is wrong with them."""

    mistakes: list[MistakeAnswer] = Field(default=[])
    days: Count = Field(default=0, description="Days on which anything was reported.")
    alerts: Count = 0
    per_day: list[DayCount] = Field(default=[], description="Every day of the history, also those without.")
    samples: list[SampleAnswer] = Field(default=[])
    noise: dict[str, float] = Field(default={}, description="Shares of alerts that were likely noise.")
    untried: list[str] = Field(default=[], description="Rules that follow a clock; a history shows nothing.")


class Facet(Answer):
    """A value that can be filtered by."""

    id: str
    label: str
    stories: Count = 0


class FacetsAnswer(Answer):
    """What filters can be set to; of what news names, the commonest."""

    types: list[Facet]
    families: list[Facet]
    statuses: list[Facet]
    polarities: list[Facet]
    languages: list[Facet]
    sources: list[Facet]
    rules: list[Facet]
    dyads: list[Facet]


class FeedbackRequest(Answer):
    """A word on a story."""

    story: Annotated[str, Field(min_length=1, max_length=200)]
    verdict: str = Field(description="right, wrong-type, wrong-actor, …")
    note: Annotated[str, Field(max_length=2000)] | None = None
    author: Annotated[str, Field(min_length=1, max_length=120)] = "live page"


class SilenceRequest(Answer):
    """What nobody wants to be told of."""

    match: dict[str, Any] = Field(description="As routes and silences write it: rule, dyad, min_severity, …")
    lasts: str = Field(description="How long: 30m, 4h or 2d.")
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    author: Annotated[str, Field(min_length=1, max_length=120)] = "live page"


class SilenceAnswer(Answer):
    """A silence."""

    id: str
    match: dict[str, Any]
    starts_at: datetime
    ends_at: datetime
    author: str
    reason: str
    holds: bool = Field(description="Whether it is in force.")
