"""What the events of one story tell together.

The same events in any order give the same story, save `revision`, `novelty` and `changes`, which tell of the
order itself, and the order of the ids in `articles`, `events` and `reports`. This holds within MAX_REPORTS and
MAX_EVENTS; of a story with more than that, `articles` keeps the first to come, the others the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Novelty, Status, Story
from streams.stories.blocks import dyads
from streams.stories.changes import changes, novelty
from streams.stories.contradictions import contradictions, evidence_of, led_by
from streams.stories.origins import origins
from streams.stories.told import best, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Event
    from schemas.story import Report, StoryEvidence

MAX_ARTICLES = 50
MAX_REPORTS = 250
MAX_EVENTS = 1_000  # a replay reaches back some seconds; the last thousand mentions of one story cover hours


def begin(id_: str, event: Event, report: Report) -> Story:
    """Return the first revision of a story. `report` is the event's article, with this event alone."""
    whose = origins([report])
    published = event.article.published_at
    return Story.model_validate(
        told([event])
        | {
            "id": id_,
            "revision": 1,
            "severity": event.severity,
            "dyads": dyads(event),
            "first_seen": published,
            "last_seen": published,
            "origins": whose.number,
            "origin_names": whose.names,
            "unknown_sources": whose.unknown_sources,
            "mentions": 1,
            "sources": [report.source],
            "langs": [report.lang],
            "articles": [report.article],
            "events": [event.id],
            "reports": [report],
            "evidence": [evidence_of(event)],
            "novelty": Novelty.BACKGROUND if event.status is Status.HISTORICAL else Novelty.FIRST,
            "contradictions": contradictions([], [event], event.attributes),
            "backfill": report.backfill,
        }
    )


def merge(story: Story, event: Event, report: Report) -> Story:
    """Return the next revision: the story with one more event, which it must not hold yet."""
    known = [] if story.cancelled else [story.lead, *story.next_best]
    says = told(best([*known, event]), before=story)
    merged = story.model_copy(
        update={
            **says,
            "severity": event.severity if story.cancelled else max(story.severity, event.severity),
            "dyads": sorted({*story.dyads, *dyads(event)}),
            "first_seen": min(story.first_seen, report.published_at),
            "last_seen": max(story.last_seen, report.published_at),
            "mentions": story.mentions + 1,
            "sources": _with(story.sources, report.source),
            "langs": _with(story.langs, report.lang),
            "events": [*story.events, event.id][-MAX_EVENTS:],
            "evidence": _best_evidence(story, event, says["lead"]),
            "contradictions": contradictions(story.contradictions, [*known, event], says["attributes"]),
            "cancelled": False,
            **_articles(story, report.article),
            **told_by(_with_report(story.reports, report), story),
        }
    )
    return revised(story, merged)


def revised(before: Story, after: Story) -> Story:
    """Return the story as the next revision, with what changed and whether that is news."""
    changed = changes(before, after)
    return after.model_copy(
        update={
            "revision": before.revision + 1,
            "changes": changed,
            "novelty": novelty(after, changed),
        }
    )


def told_by(reports: Sequence[Report], story: Story) -> dict[str, object]:
    """Return the reports of a story and whose they are; the origins of reports beyond the bound stay."""
    whose = origins(reports)
    names = sorted({*whose.names, *story.origin_names}) if story.articles_beyond else whose.names
    return {
        "reports": list(reports[-MAX_REPORTS:]),
        "origins": len(names) or whose.number,
        "origin_names": names,
        "unknown_sources": whose.unknown_sources,
        "backfill": all(report.backfill for report in reports)
        and (story.backfill or not story.articles_beyond),
    }


def reported(story: Story, event: Event) -> Story | None:
    """Return the story with this event's article as a report, None when it is none that archives alone told."""
    if not any(event.id in report.events and report.backfill for report in story.reports):
        return None
    reports = [
        report.model_copy(update={"backfill": False}) if report.article == event.article.id else report
        for report in story.reports
    ]
    return revised(story, story.model_copy(update=told_by(reports, story)))


def _with_report(reports: Sequence[Report], report: Report) -> list[Report]:
    """Return the reports with one more, or with one more event of an article that is among them."""
    for at, known in enumerate(reports):
        if known.article == report.article:
            longer = known.model_copy(
                update={
                    "events": [*known.events, *report.events],
                    "backfill": known.backfill and report.backfill,
                }
            )
            return [*reports[:at], longer, *reports[at + 1 :]]
    return [*reports, report]


def _with(known: list[str], name: str) -> list[str]:
    return known if name in known else sorted([*known, name])


def _articles(story: Story, article: str) -> dict[str, object]:
    """Beyond the bound each mention counts: whether its article was counted before is not known any more."""
    if article in story.articles:
        return {}
    if len(story.articles) < MAX_ARTICLES:
        return {"articles": [*story.articles, article]}
    return {"articles_beyond": story.articles_beyond + 1}


def _best_evidence(story: Story, event: Event, lead: Event) -> list[StoryEvidence]:
    """Put the lead's first, then the shortest quotes: they are read and checked the quickest."""
    candidates = [] if story.cancelled else list(story.evidence)
    if event.status is not Status.DENIED:
        candidates.append(evidence_of(event))
    if story.lead.status is Status.DENIED and lead is event:
        candidates = [one for one in candidates if one.event != story.lead.id]
    return led_by(lead, candidates)
