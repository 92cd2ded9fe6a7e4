"""Dyad: the state of one watched pair, as contacts and as a number that can be explained."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Id, Message

Days = Annotated[int, Field(ge=0)]


class Tension(Message):
    """The index in one direction, and how unusual it is for this pair."""

    direction: str = Field(description="RUS-USA for both ways together, RUS>USA for what RUS did to USA.")
    value: float = Field(description="Above 0 when what escalates outweighs; no unit, see the formula.")
    stories: Days = Field(description="Stories of the days held that count in it, each once.")
    median: float | None = Field(default=None, description="Median of the value over the baseline days.")
    mad: float | None = Field(default=None, description="Median absolute deviation over the baseline days.")
    z: float | None = Field(default=None, description="0.6745 * (value - median) / mad; robust to outliers.")
    no_z: Literal["few_days", "no_spread"] | None = Field(
        default=None,
        description="Why there is no z: fewer baseline days than the formula asks for, or a mad of 0.",
    )


class Window(Message):
    """What the numbers are made of: the days really held, not the days wished for."""

    start: date = Field(description="First day held.")
    monitored_days: Days = Field(description="Days since then on which any story was seen, as_of included.")
    baseline_days: Days = Field(description="Days that the median is taken over.")
    relative_volume: float = Field(
        description="Stories a day in the week before as_of against the usual, in the steps of the formula."
    )


class Contact(Message):
    """The last contact on one channel."""

    channel: str = Field(description="A channel of the formula: military, leaders, talks.")
    day: date = Field(description="When; the last day it may have been when only a week or month is known.")
    precision: Literal["day", "week", "month"] = Field(description="How precisely it is dated.")
    background: bool = Field(description="Whether it is known from looks back alone, not from reports of it.")
    story: Id = Field(description="The story that tells of it.")
    headline: str = Field(description="The headline of that story.")
    silence_days: Days = Field(description="Days from it to as_of.")
    before: date | None = Field(default=None, description="The contact before it on this channel.")
    gap_days: Days | None = Field(default=None, description="Days between the two.")
    gap_from: Literal["report", "background", "text"] | None = Field(
        default=None,
        description="How the one before is known: a report of it, a look back that dates it, or the text's "
        "own count of days.",
    )
    text_gap_days: Days | None = Field(default=None, description="The days that the text itself counts.")
    sentence: str | None = Field(
        default=None, description="Said when the gap is notable: First military contact in 84 days …"
    )


class Refusals(Message):
    """Contact refused since the last contact on any channel."""

    in_a_row: Days = Field(description="Refusals reported since then; looks back are not counted.")
    by: list[str] = Field(default=[], description="Sides that refused.")
    last: date | None = Field(default=None, description="The latest known refusal since then.")
    background: bool = Field(default=False, description="Whether the latest is known from a look back alone.")


class Line(Message):
    """A line of communication: a hotline, a liaison, an inspection regime."""

    name: str = Field(description="As the text names it, else `unnamed`.")
    state: Literal["open", "cut"] = Field(description="What was told of it last.")
    since: date = Field(description="When it was opened or cut.")
    background: bool = Field(description="Whether it is known from a look back alone.")
    story: Id = Field(description="The story that tells of it.")
    headline: str = Field(description="The headline of that story.")


class Dyad(Message):
    """One watched dyad as of one day. A function of the stories alone: no clock, no order of arrival."""

    id: Id = Field(description="The dyad, undirected, in alphabetical order: RUS-USA.")
    sides: Annotated[list[str], Field(min_length=2, max_length=2)] = Field(
        description="Its two sides; the first acts in the first of the directed values."
    )
    blocs: dict[str, list[str]] = Field(
        default={}, description="Members of the sides that are blocs; any of them stands for its bloc."
    )
    as_of: date = Field(description="The latest day that anything monitored was published on.")
    formula: str = Field(description="Version of the formula.")
    tension: Tension = Field(description="Both ways together; a story counts once.")
    directed: Annotated[list[Tension], Field(min_length=2, max_length=2)] = Field(
        description="What the first side did to the second, and the reverse."
    )
    window: Window = Field(description="The days that the numbers are made of.")
    contacts: list[Contact] = Field(default=[], description="The last contact on each channel, latest first.")
    silence_days: Days | None = Field(
        default=None, description="Days since the last contact on any channel; none when none is held."
    )
    refusals: Refusals = Field(description="Contact refused since the last contact.")
    lines: list[Line] = Field(default=[], description="Lines told of, latest first; the ten latest.")
    lines_open: Days = Field(description="Lines that were last told to be open.")
    lines_cut: Days = Field(description="Lines that were last told to be cut.")
    backfill: bool = Field(
        default=False,
        description="Whether what changed it last comes from an archive: then it raises no alert.",
    )
