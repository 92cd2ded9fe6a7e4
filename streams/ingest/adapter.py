"""From a topic of another system to ours: each message is mapped, sent, and only then taken as read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import CommitFailedError
from kafka.structs import OffsetAndMetadata

from schemas.deadletter import DeadLetter, attempt_of
from schemas.topics import DEADLETTERS, LARGE
from streams.errors import TocsinError
from streams.ingest.conveyor import Listener, Stopped
from streams.ingest.found import Found, Unread
from streams.ingest.mapping import Mapping
from streams.ingest.publish import record_of
from streams.outbox import Acknowledged, Outbox, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.outbox import Outcome

LOGGER = logging.getLogger(__name__)

AGENT: Final = "kafka"
POLL_MS: Final = 500
AT_ONCE: Final = 1_000  # messages between two commits: what a crash may send again


class NoSuchTopic(TocsinError):
    """The topic to read from is not there."""


@dataclass(slots=True)
class Adapter:
    """Reads as a member of a consumer group, so that several may share the work.

    At least once: a message counts as read when the brokers have what it became. After a crash some are sent again,
    under the same ids. When `stopped` says so, no more is read.
    """

    topic: str
    mapping: Mapping
    reader: KafkaConsumer
    outbox: Outbox
    listener: Listener
    stopped: Callable[[], bool]

    def run(self, *, once: bool) -> None:
        """Read until told to stop; with `once` until what was there at the beginning is read.

        Raises NoSuchTopic, and Stopped when the brokers do not take what was sent.
        """
        partitions = self.reader.partitions_for_topic(self.topic)
        if not partitions:
            raise NoSuchTopic(f"no topic {self.topic} to read from: is the name right, and the broker?")
        everything = [TopicPartition(self.topic, number) for number in sorted(partitions)]
        ends = self.reader.end_offsets(everything) if once else {}
        self.reader.subscribe([self.topic])
        while not self.stopped():
            records = self.reader.poll(timeout_ms=POLL_MS, max_records=AT_ONCE)
            if records:
                self._take(records)
            if once and self._is_read(ends):
                return

    def _take(self, records: dict[TopicPartition, list[Any]]) -> None:
        for record in (record for of_partition in records.values() for record in of_partition):
            for sent in self._becomes(record):
                self._hear(self.outbox.send(sent))
        self._hear(self.outbox.drain())
        read = {
            partition: OffsetAndMetadata(of_partition[-1].offset + 1, "", -1)
            for partition, of_partition in records.items()
        }
        try:
            self.reader.commit(read)
        except CommitFailedError:
            LOGGER.warning("the group was dealt anew; another member reads %d partitions again", len(read))

    def _becomes(self, record: Any) -> Iterator[Record]:
        where, now = f"{record.topic}[{record.partition}]@{record.offset}", datetime.now(UTC)
        for found in self.mapping.read(where, record.value, now):
            sent = record_of(found, f"ingest/{AGENT}") if isinstance(found, Found) else found
            if isinstance(sent, Unread):
                self.listener.refused(sent)
                yield _dead_letter(sent, record, now)
            else:
                yield sent

    def _hear(self, outcomes: Iterable[Outcome]) -> None:
        for outcome in outcomes:
            if not isinstance(outcome, Acknowledged):
                raise Stopped(f"{outcome.where} (id {outcome.id}): not acknowledged: {outcome.why}")
            if outcome.at[0] != DEADLETTERS.name:
                self.listener.published()

    def _is_read(self, ends: dict[TopicPartition, int]) -> bool:
        """Tell whether all there was at the beginning is read, by this member or by others of the group."""
        mine = self.reader.assignment()
        if not mine:
            return False
        return all(
            self.reader.position(partition) >= end for partition, end in ends.items() if partition in mine
        )


def _dead_letter(unread: Unread, record: Any, now: datetime) -> Record:
    headers = dict(record.headers)
    letter = DeadLetter(
        stage="ingest",
        reason=unread.reason,
        exception="NoArticle",
        message=f"{unread.where}: {unread.why}",
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        attempt=attempt_of(headers),
        failed_at=now.isoformat().replace("+00:00", "Z"),
        key=record.key,
        value=record.value[:LARGE] if record.value else record.value,
        headers=headers,
    )
    return Record(
        unread.where, unread.reason.value, DEADLETTERS.name, record.key, letter.value, letter.wire_headers()
    )
