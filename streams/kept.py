"""What a topic keeps, read once from its beginning to what is its end now, for commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kafka import TopicPartition

from schemas import Unreadable, decode
from schemas.base import Message
from streams.broker import admin, consumer
from streams.restore import read_to_end
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas.topics import Topic
    from streams.settings import Settings

M = TypeVar("M", bound=Message)


def kept(settings: Settings, topic: Topic, model: type[M]) -> Iterator[tuple[bytes, M | None]]:
    """Yield what lies on a topic by its key; None where it was deleted. What is unreadable is passed over.

    Raises BrokerUnreachable, TopicsMissing.
    """
    client = admin(settings)
    try:
        require_topic(client, settings, topic)
    finally:
        client.close()
    reader = consumer(settings, "command")
    try:
        for number in sorted(reader.partitions_for_topic(topic.name) or ()):
            for record in read_to_end(reader, TopicPartition(topic.name, number)):
                try:
                    yield record.key or b"", decode(model, record.value) if record.value else None
                except Unreadable:
                    continue
    finally:
        reader.close(autocommit=False, timeout_ms=1_000)
