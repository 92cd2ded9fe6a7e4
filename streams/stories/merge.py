"""What the events of one story tell together.

The same events in any order give the same story, save `revision` and `novelty`, which tell of the order
itself, and the order of the ids in `articles` and `events`. This holds within MAX_ARTICLES and MAX_EVENTS;
of a story with more mentions than that, `articles` keeps the first to come and `events` the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Novelty, Status, Story
from schemas.story import StoryEvidence
from streams.stories.blocks import dyads
from streams.stories.headline import headline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas import Event

MAX_ARTICLES = 50
MAX_EVENTS = 1_000  # a replay reaches back some seconds; the last thousand mentions of one story cover hours
MAX_EVIDENCE = 5

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


def begin(id_: str, event: Event) -> Story:
    """Return the first revision of a story."""
    return Story(
        id=id_,
        revision=1,
        type=event.type,
        family=event.family,
        polarity=event.polarity,
        severity=event.severity,
        status=event.status,
        actors=event.actors,
        targets=event.targets,
        object=event.object,
        third_party=event.third_party,
        dyads=dyads(event),
        event_date=event.event_date,
        place=event.place,
        attributes=event.attributes,
        headline=headline(event),
        first_seen=event.article.published_at,
        last_seen=event.article.published_at,
        origins=1,
        origin_names=[_origin(event)],
        mentions=1,
        sources=[event.article.source],
        langs=[event.evidence.lang],
        articles=[event.article.id],
        events=[event.id],
        evidence=[_evidence(event)],
        confidence=event.confidence,
        novelty=Novelty.BACKGROUND if event.status is Status.HISTORICAL else Novelty.FIRST,
        contradictions=_denials([], event),
        lead=event,
        taxonomy=event.taxonomy,
    )


def merge(story: Story, event: Event) -> Story:
    """Return the next revision: the story with one more event, which it must not hold yet."""
    lead = max(story.lead, event, key=_rank)
    severity = max(story.severity, event.severity)
    origin_names = _with(story.origin_names, _origin(event))
    return story.model_copy(
        update={
            "revision": story.revision + 1,
            "severity": severity,
            "dyads": sorted({*story.dyads, *dyads(event)}),
            "first_seen": min(story.first_seen, event.article.published_at),
            "last_seen": max(story.last_seen, event.article.published_at),
            "origins": len(origin_names),
            "origin_names": origin_names,
            "mentions": story.mentions + 1,
            "sources": _with(story.sources, event.article.source),
            "langs": _with(story.langs, event.evidence.lang),
            "events": [*story.events, event.id][-MAX_EVENTS:],
            "evidence": _best_evidence(story, event, lead),
            "contradictions": _denials(story.contradictions, event),
            "novelty": _novelty(story, lead.status, severity),
            **_articles(story, event.article.id),
            **_told_by(lead),
        }
    )


def _told_by(lead: Event) -> dict[str, object]:
    """Return what one event says for all of them, so that its evidence bears out every word."""
    return {
        "lead": lead,
        "status": lead.status,
        "polarity": lead.polarity,
        "actors": lead.actors,
        "targets": lead.targets,
        "object": lead.object,
        "third_party": lead.third_party,
        "event_date": lead.event_date,
        "place": lead.place,
        "attributes": lead.attributes,
        "headline": headline(lead),
        "confidence": lead.confidence,
        "taxonomy": lead.taxonomy,
    }


def _rank(event: Event) -> tuple[int, float, int, float, str]:
    """Let the strongest status lead, then confidence, roles filled, the earliest; ids break ties."""
    parties = (event.actors, event.targets, event.rival, event.third_party)
    roles = sum(map(len, parties)) + (event.object is not None) + (event.place is not None)
    earliness = -event.article.published_at.timestamp()
    return _STRENGTH[event.status], event.confidence, roles, earliness, event.id


def _novelty(before: Story, status: Status, severity: float) -> Novelty:
    """Return what the latest event added; a story told only as history stays background."""
    if status is Status.HISTORICAL:
        return Novelty.BACKGROUND
    changed = status is not before.status or severity > before.severity
    return Novelty.UPDATE if changed else Novelty.REPEAT


def _origin(event: Event) -> str:
    """Who reported first: the wire that the text names, so that its reprints are one origin."""
    return event.article.origin_hint or event.article.source


def _with(known: list[str], name: str) -> list[str]:
    return known if name in known else sorted([*known, name])


def _articles(story: Story, article: str) -> dict[str, object]:
    """Beyond the bound each mention counts: whether its article was counted before is not known any more."""
    if article in story.articles:
        return {}
    if len(story.articles) < MAX_ARTICLES:
        return {"articles": [*story.articles, article]}
    return {"articles_beyond": story.articles_beyond + 1}


def _evidence(event: Event) -> StoryEvidence:
    return StoryEvidence(
        event=event.id, source=event.article.source, url=event.article.url, evidence=event.evidence
    )


def _best_evidence(story: Story, event: Event, lead: Event) -> list[StoryEvidence]:
    """Put the lead's first, then the shortest quotes: they are read and checked the quickest."""
    candidates = list(story.evidence)
    if event.status is not Status.DENIED:
        candidates.append(_evidence(event))
    if story.lead.status is Status.DENIED and lead is event:
        candidates = [one for one in candidates if one.event != story.lead.id]
    others = (one for one in candidates if one.event != lead.id)
    return [_evidence(lead), *_shortest(others)][:MAX_EVIDENCE]


def _denials(known: list[StoryEvidence], event: Event) -> list[StoryEvidence]:
    if event.status is not Status.DENIED:
        return known
    return _shortest([*known, _evidence(event)])


def _shortest(evidence: Iterable[StoryEvidence]) -> list[StoryEvidence]:
    return sorted(evidence, key=lambda one: (len(one.evidence.quote), one.event))[:MAX_EVIDENCE]
