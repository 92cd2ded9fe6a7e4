"""A specimen: an alert that tells of nothing, to try a receiver with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas import Alert, Delivery, Outcome, taxonomy
from schemas.brief import brief_of
from schemas.delivery import Place, delivery_id
from streams.delivery.channels.post import Post

if TYPE_CHECKING:
    from datetime import datetime

_TYPE = "military_communication"
_QUOTE = "This is a test of tocsin."


def specimen(receiver: str, now: datetime) -> Post:
    """Return a test for a receiver; each instant makes a new one."""
    alert = _alert(now)
    delivery = Delivery(
        id=delivery_id(alert.id, receiver),
        receiver=receiver,
        outcome=Outcome.QUEUED,
        because="a test",
        brief=brief_of(alert),
        place=Place(partition=0, offset=0),
        decided_at=now,
    )
    return Post(delivery, alert, now, is_test=True)


def _alert(now: datetime) -> Alert:
    type_ = taxonomy()[_TYPE]
    kind = {"type": _TYPE, "family": type_.family, "polarity": type_.polarity}
    common: dict[str, Any] = kind | {"severity": type_.severity, "status": "occurred", "confidence": 1.0}
    common |= {"taxonomy": taxonomy().version, "actors": [], "attributes": {}}
    common["event_date"] = {"start": now.date(), "end": now.date(), "precision": "day"}
    quote = {"quote": _QUOTE, "start": 0, "end": len(_QUOTE), "lang": "en", "trigger": "test"}
    evidence = {"event": "test-event", "source": "test", "evidence": quote}
    lead = common | {
        "id": "test-event",
        "claim": {"kind": "article"},
        "evidence": quote,
        "codes": {"cameo": type_.codes.cameo, "quadclass": type_.codes.quadclass},
        "article": {"id": "test-article", "source": "test", "published_at": now},
        "tagged_at": now,
        "tagger": "test",
    }
    story = common | {
        "id": "test-story",
        "revision": 1,
        "headline": _QUOTE,
        "first_seen": now,
        "last_seen": now,
        "origins": 1,
        "mentions": 1,
        "sources": ["test"],
        "langs": ["en"],
        "articles": ["test-article"],
        "events": ["test-event"],
        "evidence": [evidence],
        "novelty": "first",
        "lead": lead,
    }
    return Alert.model_validate(
        {
            "id": f"test-{now:%Y%m%dT%H%M%S%f}",
            "rule": {"id": "test", "version": 1, "title": "A test of this receiver"},
            "condition": "true",
            "why": [],
            "story": story,
            "severity": type_.severity,
            "polarity": type_.polarity,
            "status": "occurred",
            "summary": _QUOTE,
            "evidence": [evidence],
            "dedup_key": f"test:{now:%Y%m%dT%H%M%S%f}",
            "raised_at": now,
        }
    )
