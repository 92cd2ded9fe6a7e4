"""Brief: of an alert, what decides whom to tell and when, and one line to tell it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import Severity, Status
from schemas.taxonomy import Polarity

if TYPE_CHECKING:
    from schemas.alert import Alert


class Brief(Message):
    """An alert in brief. It is enough for every decision, and for one line of a digest."""

    alert: Id = Field(description="The alert.")
    msg_type: Literal["Alert", "Update", "Cancel"] = Field(
        description="New, or a change or withdrawal of its thread."
    )
    thread: str = Field(description="The dedup key of the alert: one thread per rule and story.")
    rule: str = Field(description="Id of the rule.")
    rule_version: int = Field(description="Its version.")
    route: str | None = Field(default=None, description="The route that the rule asks for.")
    labels: dict[str, str] = Field(default={}, description="Labels of the rule.")
    story: Id
    type: str = Field(description="A name of the taxonomy.")
    severity: Severity
    polarity: Polarity
    status: Status
    confirmed: bool = Field(description="Whether enough independent origins tell it.")
    dyads: list[str] = Field(default=[], description="Undirected, as RUS-USA.")
    parties: list[str] = Field(default=[], description="Actors and targets.")
    country: str | None = Field(default=None, description="Where it happened.")
    sources: list[str] = Field(default=[], description="Ids in the source registry; the first of many.")
    summary: str = Field(description="One sentence.")
    raised_at: Instant = Field(description="When the rule fired.")


MOST_SOURCES = 10  # of one story, named in brief


def brief_of(alert: Alert) -> Brief:
    """Return an alert in brief."""
    story = alert.story
    said: dict[str, Any] = {"route": getattr(alert, "route", None), "labels": getattr(alert, "labels", {})}
    return Brief(
        alert=alert.id,
        msg_type=alert.msg_type,
        thread=alert.dedup_key,
        rule=alert.rule.id,
        rule_version=alert.rule.version,
        story=story.id,
        type=story.type,
        severity=alert.severity,
        polarity=alert.polarity,
        status=alert.status,
        confirmed=getattr(alert, "confirmed", story.origins > 1),
        dyads=story.dyads,
        parties=list(dict.fromkeys(party.id for party in (*story.actors, *story.targets))),
        country=story.place.country if story.place else None,
        sources=story.sources[:MOST_SOURCES],
        summary=alert.summary,
        raised_at=alert.raised_at,
        **said,
    )
