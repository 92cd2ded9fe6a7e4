"""Event → mention: the sentence with its parts marked. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from streams.web.cards import direction_of, label_of
from streams.web.story_answers import ArticleAnswer, ContradictionAnswer, MentionAnswer, SpanAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from schemas import Event, Party, Story
    from schemas.story import StoryEvidence
    from streams.web.story_answers import Kind

Role = Literal["lead", "report", "contradiction"]

MOST = 60  # mentions of one story; each is looked up on its topic


def wanted(story: Story) -> list[str]:
    """Return the ids of the events to show, the best first, then the latest."""
    best = [
        story.lead.id,
        *(one.event for one in story.evidence),
        *(one.event for one in story.contradictions),
    ]
    return list(dict.fromkeys([*best, *reversed(story.events)]))[:MOST]


def mentions_of(story: Story, found: Iterable[Event]) -> list[MentionAnswer]:
    """Return the mentions of a story. `found`: those of its events that could be looked up.

    Of others the story itself holds the quote, where it is among its best.
    """
    events = {event.id: event for event in (story.lead, *story.next_best, *found)}
    quotes = {one.event: one for one in (*story.evidence, *story.contradictions)}
    against = {one.event for one in story.contradictions}
    told = []
    for id_ in wanted(story):
        role: Role = "contradiction" if id_ in against else "lead" if id_ == story.lead.id else "report"
        if id_ in events:
            told.append(_of_event(events[id_], role))
        elif id_ in quotes:
            told.append(_of_quote(quotes[id_], role))
    return told


def contradiction_of(quoted: StoryEvidence) -> ContradictionAnswer:
    """Return a report that says otherwise."""
    lang = quoted.evidence.lang
    return ContradictionAnswer(
        event=quoted.event,
        source=quoted.source,
        url=quoted.url,
        quote=quoted.evidence.quote,
        lang=lang,
        dir=direction_of(lang),
        differs=dict(quoted.differs),
    )


def _of_event(event: Event, role: Role) -> MentionAnswer:
    article, evidence, claim = event.article, event.evidence, event.claim
    return MentionAnswer(
        event_id=event.id,
        article=ArticleAnswer(
            id=article.id, url=article.url, source=article.source, published_at=article.published_at
        ),
        quote=evidence.quote,
        lang=evidence.lang,
        dir=direction_of(evidence.lang),
        spans=sorted(_spans(event), key=lambda span: (span.start, -span.end)),
        status=event.status,
        confidence=round(event.confidence, 3),
        role=role,
        claim=" ".join(filter(None, [claim.kind, claim.by])) if claim.kind != "article" else None,
    )


def _of_quote(quoted: StoryEvidence, role: Role) -> MentionAnswer:
    evidence = quoted.evidence
    return MentionAnswer(
        event_id=quoted.event,
        article=ArticleAnswer(id="", url=quoted.url, source=quoted.source),
        quote=evidence.quote,
        lang=evidence.lang,
        dir=direction_of(evidence.lang),
        spans=[
            *_words(evidence.quote, evidence.trigger, "trigger"),
            *_words(evidence.quote, evidence.cue, "cue"),
        ],
        role=role,
    )


def _spans(event: Event) -> Iterator[SpanAnswer]:
    quote = event.evidence.quote
    sides: tuple[tuple[Kind, Sequence[Party]], ...] = (
        ("actor", event.actors),
        ("target", event.targets),
        ("rival", event.rival),
        ("third_party", event.third_party),
    )
    for kind, parties in sides:
        for party in parties:
            yield from _party(event, party, kind)
    yield from _words(quote, event.object, "object")
    yield from _words(quote, event.evidence.trigger, "trigger", label_of(event.type))
    yield from _words(quote, event.evidence.cue, "cue", event.status.value)


def _party(event: Event, party: Party, kind: Kind) -> Iterator[SpanAnswer]:
    """Yield where the quote names a party; one that another sentence names has no place in it."""
    if party.start is None or party.end is None:
        return
    start, end = party.start - event.evidence.start, party.end - event.evidence.start
    if 0 <= start < end <= len(event.evidence.quote):
        yield SpanAnswer(start=start, end=end, kind=kind, label=party.id)


def _words(quote: str, words: str | None, kind: Kind, label: str | None = None) -> Iterator[SpanAnswer]:
    """Yield where words of the quote stand, if they stand in it as they are."""
    at = quote.find(words) if words else -1
    if words and at >= 0:
        yield SpanAnswer(start=at, end=at + len(words), kind=kind, label=label)
