"""Alerts for tests: one of the rule `talks` on a story of the factories."""

from __future__ import annotations

from schemas import Alert, Why
from schemas.alert import RuleRef
from tests.factories import NOON, a_story


def an_alert(story=None, **changes) -> Alert:
    """Return an alert on this story, or on one of an event of this kind."""
    story = story or a_story()
    alert = {
        "id": "alert-1",
        "rule": RuleRef(id="talks", version=3, title="Military leaders spoke"),
        "condition": 'type == "military_communication"',
        "why": [Why(name="type", value=story.type)],
        "story": story,
        "severity": story.severity,
        "polarity": story.polarity,
        "status": story.status,
        "dyads": story.dyads,
        "confirmed": story.origins > 1,
        "required_origins": 2,
        "summary": f"{story.headline}.",
        "evidence": story.evidence,
        "dedup_key": "talks:story-1",
        "raised_at": NOON,
    }
    return Alert.model_validate(alert | changes)
