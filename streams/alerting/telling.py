"""A story and a rule → the alert that says so: its sentence, its values, what did not count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from schemas import Alert, Thread, Why
from schemas.alert import NotCounted, RuleRef
from schemas.base import stable_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from schemas import Event, Story
    from schemas.story import Change, StoryEvidence
    from streams.alerting.holding import Known
    from streams.alerting.rule import Rule
    from streams.alerting.variables import Value

_NO_TOLL = {"gap_days"}  # numbers that rise without anything getting worse


def of_rule(rule: Rule) -> dict[str, Any]:
    """Return what every alert of a rule says of it."""
    text = rule.text
    return {
        "rule": RuleRef(id=rule.id, version=rule.version, title=rule.title),
        "condition": rule.condition,
        "required_origins": text.require.origins,
        "labels": text.labels,
        "route": text.route,
        "repeat_seconds": text.repeat and round(text.repeat.total_seconds()),
        "cap": text.cap,
    }


def first_id(rule: Rule, story: Story) -> str:
    """Return the id of the first alert of a rule on a story."""
    return stable_id("alert", rule.id, rule.version, story.id)


def new_alert(rule: Rule, story: Story, known: Known, now: datetime) -> tuple[Alert, Thread]:
    """Return the first alert of a thread."""
    id_ = first_id(rule, story)
    alert = Alert(id=id_, raised_at=now, **_about(rule, story, known))
    return alert, _thread(alert, rule, story, Thread(id=id_, kind="story", first=id_, **_of(rule, story)))


def next_alert(
    rule: Rule, story: Story, known: Known, thread: Thread, changes: list[Change], now: datetime
) -> tuple[Alert, Thread]:
    """Return the update of a thread, or its end when the story was taken back."""
    kind = "Cancel" if story.cancelled else "Update"
    about = _about(rule, story, known)
    if story.cancelled:
        about["summary"] = f"Taken back by every report that told it: {story.headline}."
    alert = Alert(
        id=stable_id(thread.first, kind, story.revision),
        msg_type=kind,
        references=[thread.first] if thread.first else [],
        supersedes=thread.last,
        revision=thread.messages + 1,
        changes=changes,
        raised_at=now,
        **about,
    )
    return alert, _thread(alert, rule, story, thread)


def is_confirmed(rule: Rule, story: Story) -> bool:
    """Tell whether as many independent origins tell the story as the rule asks for."""
    return story.origins >= rule.text.require.origins


def toll(story: Story) -> dict[str, float]:
    """Return the numbers of a story that tell how bad it is."""
    return {
        name: float(value)
        for name, value in story.attributes.items()
        if name not in _NO_TOLL and isinstance(value, int | float) and not isinstance(value, bool)
    }


def links_of(evidence: Iterable[StoryEvidence]) -> list[str]:
    """Return the addresses of the quotes, each once."""
    return list(dict.fromkeys(one.url for one in evidence if one.url))


def written(value: Value | None) -> str:
    """Return a value as an alert shows it."""
    match value:
        case None:
            return "unknown"
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(value) or "none"
        case dict():
            return ", ".join(f"{name}={written(one)}" for name, one in value.items()) or "none"
    return str(value) or "none"


def not_counted(story: Story) -> list[NotCounted]:
    """Return what the held reports say and what does not count in what the story says."""
    counted = Counter(_otherwise(story))
    unknown = story.unknown_sources - (not story.origin_names)
    if unknown > 0:
        counted["unknown_sources"] = unknown
    return [NotCounted(what=what, number=number) for what, number in counted.items()]


def _otherwise(story: Story) -> Iterator[Any]:
    """Yield, for each held mention that does not count, why."""
    by_status: dict[str, str] = {}
    events: list[Event] = [*story.next_best]
    for event in events:
        if event.status is not story.status and not event.status.counts:
            by_status[event.id] = event.status.value
    for quote in story.contradictions:
        status = quote.differs.get("status")
        by_status.setdefault(quote.event, str(status) if status else "differs")
    denies = story.status.value == "denied"
    yield from (why for why in by_status.values() if not (denies and why == "denied"))


def _about(rule: Rule, story: Story, known: Known) -> dict[str, Any]:
    severity = rule.text.severity
    return of_rule(rule) | {
        "why": [Why(name=name, value=written(known[name])) for name in rule.reads],
        "story": story,
        "dyads": story.dyads,
        "severity": story.severity if severity is None else severity,
        "polarity": story.polarity,
        "status": story.status,
        "confidence": story.confidence,
        "confirmed": is_confirmed(rule, story),
        "summary": f"{story.headline}.",
        "evidence": story.evidence,
        "not_counted": not_counted(story),
        "links": links_of(story.evidence),
        "dedup_key": f"{rule.id}:{story.id}",
    }


def _of(rule: Rule, story: Story) -> dict[str, Any]:
    return {"rule": rule.id, "version": rule.version, "subject": story.id}


def _thread(alert: Alert, rule: Rule, story: Story, before: Thread) -> Thread:
    return before.model_copy(
        update={
            "last": alert.id,
            "messages": before.messages + 1,
            "revision": story.revision,
            "severity": story.severity,
            "status": story.status,
            "confirmed": is_confirmed(rule, story),
            "cancelled": story.cancelled,
            "toll": toll(story),
        }
    )
