"""What lies at the end of the articles topic: after a crash, the way to tell what was sent from what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import orjson
from kafka import TopicPartition

from schemas.topics import ARTICLES
from streams.broker import consumer
from streams.ingest.known_ids import version_of
from streams.restore import read_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.settings import Settings

TAIL: Final = 20_000  # messages over all partitions: four times what an agent has under way at once


def latest_versions(settings: Settings, client: str, *, most: int = TAIL) -> Iterator[tuple[str, bytes]]:
    """Yield id and version of the last articles on the topic, the older of each partition first.

    Raises BrokerUnreachable.
    """
    reader = consumer(settings, client)
    try:
        partitions = [
            TopicPartition(ARTICLES.name, number)
            for number in sorted(reader.partitions_for_topic(ARTICLES.name) or ())
        ]
        ends, starts = reader.end_offsets(partitions), reader.beginning_offsets(partitions)
        each = most // max(1, len(partitions))
        for partition in partitions:
            start = max(starts[partition], ends[partition] - each)
            for record in read_between(reader, partition, start, ends[partition]):
                if said := _said(record.value):
                    yield said
    finally:
        reader.close()


def _said(value: bytes | None) -> tuple[str, bytes] | None:
    """Return id and version of an article; None for what is none: the workers make a dead letter of it."""
    try:
        fields = orjson.loads(value or b"")
        return str(fields["id"]), version_of(fields)
    except (ValueError, KeyError, TypeError):
        return None
