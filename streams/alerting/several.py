"""Several stories and a rule → the alert that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas import Alert, Thread, Why
from schemas.alert import MatchedStory, Period
from schemas.base import stable_id
from schemas.story import Change
from streams.alerting.matches import group_text
from streams.alerting.telling import links_of, of_rule, written
from streams.alerting.verdicts import verdict
from streams.alerting.written import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from schemas import Match
    from streams.alerting.groups import Firing
    from streams.alerting.rule import Rule
    from streams.alerting.verdicts import Verdict

MOST_STORIES = 20
MOST_QUOTES = 5
GROWN = 2.0  # an open thread is told again when its value is twice what was told

By = dict[str, str]


def group_id(rule: Rule, group: By, start: datetime) -> str:
    """Return the id of the first alert on a group: of the rule, the group and the first that counted."""
    return stable_id("alert", rule.id, rule.version, group_text(group), start.isoformat())


def begun(rule: Rule, group: By, firing: Firing, now: datetime) -> tuple[Alert, Thread]:
    """Return the first alert of a thread."""
    id_ = group_id(rule, group, firing.start)
    thread = Thread(
        id=id_,
        kind="group",
        rule=rule.id,
        version=rule.version,
        subject=group_text(group),
        first=id_,
        start=firing.start,
    )
    alert = Alert(id=id_, raised_at=now, **_about(rule, group, firing))
    return alert, told(alert, thread, firing.verdict.value)


def again(rule: Rule, group: By, firing: Firing, now: datetime) -> tuple[Alert, Thread] | None:
    """Return what is new in a thread, None when nothing is: confirmed, graver, grown to twice, or taken back."""
    thread = firing.thread
    if thread is None or (thread.cancelled and not firing.verdict.fires):
        return None
    about = _about(rule, group, firing)
    changes = list(_changes(thread, firing.verdict, about))
    if not changes:
        return None
    kind = "Update" if firing.verdict.fires else "Cancel"
    if kind == "Cancel":
        about["summary"] = f"No longer so: {rule.title}."
    alert = follow(thread, kind, about | {"changes": changes, "raised_at": now})
    return alert, told(alert, thread, firing.verdict.value, cancelled=kind == "Cancel")


def follow(thread: Thread, kind: str, about: dict[str, Any]) -> Alert:
    """Return the next message of a thread. Its id says what it says: it is the same whatever led to it."""
    said = (thread.messages + 1, kind, about["confirmed"], about["severity"])
    return Alert(
        id=stable_id(thread.first, *said),
        msg_type=kind,
        references=[thread.first] if thread.first else [],
        supersedes=thread.last,
        revision=thread.messages + 1,
        **about,
    )


def told(
    alert: Alert, thread: Thread, value: float, *, cancelled: bool = False, ended: bool = False
) -> Thread:
    """Return a thread as it stands after a message."""
    return thread.model_copy(
        update={
            "last": alert.id,
            "messages": thread.messages + 1,
            "severity": alert.severity,
            "status": alert.status,
            "confirmed": alert.confirmed,
            "cancelled": cancelled,
            "toll": {"value": value},
            "ended": ended,
        }
    )


def stories_of(matches: Sequence[Match]) -> list[MatchedStory]:
    """Return the latest of them as an alert lists them."""
    return [
        MatchedStory(
            story=match.subject,
            revision=max(1, match.revision),
            at=match.at,
            headline=match.headline,
            origins=match.origins,
        )
        for match in matches[-MOST_STORIES:]
    ]


def _changes(thread: Thread, judged: Verdict, about: dict[str, Any]) -> Iterator[Change]:
    if thread.cancelled is judged.fires:
        yield Change(field="cancelled", before=thread.cancelled, after=not thread.cancelled)
    if not judged.fires:
        return
    if thread.confirmed != about["confirmed"]:
        yield Change(field="confirmed", before=thread.confirmed, after=about["confirmed"])
    if about["severity"] > thread.severity:
        yield Change(field="severity", before=thread.severity, after=about["severity"])
    if judged.value >= GROWN * thread.toll.get("value", judged.value):
        yield Change(field="value", before=thread.toll.get("value"), after=judged.value)


def _about(rule: Rule, group: By, firing: Firing) -> dict[str, Any]:
    used = firing.verdict.used
    known_well = [match for match in used if match.origins >= rule.text.require.origins]
    gravest = max(used, key=lambda match: (match.severity, match.at), default=None)
    quotes = [quote for match in reversed(used) for quote in match.evidence][:MOST_QUOTES]
    severity = (
        rule.text.severity if rule.text.severity is not None else (gravest.severity if gravest else 0.0)
    )
    return of_rule(rule) | {
        "why": _why(rule, firing),
        "stories": stories_of(used),
        "group": group,
        "dyads": [group["dyad"]] if "dyad" in group else [],
        "period": Period(start=firing.since, end=firing.end),
        "severity": severity,
        "polarity": gravest.polarity if gravest else "neutral",
        "status": used[-1].status if used else "occurred",
        "confidence": min((match.confidence for match in used if match.confidence is not None), default=None),
        "confirmed": verdict(rule, known_well).fires,
        "summary": _sentence(rule, firing),
        "evidence": quotes,
        "links": links_of(quotes),
        "dedup_key": f"{rule.id}:{group_text(group)}:{firing.start.isoformat()}",
    }


def _sentence(rule: Rule, firing: Firing) -> str:
    used = firing.verdict.used
    latest = f": {used[-1].headline}" if used else ""
    number = "1 story" if len(used) == 1 else f"{len(used)} stories"
    return f"{rule.title}, {number} so far{latest}."


def _why(rule: Rule, firing: Firing) -> list[Why]:
    when, value = rule.when, written(firing.verdict.value)
    if when.sequence:
        return [
            Why(name="steps", value=f"{value} of {len(when.sequence.steps)}"),
            Why(name="within", value=in_words(when.sequence.within)),
        ]
    window = when.count or when.distinct or when.sum
    name = (
        "stories" if when.count else f"{rule.kind} of {window.of}" if window and hasattr(window, "of") else ""
    )
    asked = f", {window.at_least:g} asked for" if window else ""
    return [
        Why(name=name, value=f"{value}{asked}"),
        Why(name="over", value=in_words(window.over) if window else ""),
    ]
