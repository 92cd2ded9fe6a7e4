"""Watching a worker: its health and its numbers, kept up beside the agents and shown on three pages."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

import faust
import orjson
from kafka import TopicPartition
from kafka.errors import KafkaError
from prometheus_client.exposition import choose_encoder

from streams.broker import BrokerUnreachable, admin
from streams.lag import Position, positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka.admin import KafkaAdminClient

    from streams.health import Health
    from streams.metrics import Metrics
    from streams.settings import Settings

TURN_EVERY = 1.0  # seconds between two proofs that the event loop turns
LOOK_EVERY = 5.0  # seconds between two looks at the group's offsets: two small requests


class Watch:
    """Looks at the group's offsets from outside, and keeps health and metrics up to date."""

    def __init__(self, settings: Settings, health: Health, metrics: Metrics) -> None:
        self._settings, self._health, self._metrics = settings, health, metrics
        self._admin: KafkaAdminClient | None = None

    def dealt(self, partitions: Iterable[Any]) -> None:
        """Take note of the partitions held from now on; the others' numbers are another worker's."""
        held = [(partition.topic, partition.partition) for partition in partitions]
        self._health.dealt(held)
        self._metrics.flow.holds(len(held))

    async def look(self) -> None:
        """Ask the brokers how far the partitions held here have come."""
        held = [TopicPartition(topic, number) for topic, number in self._health.held()]
        if not held:
            return
        try:
            told = await asyncio.to_thread(self._positions, held)
        except (KafkaError, BrokerUnreachable) as error:
            self._health.unseen(f"{type(error).__name__}: {error}")
            return
        for partition in self._health.seen(told):
            self._metrics.flow.committed(partition.topic, partition.partition, time.time())
        for partition, position in told.items():
            self._metrics.flow.waits(partition.topic, partition.partition, position.lag)

    def _positions(self, held: list[TopicPartition]) -> dict[TopicPartition, Position]:
        if self._admin is None:
            self._admin = admin(self._settings)
        return positions(self._admin, self._settings.group, held)


class Rebalances(faust.Sensor):
    """Counts how often the group was dealt anew."""

    logger = logging.getLogger("faust.sensors")

    def __init__(self, metrics: Metrics) -> None:
        super().__init__()
        self._metrics = metrics

    def on_rebalance_start(self, app: Any) -> Any:
        """Count one."""
        self._metrics.flow.rebalanced()
        return super().on_rebalance_start(app)


def keep_watch(app: faust.App, watch: Watch, health: Health, metrics: Metrics) -> None:
    """Keep health and metrics up to date while the app runs."""
    app.sensors.add(Rebalances(metrics))

    @app.on_partitions_assigned.connect
    async def dealt(_app: Any, /, *assigned: Any, **_: Any) -> None:
        watch.dealt(*assigned)

    @app.timer(TURN_EVERY)  # type: ignore[untyped-decorator]
    async def turn() -> None:
        health.turn()

    @app.timer(LOOK_EVERY)  # type: ignore[untyped-decorator]
    async def look() -> None:
        await watch.look()


def serve_pages(app: faust.App, health: Health, metrics: Metrics) -> None:
    """Serve /metrics, /healthz and /readyz."""

    @app.page("/metrics", name="metrics")
    async def show_metrics(page: Any, request: Any) -> Any:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return page.bytes(encode(metrics.registry), headers={"Content-Type": content_type})

    @app.page("/healthz", name="healthz")
    async def show_health(page: Any, _request: Any) -> Any:
        return _verdict(page, health.sick())

    @app.page("/readyz", name="readyz")
    async def show_readiness(page: Any, _request: Any) -> Any:
        return _verdict(page, health.not_ready())


def _verdict(page: Any, reasons: list[str]) -> Any:
    body = orjson.dumps({"ok": not reasons, "reasons": reasons})
    return page.bytes(body, status=503 if reasons else 200, content_type="application/json")
