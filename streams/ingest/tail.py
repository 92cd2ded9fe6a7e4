"""What of ours the topics hold beyond a point: after a crash, the way to tell what was sent from what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from schemas.topics import ARTICLES, DEADLETTERS
from streams.broker import consumer
from streams.restore import read_between

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kafka import KafkaConsumer

    from streams.ingest.journal import Ends
    from streams.settings import Settings

PLACE = "ce_place"  # a CloudEvents attribute of our own: which input of which file it came from


def ends_of(settings: Settings) -> Ends:
    """Return the offset after the last message, by topic and partition, of what ingest writes."""
    reader = consumer(settings, "ingest")
    try:
        ends = reader.end_offsets(_partitions(reader))
        return {(partition.topic, partition.partition): end for partition, end in ends.items()}
    finally:
        reader.close()


def places_beyond(settings: Settings, ends: Ends) -> set[str]:
    """Return the places of all messages that lie at these ends or beyond, of those that say their place.

    A partition without an end was added since, and is read from its beginning.

    Raises BrokerUnreachable when messages stop before the end.
    """
    reader = consumer(settings, "ingest")
    try:
        return {
            place
            for partition in _partitions(reader)
            for record in _beyond(reader, partition, ends.get((partition.topic, partition.partition), 0))
            for name, value in record.headers
            if name == PLACE and (place := value.decode("utf-8", "surrogateescape"))
        }
    finally:
        reader.close()


def _partitions(reader: KafkaConsumer) -> list[TopicPartition]:
    return [
        TopicPartition(topic.name, number)
        for topic in (ARTICLES, DEADLETTERS)
        for number in sorted(reader.partitions_for_topic(topic.name) or ())
    ]


def _beyond(reader: KafkaConsumer, partition: TopicPartition, start: int) -> Iterator[Any]:
    first, end = reader.beginning_offsets([partition])[partition], reader.end_offsets([partition])[partition]
    return read_between(reader, partition, max(first, start), end)
