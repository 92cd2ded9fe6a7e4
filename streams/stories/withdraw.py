"""What is left of a story when an article no longer tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.stories.blocks import dyads
from streams.stories.contradictions import contradictions, led_by
from streams.stories.merge import revised, told_by
from streams.stories.told import told

if TYPE_CHECKING:
    from collections.abc import Container

    from schemas import Story
    from schemas.story import Report


def without(story: Story, article: str, keeps: frozenset[str]) -> Story | None:
    """Return the story without what an article said in it, save the events to keep; None when that is all.

    When no event is left that could tell the story it is cancelled, and goes on saying what it said.
    """
    gone = {id_ for one in story.reports if one.article == article for id_ in one.events} - keeps
    if not gone:
        return None
    reports = [kept for one in story.reports if (kept := _without(one, gone)).events]
    left = story.model_copy(
        update={
            "mentions": max(0, story.mentions - len(gone)),
            "events": [id_ for id_ in story.events if id_ not in gone],
            **told_by(reports, story),
        }
    )
    events = [event for event in (story.lead, *story.next_best) if event.id not in gone]
    if not events:
        return revised(story, left.model_copy(update={"cancelled": True}))
    says = told(events)
    quotes = [one for one in story.evidence if one.event not in gone]
    disputed = [one for one in story.contradictions if one.event not in gone]
    update = {
        **says,
        "severity": max(event.severity for event in events),
        "dyads": sorted({dyad for event in events for dyad in dyads(event)}),
        "evidence": led_by(events[0], quotes),
        "contradictions": contradictions(disputed, events, says["attributes"]),
    }
    if not story.articles_beyond:
        update |= _seen_in(reports)
    return revised(story, left.model_copy(update=update))


def _without(report: Report, gone: Container[str]) -> Report:
    return report.model_copy(update={"events": [id_ for id_ in report.events if id_ not in gone]})


def _seen_in(reports: list[Report]) -> dict[str, object]:
    """Return what the reports say of when and where it was told; they must be all there are."""
    times = [one.published_at for one in reports]
    return {
        "articles": [one.article for one in reports],
        "sources": sorted({one.source for one in reports}),
        "langs": sorted({one.lang for one in reports}),
        "first_seen": min(times),
        "last_seen": max(times),
    }
