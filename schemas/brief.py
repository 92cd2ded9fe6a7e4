"""Brief: of an alert, what decides whom to tell and when, and one line to tell it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import Severity, Status
from schemas.taxonomy import Polarity

if TYPE_CHECKING:
    from schemas.alert import Alert
    from schemas.story import Story


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
    story: Id | None = Field(default=None, description="The story; none where no story made it fire.")
    type: str | None = Field(default=None, description="The story's type, a name of the taxonomy.")
    group: dict[str, str] = Field(default={}, description="What the rule groups by, and whose group it is.")
    repeat_seconds: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The rule's least time between two new alerts of one group."
    )
    cap: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The rule's most new alerts an hour to one receiver."
    )
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
    return Brief(
        alert=alert.id,
        msg_type=alert.msg_type,
        thread=alert.dedup_key,
        rule=alert.rule.id,
        rule_version=alert.rule.version,
        route=alert.route,
        labels=alert.labels,
        group=alert.group,
        repeat_seconds=alert.repeat_seconds,
        cap=alert.cap,
        severity=alert.severity,
        polarity=alert.polarity,
        status=alert.status,
        confirmed=alert.confirmed,
        dyads=alert.dyads,
        summary=alert.summary,
        raised_at=alert.raised_at,
        **_of_story(alert.story),
    )


def _of_story(story: Story | None) -> dict[str, Any]:
    if story is None:
        return {}
    return {
        "story": story.id,
        "type": story.type,
        "parties": list(dict.fromkeys(party.id for party in (*story.actors, *story.targets))),
        "country": story.place.country if story.place else None,
        "sources": story.sources[:MOST_SOURCES],
    }
