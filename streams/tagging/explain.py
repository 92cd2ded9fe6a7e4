"""Why an article has the events it has: each candidate of each sentence, kept or dropped, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.sentences import MAX_SENTENCE, sentences
from streams.tagging.tokens import flatten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Article, Event
    from streams.tagging.assembly import Draft
    from streams.tagging.dates import Found
    from streams.tagging.engine import Tagged
    from streams.tagging.parties import Actor


@dataclass(frozen=True, slots=True)
class Words:
    """Words of the text and where they stand in it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A party in a role: the words that name it, by what (`how`), and where they stand to the trigger."""

    party: str
    role: str | None
    person: str | None
    how: str
    relation: str
    words: Words


@dataclass(frozen=True, slots=True)
class Explained:
    """What could be an event. `event` is the id of the one it became; `dropped` says why it became none."""

    type: str
    event: str | None
    dropped: str | None
    frame: str
    concept: str
    trigger: Words
    partner: Words | None
    status: str
    why: str
    cue: Words | None
    actors: list[Part]
    targets: list[Part]
    third_party: list[Part]
    guessed: list[str]
    date_start: date
    date_end: date
    date_precision: str
    date_words: Words | None
    confidence: float
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and its candidates. `unread` says why it was not looked at, if so."""

    number: int
    words: Words
    candidates: list[Explained] = field(default_factory=list)
    unread: str | None = None


def explain(article: Article, tagged: Tagged) -> list[Passage]:
    """Return every sentence of an article that was tagged with `explain=True`, in order.

    None of an article in a language that is not read: there it is not known what a sentence is.
    """
    if tagged.outcome == "unsupported_language":
        return []
    passages = {}
    for number, (start, end) in enumerate(sentences(flatten(article.text, tagged.lang), tagged.lang)):
        unread = f"longer than {MAX_SENTENCE} characters" if end - start > MAX_SENTENCE else None
        passages[start] = Passage(number, _words(article, (start, end)), unread=unread)
    events = {_what(event): event.id for event in tagged.events}
    for draft in tagged.drafts:
        candidate = _candidate(article, draft, events)
        passages[draft.scene.span[0]].candidates.append(candidate)
    return list(passages.values())


_What = tuple[str, str, int, str, frozenset[str], frozenset[str]]


def _what(event: Event) -> _What:
    """Return what an event and the draft that it was made from have in common."""
    evidence = event.evidence
    actors, targets = (frozenset(party.id for party in side) for side in (event.actors, event.targets))
    return event.type, event.status.value, evidence.start, evidence.trigger, actors, targets


def _candidate(article: Article, draft: Draft, events: dict[_What, str]) -> Explained:
    trigger, cue, when = _words(article, draft.trigger), draft.verdict.cue, draft.date
    status = draft.verdict.status.value
    what = (draft.frame.type, status, draft.scene.span[0], trigger.text, draft.actor_ids, draft.target_ids)
    return Explained(
        type=draft.frame.type,
        event=None if draft.dropped else events.get(what),
        dropped=draft.dropped or None,
        frame=_frame(draft),
        concept=draft.candidate.concept,
        trigger=trigger,
        partner=_partner(article, draft),
        status=status,
        why=draft.verdict.why,
        cue=_words(article, cue) if cue else None,
        actors=[_part(article, draft, actor) for actor in draft.roles.actors],
        targets=[_part(article, draft, actor) for actor in draft.roles.targets],
        third_party=[_part(article, draft, actor) for actor in draft.roles.third],
        guessed=list(draft.roles.guessed),
        date_start=when.start,
        date_end=when.end,
        date_precision=when.precision,
        date_words=_date_words(article, draft),
        confidence=draft.confidence,
        attributes=dict(draft.attributes),
    )


def _frame(draft: Draft) -> str:
    """Name the frame by the concepts that met it: what the head stands for, and its partner."""
    candidate = draft.candidate
    partner = candidate.partner
    met = (
        [concept for concept in partner.concepts if concept in draft.frame.with_]
        if partner is not None
        else []
    )
    return " + ".join([candidate.concept, *met[:1]])


def _partner(article: Article, draft: Draft) -> Words | None:
    partner = draft.candidate.partner
    if partner is None or partner is draft.candidate.head:
        return None
    return _words(article, draft.scene.sentence.span(partner))


def _part(article: Article, draft: Draft, actor: Actor) -> Part:
    words = _words(article, (actor.start, actor.end))
    return Part(actor.party, actor.role, actor.person, actor.how, _relation(draft, actor), words)


def _relation(draft: Draft, actor: Actor) -> str:
    """Say where the phrase that names an actor stands: to the trigger, or by its own preposition."""
    candidate = draft.candidate
    head, clause = candidate.head, candidate.clause
    phrase = next(
        (phrase for phrase in _phrases(draft) if any(actor is each for each in phrase.actors)), None
    )
    if phrase is None:
        return "carried over"
    if phrase is head or phrase is getattr(head, "genitive", None):
        return "owner"
    if phrase is clause.subject:
        return "object" if isinstance(head, VerbGroup) and head.passive else "subject"
    if phrase in clause.objects:
        return "object"
    return phrase.relation or "elsewhere"


def _phrases(draft: Draft) -> Iterator[Nominal]:
    """Yield the noun phrases of the sentence, each before those that stand in it."""
    for chunk in draft.scene.sentence.chunks:
        if isinstance(chunk, Nominal):
            yield chunk
            yield from (chunk.genitive,) if chunk.genitive is not None else ()
            yield from chunk.of


def _date_words(article: Article, draft: Draft) -> Words | None:
    """Return the date expression that the event is dated by; none when it is the day of publication."""
    own = [found for found in draft.scene.dates if not found.since and _dates(found, draft)]
    nearest = min(own, key=lambda found: abs(found.start - draft.trigger[0]), default=None)
    return _words(article, (nearest.start, nearest.end)) if nearest else None


def _dates(found: Found, draft: Draft) -> bool:
    """Whether the event has the date of this expression; of a plan, the `Friday` to come."""
    when = draft.date
    ahead = found.weekday == when.start.weekday() and when.start == when.end > draft.scene.page.published
    return ahead or (found.first, found.last) == (when.start, when.end)


def _words(article: Article, span: tuple[int, int]) -> Words:
    return Words(*span, article.text[span[0] : span[1]])
