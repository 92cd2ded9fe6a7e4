"""Posts for tests."""

from __future__ import annotations

from datetime import timedelta

from schemas import Delivery
from schemas.brief import brief_of
from schemas.delivery import Place, delivery_id
from streams.delivery.channels import Post
from tests.delivery.alerts import an_alert
from tests.factories import NOON


def a_post(alert=None, *, first=None, ref=None, **changes) -> Post:
    alert = alert or an_alert(**changes)
    delivery = Delivery(
        id=delivery_id(alert.id, "desk"),
        receiver="desk",
        outcome="queued",
        because="to be sent",
        brief=brief_of(alert),
        place=Place(partition=0, offset=0),
        decided_at=NOON,
    )
    return Post(delivery, alert, NOON + timedelta(seconds=5), first=first, ref=ref)


def a_digest(count=60) -> Post:
    briefs = [
        brief_of(an_alert(id=f"alert-{number}", summary=f"Number {number}.")) for number in range(count)
    ]
    delivery = Delivery(
        id="digest-1",
        receiver="desk",
        outcome="queued",
        because=f"a digest of {count}: capped",
        members=[f"delivery-{number}" for number in range(count)],
        told=briefs[:50],
        decided_at=NOON,
    )
    return Post(delivery, None, NOON)
