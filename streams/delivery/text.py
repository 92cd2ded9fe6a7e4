"""An alert as text: one sentence first, then who, what, when, where, the words, how well known, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from schemas import Polarity, Status
from streams.delivery.terminal import one_line, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Alert, EventDate, Party, Place, Story
    from schemas.alert import NotCounted
    from schemas.story import Change, StoryEvidence

WIDTH = 80  # columns
LABEL = 12  # columns of the label before each line
QUOTES = 2  # shown of an alert's evidence; the rest is in the message
MAX_QUOTE = 600  # characters; a longer sentence is cut, its offsets stay in the message
MAX_NAMES = 5  # of sources or values in one line

_COLOURS = {Polarity.ESCALATORY: "red", Polarity.DEESCALATORY: "green", Polarity.NEUTRAL: "yellow"}
_POLARITY = {
    Polarity.ESCALATORY: "escalatory",
    Polarity.DEESCALATORY: "de-escalatory",
    Polarity.NEUTRAL: "neutral",
}
_NOT_NOW = {
    Status.PLANNED: "it has not happened yet",
    Status.CONDITIONAL: "it happens only on a condition",
    Status.DENIED: "it is said not to have happened",
    Status.HISTORICAL: "it happened some time ago",
}
_NOT_COUNTED = {  # to be counted: 2 mentions told as denied
    "denied": "denial",
    "planned": "mention as a plan",
    "conditional": "mention on a condition",
    "historical": "mention as history",
    "differs": "mention of other figures",
    "unknown_sources": "source of unknown owner",
}
_PLACE_ROLES = {"happened_at": "", "aimed_at": "aimed at ", "said_at": "said at ", "near": "near "}


def render(alert: Alert, *, colour: bool) -> str:
    """Return the alert as lines of at most 80 columns, without one character that commands a terminal."""
    head = wrap(headline(alert), width=WIDTH)
    if colour:
        head = [click.style(line, fg=_COLOURS[alert.polarity], bold=True) for line in head]
    lines = [*head]
    for label, text in _details(alert):
        lines += _labelled(label, text, colour=colour)
    return "\n".join(lines)


def headline(alert: Alert) -> str:
    """Return the alert in one line: what changed, how sure, how grave, which way, and the sentence."""
    changed = "" if alert.msg_type == "Alert" else f"{alert.msg_type.upper()} "
    unconfirmed = "" if alert.confirmed else "UNCONFIRMED "
    sure = "" if alert.confidence is None else f", confidence {alert.confidence:.0%}"
    line = f"{changed}{unconfirmed}[{alert.severity:g}/10 {_POLARITY[alert.polarity]}{sure}] {alert.summary}"
    return one_line(line)


def _labelled(label: str, text: str, *, colour: bool) -> list[str]:
    lines = wrap(one_line(text), width=WIDTH - LABEL - 2)
    shown = label.ljust(LABEL)
    first = click.style(shown, dim=True) if colour else shown
    return [f"  {first if number == 0 else ' ' * LABEL}{line}" for number, line in enumerate(lines)]


def _details(alert: Alert) -> Iterator[tuple[str, str]]:
    """Yield label and text of each line; an empty text is left out."""
    story = alert.story
    yield "changed", "; ".join(map(_change, alert.changes))
    yield from _happening(alert, story) if story else ()
    yield from _several(alert)
    for evidence in alert.evidence[:QUOTES]:
        yield "quote", _quote(evidence)
        yield "", _source(evidence)
    if story:
        yield "known from", _known_from(story, alert)
        for evidence in story.contradictions[:QUOTES]:
            yield "disputed", f"{_quote(evidence)} {_source(evidence)}"
    yield "not counted", ", ".join(map(_not_counted, alert.not_counted))
    yield "why", f"{alert.rule.title} (rule {alert.rule.id}, version {alert.rule.version})"
    yield "", alert.condition
    yield "", ", ".join(f"{why.name} is {why.value}" for why in alert.why)
    yield "ids", f"alert {alert.id}, revision {alert.revision}, raised {alert.raised_at:%Y-%m-%d %H:%M} UTC"
    yield "", f"supersedes {alert.supersedes}" if alert.supersedes else ""
    if story:
        yield "", f"story {story.id}, revision {story.revision}"
        yield "", f"event {story.lead.id}"
        yield "", f"article {story.lead.article.id}"


def _happening(alert: Alert, story: Story) -> Iterator[tuple[str, str]]:
    yield "who", _roles(story)
    yield "what", f"{story.type}, {_status(alert.status)}"
    yield "about", story.object or ""
    yield "when", _date(story.event_date)
    yield "where", _place(story.place) if story.place else ""


def _several(alert: Alert) -> Iterator[tuple[str, str]]:
    """Yield whose group it is, the time looked at, and the stories that counted."""
    yield "group", ", ".join(f"{name} {value}" for name, value in alert.group.items())
    if alert.period:
        yield "period", f"{alert.period.start:%Y-%m-%d %H:%M} to {alert.period.end:%Y-%m-%d %H:%M} UTC"
    for number, one in enumerate(alert.stories[:MAX_NAMES]):
        told = f"{one.at:%Y-%m-%d} {one.headline} ({_count(one.origins, 'origin')})"
        yield "counted" if number == 0 else "", told
    if len(alert.stories) > MAX_NAMES:
        yield "", f"and {len(alert.stories) - MAX_NAMES} more"


def _change(change: Change) -> str:
    before, after = ("unknown" if said is None else f"{said}" for said in (change.before, change.after))
    return f"{change.field} was {before}, is {after}"


def _not_counted(one: NotCounted) -> str:
    return _count(one.number, _NOT_COUNTED[one.what])


def _roles(story: Story) -> str:
    actors, targets, others = map(_parties, (story.actors, story.targets, story.third_party))
    sides = f"{actors or 'unnamed'} → {targets}" if targets else actors or "unnamed"
    return f"{sides}; also {others}" if others else sides


def _parties(parties: list[Party]) -> str:
    return ", ".join(map(_party, parties))


def _party(party: Party) -> str:
    name = party.person or (party.name if party.name != party.id else None)
    said = ", ".join(word for word in (name, party.role) if word)
    return f"{party.id} ({said})" if said else party.id


def _status(status: Status) -> str:
    return f"{status.value.upper()}, {_NOT_NOW[status]}" if status in _NOT_NOW else status.value


def _date(date: EventDate) -> str:
    if date.precision == "unknown" and date.start == date.end:
        return f"on an unknown date, about {date.start}"
    if date.precision == "unknown":
        return f"on an unknown date, between {date.start} and {date.end}"
    days = f"{date.start}" if date.start == date.end else f"{date.start} to {date.end}"
    said = f", “{date.text}”" if date.text else ""
    return f"{days} (known to the {date.precision}{said})"


def _place(place: Place) -> str:
    country = f", {place.country}" if place.country and place.country != place.name else ""
    return f"{_PLACE_ROLES[place.role]}{place.name}{country} (known to the {place.precision})"


def _quote(evidence: StoryEvidence) -> str:
    quote = one_line(evidence.evidence.quote)
    return f"“{quote if len(quote) <= MAX_QUOTE else quote[:MAX_QUOTE].rstrip() + ' […]'}”"


def _source(evidence: StoryEvidence) -> str:
    address = f", {evidence.url}" if evidence.url else ""
    return f"— {evidence.source}, in {evidence.evidence.lang}{address}"


def _known_from(story: Story, alert: Alert) -> str:
    names = ", ".join(story.sources[:MAX_NAMES]) + (", …" if len(story.sources) > MAX_NAMES else "")
    sources = f"{_count(len(story.sources), 'source')} ({names})"
    asked = f" of {alert.required_origins} asked for" if not alert.confirmed else ""
    counts = f"{_count(story.origins, 'origin')}{asked}, {sources}, {_count(story.mentions, 'mention')}"
    return f"{counts}; first {story.first_seen:%Y-%m-%d %H:%M} UTC"


def _count(number: int, word: str) -> str:
    first, *rest = word.split(" ")
    return f"{number} {word}" if number == 1 else " ".join([f"{number} {first}s", *rest])
