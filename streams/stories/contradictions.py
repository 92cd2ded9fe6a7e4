"""Where reports of one happening disagree: denials, and numbers that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Status
from schemas.story import StoryEvidence
from streams.stories.rules import rules
from streams.stories.told import highest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas import Event

MOST = 5

Said = dict[str, str | int | float | bool]


def contradictions(
    known: Iterable[StoryEvidence], events: Sequence[Event], attributes: Said
) -> list[StoryEvidence]:
    """Return the shortest quotes that say otherwise than the story, with what they say.

    `known`: those of the revision before; `events`: the events to look through; `attributes`: the story's.
    """
    found = {one.event: one for one in known}
    for event in events:
        found.pop(event.id, None)
        if differs := _differs(event, events, attributes):
            found[event.id] = evidence_of(event, differs)
    return shortest(found.values())


def evidence_of(event: Event, differs: Said | None = None) -> StoryEvidence:
    """Return the quote of an event and where it was published."""
    article = event.article
    return StoryEvidence(
        event=event.id, source=article.source, url=article.url, evidence=event.evidence, differs=differs or {}
    )


def led_by(lead: Event, quotes: Iterable[StoryEvidence]) -> list[StoryEvidence]:
    """Return the evidence of a story: the lead's quote, then the shortest of the others."""
    return [evidence_of(lead), *shortest(one for one in quotes if one.event != lead.id)][:MOST]


def shortest(evidence: Iterable[StoryEvidence]) -> list[StoryEvidence]:
    """Return the shortest quotes, which are read and checked the quickest."""
    return sorted(evidence, key=lambda one: (len(one.evidence.quote), one.event))[:MOST]


def _differs(event: Event, events: Sequence[Event], attributes: Said) -> Said:
    said: Said = {"status": event.status.value} if event.status is Status.DENIED else {}
    if not event.status.counts:
        return said
    for name, value in event.attributes.items():
        if name in attributes and value != attributes[name] and _is_number(value):
            if name in rules().rising and not _told_later(event, highest(events, name)):
                continue
            said[name] = value
    return said


def _told_later(event: Event, than: Event | None) -> bool:
    return than is not None and event.article.published_at > than.article.published_at


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
