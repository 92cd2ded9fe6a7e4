"""The shelf: alerts by where they lie on their topic, the latest at hand, the others fetched when needed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from schemas import Alert, Unreadable, decode
from schemas.delivery import Place
from schemas.topics import ALERTS

if TYPE_CHECKING:
    from streams.delivery.reading import Reader

AT_HAND = 200  # alerts; a queue holds only where they lie


@dataclass(frozen=True, slots=True)
class Shelved:
    """An alert and the message that it came as."""

    alert: Alert
    record: Any


class Shelf:
    """Finds the alert that a delivery is about."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._at_hand: OrderedDict[tuple[int, int], Shelved] = OrderedDict()

    def put(self, record: Any) -> Shelved:
        """Keep a message at hand for a while. Raises Unreadable when it is no alert."""
        shelved = Shelved(decode(Alert, record.value), record)
        self._at_hand[record.partition, record.offset] = shelved
        if len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return shelved

    async def get(self, place: Place) -> Shelved | None:
        """Return the alert at a place; None where the topic keeps it no more."""
        if shelved := self._at_hand.get((place.partition, place.offset)):
            return shelved
        record = await self._reader.at(TopicPartition(ALERTS.name, place.partition), place.offset)
        try:
            return self.put(record) if record else None
        except Unreadable:
            return None


def place_of(record: Any) -> Place:
    """Return where a message lies."""
    return Place(partition=record.partition, offset=record.offset)
