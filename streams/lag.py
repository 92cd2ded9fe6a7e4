"""How far a consumer group has come, as the brokers know it: the outside view, true of a dead worker too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kafka import TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kafka.admin import KafkaAdminClient


@dataclass(frozen=True, slots=True)
class Position:
    """Of one partition: the offset committed as done, and the end."""

    committed: int
    end: int

    @property
    def lag(self) -> int:
        """Messages that wait."""
        return max(0, self.end - self.committed)


def positions(
    admin: KafkaAdminClient, group: str, partitions: Iterable[TopicPartition]
) -> dict[TopicPartition, Position]:
    """Return how far the group is in each partition; without any commit, the earliest message is next.

    The commits are read before the ends: where no partition of the chain lags, every message is done.
    """
    wanted = list(partitions)
    committed = {
        partition: told.offset
        for partition, told in admin.list_group_offsets({group: wanted})[group].items()
        if told.offset >= 0
    }
    ends = ends_of(admin, wanted)
    never = [partition for partition in wanted if partition not in committed]
    earliest = admin.list_partition_offsets(dict.fromkeys(never, OffsetSpec.EARLIEST)) if never else {}
    starts = {partition: told.offset for partition, told in earliest.items()}
    return {
        partition: Position(committed.get(partition, starts.get(partition, 0)), ends[partition])
        for partition in wanted
    }


def is_drained(admin: KafkaAdminClient, group: str, partitions: Iterable[TopicPartition]) -> bool:
    """Tell whether nothing waits for the group in any of these partitions."""
    try:
        return not any(at.lag for at in positions(admin, group, partitions).values())
    except KafkaError as error:
        if not error.retriable:
            raise
        return False  # the brokers make or move the group's coordinator: ask again


def ends_of(admin: KafkaAdminClient, partitions: Iterable[TopicPartition]) -> dict[TopicPartition, int]:
    """Return the offset after the last message of each partition."""
    told = admin.list_partition_offsets(dict.fromkeys(partitions, OffsetSpec.LATEST))
    return {partition: at.offset for partition, at in told.items()}


def partitions_of(topics: Iterable[str], count: int) -> list[TopicPartition]:
    """Return every partition of these topics."""
    return [TopicPartition(topic, number) for topic in topics for number in range(count)]
