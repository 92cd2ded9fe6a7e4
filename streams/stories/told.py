"""What the best events of a story tell together, and which events those are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas import Status
from streams.stories.headline import headline
from streams.stories.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas import Event, Story

MOST = 5  # events kept whole: the one that tells the story, and those that would if it were taken back

# What holds when reports of one happening differ, strongest first. A plan is overtaken by the deed and by
# any later look back on it; a denial is overtaken by a report that it happened, and kept as a contradiction.
PRECEDENCE = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.HISTORICAL,
    Status.DENIED,
    Status.PLANNED,
    Status.CONDITIONAL,
)
_STRENGTH = {status: len(PRECEDENCE) - at for at, status in enumerate(PRECEDENCE)}


def best(events: Iterable[Event]) -> list[Event]:
    """Return the events to keep, the one that tells the story first: MOST, one of each article.

    Beyond those, the one with the highest count of what rises (the dead), so that the count can be shown.
    """
    ranked = sorted(events, key=rank, reverse=True)
    of_article: dict[str, Event] = {}
    for event in ranked:
        of_article.setdefault(event.article.id, event)
    tolls = [toll for name in rules().rising if (toll := highest(ranked, name))]
    kept = {event.id: event for event in (*list(of_article.values())[:MOST], *tolls)}
    return [event for event in ranked if event.id in kept]


def highest(events: Iterable[Event], name: str) -> Event | None:
    """Return the event that gives the highest count of this, of those that tell of something that happened."""
    counted = [event for event in events if name in event.attributes and event.status.counts]
    return max(counted, key=lambda event: (event.attributes[name], rank(event)), default=None)


def told(events: Sequence[Event], before: Story | None = None) -> dict[str, Any]:
    """Return the fields of a story that its best events tell; the first says all but the counts that rise.

    `before`: the story so far. What the same event told before is not told anew.
    """
    lead = events[0]
    attributes = dict(lead.attributes)
    for name in rules().rising:
        if toll := highest(events, name):
            attributes[name] = toll.attributes[name]
    counted = {"lead": lead, "next_best": list(events[1:]), "attributes": attributes}
    if before is not None and before.lead is lead:
        return counted
    return counted | {
        "type": lead.type,
        "family": lead.family,
        "status": lead.status,
        "polarity": lead.polarity,
        "actors": lead.actors,
        "targets": lead.targets,
        "object": lead.object,
        "rival": lead.rival,
        "third_party": lead.third_party,
        "event_date": lead.event_date,
        "place": lead.place,
        "headline": headline(lead),
        "confidence": lead.confidence,
        "taxonomy": lead.taxonomy,
    }


def rank(event: Event) -> tuple[int, float, int, float, str]:
    """Let the strongest status lead, then confidence, roles filled, the earliest; ids break ties."""
    parties = (event.actors, event.targets, event.rival, event.third_party)
    roles = sum(map(len, parties)) + (event.object is not None) + (event.place is not None)
    earliness = -event.article.published_at.timestamp()
    return _STRENGTH[event.status], event.confidence, roles, earliness, event.id
