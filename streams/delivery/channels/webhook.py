"""Webhook: the alert as a CloudEvent in JSON, signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from schemas.contracts import CONTRACTS
from streams.delivery.channels.http import Reply, Request, judged
from streams.delivery.channels.signature import HEADER, signature
from streams.delivery.channels.wording import text, title

if TYPE_CHECKING:
    from streams.delivery.channels.post import Answer, Post

DIGEST_TYPE = "dev.tocsin.digest.v1"


class WebhookKind:
    """A program that takes an HTTP POST."""

    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret

    def request(self, post: Post) -> Request:
        """Return the signed request; every retry has the same id, and a signature of its own time."""
        body = orjson.dumps(_event(post))
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "Idempotency-Key": post.key,
            HEADER: signature(self._secret, body, int(post.now.timestamp())),
        }
        return Request(self._url, body, headers)

    def answer(self, reply: Reply) -> Answer:
        """Return what the status says."""
        return judged(reply)


def _event(post: Post) -> dict[str, Any]:
    event: dict[str, Any] = {
        "specversion": "1.0",
        "source": "/tocsin/deliver",
        "time": post.delivery.decided_at.isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "tocsindelivery": post.key,
        "tocsintext": text(post),
    }
    if post.is_test:
        event["tocsintest"] = True
    if post.alert:
        contract = CONTRACTS[type(post.alert)]
        return event | {
            "id": post.alert.id,
            "type": contract.event_type,
            "dataschema": contract.schema_id,
            "subject": post.alert.dedup_key,
            "data": post.alert.model_dump(mode="json", exclude_none=True),
        }
    told = [brief.model_dump(mode="json", exclude_none=True) for brief in post.delivery.told]
    data = {"title": title(post), "count": len(post.delivery.members), "alerts": told}
    return event | {"id": post.key, "type": DIGEST_TYPE, "data": data}
