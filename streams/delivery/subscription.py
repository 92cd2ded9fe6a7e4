"""A subscription to the alerts: from where its group has come, each alert once, committed when dealt with."""

from __future__ import annotations

import contextlib
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from schemas import Alert, Unreadable, decode
from schemas.alert import WATCHDOG
from schemas.topics import ALERTS
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator


POLL_MS = 500
SILENCE = 10.0  # seconds without a message after which the broker is asked whether it is there
REMEMBERED = 100_000  # ids of alerts; upstream delivers at least once, a repeat comes soon after
_DYAD = re.compile(r"^([A-Z][A-Z0-9_]+)-([A-Z][A-Z0-9_]+)$")


class BadDyad(TocsinError):
    """A word that names no dyad."""


class BrokerSilent(TocsinError):
    """The broker stopped answering before the end was reached."""


class BrokerRefuses(TocsinError):
    """The broker will not let this group read, or remember what it read."""


@dataclass(frozen=True, slots=True)
class Received:
    """An alert, and the message that it came as."""

    alert: Alert
    raw: bytes


@dataclass(frozen=True, slots=True)
class Garbled:
    """A message that is no alert: where it stands, and why."""

    where: str
    why: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which alerts to let through; an empty set lets all of its kind through, save a watchdog's."""

    min_severity: float = 0.0
    dyads: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()

    def __call__(self, alert: Alert) -> bool:
        """Tell whether this alert is wanted."""
        return (
            alert.severity >= self.min_severity
            and (not self.dyads or not self.dyads.isdisjoint(alert.dyads))
            and (alert.rule.id in self.rules if self.rules else WATCHDOG not in alert.labels)
        )


def read_dyad(word: str) -> str:
    """Return a dyad as the alerts write it, in alphabetical order. Raises BadDyad."""
    match = _DYAD.match(word.strip().upper())
    if match is None:
        raise BadDyad(f"{word!r} names no dyad; write two party ids, as in RUS-USA or NATO-RUS")
    return "-".join(sorted(match.groups()))


@dataclass(slots=True)
class Subscription:
    """Reads the alert topic with a consumer that has a group.

    It takes all partitions itself: two subscriptions of one group both see every alert.
    """

    consumer: KafkaConsumer
    _seen: dict[str, None] = field(default_factory=dict)
    _done: dict[TopicPartition, int] = field(default_factory=dict)
    _heard: float = field(default_factory=time.monotonic)

    def start(self, *, from_beginning: bool) -> None:
        """Take the partitions, at what the group committed or at the beginning."""
        numbers = self.consumer.partitions_for_topic(ALERTS.name) or ()
        self.consumer.assign([TopicPartition(ALERTS.name, number) for number in sorted(numbers)])
        if from_beginning:
            self.consumer.seek_to_beginning()

    def until_end(self) -> Iterator[Received | Garbled]:
        """Yield what the topic holds now beyond the group's position. Raises BrokerSilent."""
        ends = self.consumer.end_offsets(list(self.consumer.assignment()))
        while any(self.consumer.position(partition) < end for partition, end in ends.items()):
            yield from self._poll()
            if not self._is_there():
                raise BrokerSilent(
                    "the broker stopped answering before the last alert was read; run it again"
                )

    def follow(self) -> Iterator[Received | Garbled | None]:
        """Yield what comes, for ever; None when the broker has fallen silent."""
        while True:
            yield from self._poll()
            if not self._is_there():
                yield None

    def commit(self) -> None:
        """Tell the broker what was dealt with, so that the next run goes on from there."""
        if self._done:
            done = {at: OffsetAndMetadata(offset, "", -1) for at, offset in self._done.items()}
            self.consumer.commit(done, timeout_ms=5_000)
            self._done.clear()

    def _poll(self) -> Iterator[Received | Garbled]:
        """Yield new alerts; what was yielded counts as dealt with once the next is asked for."""
        records: dict[TopicPartition, list[Any]] = {}
        with _refusals():
            records = self.consumer.poll(timeout_ms=POLL_MS)
        for partition, batch in records.items():
            for record in batch:
                yield from self._read(record)
                self._done[partition] = record.offset + 1
        if records:
            self._heard = time.monotonic()
            with _refusals():
                self.commit()

    def _read(self, record: Any) -> Iterator[Received | Garbled]:
        try:
            alert = decode(Alert, record.value)
        except Unreadable as error:
            yield Garbled(f"{record.topic}, partition {record.partition}, offset {record.offset}", str(error))
            return
        if alert.id not in self._seen:
            self._seen[alert.id] = None
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
            yield Received(alert, record.value)

    def _is_there(self) -> bool:
        """Tell, after a silence, whether the broker still answers; kafka-python itself retries unheard."""
        if time.monotonic() - self._heard < SILENCE:
            return True
        self._heard = time.monotonic()
        try:
            self.consumer.end_offsets(list(self.consumer.assignment()), timeout_ms=5_000)
        except KafkaError:
            return False
        return True


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Pass over what may be better the next time; say what will not."""
    try:
        yield
    except KafkaError as error:
        if not error.retriable:
            raise BrokerRefuses(
                f"the broker refuses: {error}; may this user read the alerts as this group?"
            ) from error
