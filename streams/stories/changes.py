"""What a revision says otherwise than the one before, and whether that is news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas import Novelty, Status
from schemas.story import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Story

Said = str | int | float | bool | None


def changes(before: Story, after: Story) -> list[Change]:
    """Return what is told otherwise, in the order of the fields."""
    if before.lead is after.lead and _counts(before) == _counts(after):
        return []
    old, new = dict(_said(before)), dict(_said(after))
    return [
        Change(field=name, before=old.get(name), after=new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _counts(story: Story) -> tuple[object, ...]:
    """Return what may change while the same event tells the story."""
    return story.severity, story.attributes, story.cancelled


def novelty(story: Story, changed: list[Change]) -> Novelty:
    """Return what the latest report added to a story; what is told only as history stays background."""
    if story.status is Status.HISTORICAL and not story.cancelled:
        return Novelty.BACKGROUND
    return Novelty.UPDATE if any(_is_news(change, story) for change in changed) else Novelty.REPEAT


def _is_news(change: Change, story: Story) -> bool:
    """Tell a new state, a graver one or a new number from the same thing in other words."""
    match change.field:
        case "status" | "cancelled":
            return True
        case "severity":
            return _number(change.after) > _number(change.before)
        case "event_date":
            return story.status is Status.PLANNED
        case "actors" | "targets" | "place":
            return not change.before
    return change.field.startswith("attributes.") and change.after is not None


def _said(story: Story) -> Iterator[tuple[str, Said]]:
    """Yield what a reader would call the content of a story."""
    yield "type", story.type
    yield "status", story.status.value
    yield "severity", story.severity
    yield "actors", _ids(story.actors)
    yield "targets", _ids(story.targets)
    yield "event_date", f"{story.event_date.start}/{story.event_date.end}"
    yield "place", story.place.name if story.place else None
    for name, value in sorted(story.attributes.items()):
        yield f"attributes.{name}", value
    yield "cancelled", story.cancelled


def _ids(parties: list[Any]) -> str:
    return ", ".join(sorted({party.id for party in parties}))


def _number(value: Said) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
