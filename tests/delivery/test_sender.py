from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry

from schemas import encode
from schemas.brief import brief_of
from streams.delivery.channels import Accepted
from streams.delivery.policy import Policy
from streams.delivery.sender import Sender
from streams.delivery.shelf import Shelf, place_of
from streams.metrics import Metrics
from tests.delivery.alerts import an_alert
from tests.delivery.policy.plans import a_plan


class Kept:
    """A ledger that keeps what is written, and says when it has enough."""

    def __init__(self) -> None:
        self.deliveries, self.letters = [], []
        self.enough = asyncio.Event()

    async def write(self, deliveries, letters=()) -> None:
        self.deliveries += deliveries
        self.letters += letters
        if len(self.deliveries) == 2:
            self.enough.set()


class Mistaken:
    """A channel with a mistake of ours in it: it fails on the first message."""

    def __init__(self) -> None:
        self.sent = []

    async def send(self, post):
        if not self.sent:
            self.sent.append(None)
            raise LookupError("hunter2")
        self.sent.append(post.alert.id)
        return Accepted(200)

    async def close(self) -> None:
        pass


@pytest.fixture
def kept():
    return Kept()


def test_a_mistake_of_ours_with_one_message_is_a_dead_letter_and_holds_up_no_other(kept):
    channel, policy, shelf = Mistaken(), Policy(a_plan()), Shelf(reader=None)
    metrics = Metrics(CollectorRegistry())

    async def deliver() -> None:
        sender = Sender("desk", policy, channel, shelf, kept, metrics)
        now = datetime.now(UTC)
        for offset in range(2):
            alert = an_alert(id=f"alert-{offset}", dedup_key=f"thread-{offset}", raised_at=now)
            record = SimpleNamespace(
                topic="tocsin.alerts",
                partition=0,
                offset=offset,
                key=b"k",
                value=encode(alert),
                headers=[],
            )
            shelf.put(record)
            for delivery in policy.decide(brief_of(alert), place_of(record), [], now):
                sender.add(delivery)
        running = asyncio.create_task(sender.run())
        await kept.enough.wait()
        sender.stop()
        await running

    asyncio.run(deliver())
    assert [one.outcome.value for one in kept.deliveries] == ["dead", "delivered"]
    assert channel.sent == [None, "alert-1"]
    [letter] = kept.letters
    assert (letter.reason, letter.message) == ("bug", "desk: LookupError")
    assert metrics.registry.get_sample_value(
        "tocsin_deliveries_total", {"receiver": "desk", "outcome": "delivered"}
    )
