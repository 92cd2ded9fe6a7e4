"""Which rules a story meets, each once, and the alert that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cel import Context

from schemas import Alert, Why
from schemas.alert import RuleRef
from schemas.base import stable_id
from streams.alerting.variables import values

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Story
    from streams.alerting.rule import Rule, Rules
    from streams.alerting.variables import Value

# What CEL raises where a condition cannot be computed on one story: an absent attribute, a place in a list
# that is not there, an attribute of another kind, a division by zero.
_NOT_COMPUTABLE = (KeyError, IndexError, TypeError, ValueError, ArithmeticError, RuntimeError)


class Alerts:
    """Remembers which rule fired on which story: each does so once, whatever revisions follow."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules.rules
        self._fired: set[str] = set()

    def restore(self, alert: Alert) -> None:
        """Take note of an alert that was raised before."""
        self._fired.add(alert.id)

    def on_story(self, story: Story, *, now: datetime) -> list[Alert]:
        """Return an alert for each rule that the story meets for the first time, in the order of the rules.

        A story that was taken back meets none.

        `now` is when they are raised; neither ids nor conditions depend on it.
        """
        if story.cancelled:
            return []
        known = values(story)
        context = Context(known)
        raised = []
        for rule in self._rules:
            if not _holds(rule, context):
                continue
            id_ = stable_id("alert", rule.id, rule.version, story.id)
            if id_ not in self._fired:
                self._fired.add(id_)
                raised.append(_alert(id_, rule, story, known, now))
        return raised


def _holds(rule: Rule, context: Context) -> bool:
    try:
        return rule.program.execute(context) is True
    except _NOT_COMPUTABLE:
        return False


def _alert(id_: str, rule: Rule, story: Story, known: dict[str, Value], now: datetime) -> Alert:
    return Alert(
        id=id_,
        rule=RuleRef(id=rule.id, version=rule.version, title=rule.title),
        condition=rule.condition,
        why=[Why(name=name, value=_written(known[name])) for name in rule.reads],
        story=story,
        severity=story.severity,
        polarity=story.polarity,
        status=story.status,
        confidence=story.confidence,
        confirmed=story.origins > 1,
        required_origins=2,
        dyads=story.dyads,
        summary=f"{story.headline}.",
        evidence=story.evidence,
        dedup_key=f"{rule.id}:{story.id}",
        raised_at=now,
    )


def _written(value: Value) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case list():
            return ", ".join(value) or "none"
        case dict():
            return ", ".join(f"{name}={_written(one)}" for name, one in value.items()) or "none"
    return str(value) or "none"
