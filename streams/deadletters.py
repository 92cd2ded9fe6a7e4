"""The dead letters: read where they lie, and sent again as they were to where they came from."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from schemas.deadletter import ATTEMPT, PREFIX, DeadLetter
from schemas.topics import DEADLETTERS, TOPICS
from streams.broker import BrokerUnreachable
from streams.errors import TocsinError
from streams.outbox import Outbox, Outcome, Record, Unacknowledged
from streams.restore import POLL_MS, SILENCE, read_to_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kafka import KafkaConsumer

_PLACE = re.compile(r"^(\d{1,9}):(\d{1,18})$")
_SENT_FROM = {topic.name for topic in TOPICS if topic is not DEADLETTERS}


class BadPlace(TocsinError):
    """A word that is no PARTITION:OFFSET."""


class NoSuchLetter(TocsinError):
    """There is no dead letter at this place."""


class NotReplayable(TocsinError):
    """A dead letter that cannot be sent again."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the topic of dead letters one lies."""

    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.partition}:{self.offset}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A dead letter and where it lies."""

    place: Place
    letter: DeadLetter


@dataclass(frozen=True, slots=True)
class Alien:
    """A message on the topic that is no dead letter, and why."""

    place: Place
    why: str


def read_place(word: str) -> Place:
    """Return the place that a word such as 2:15 names. Raises BadPlace."""
    match = _PLACE.match(word)
    if match is None:
        raise BadPlace(f"{word!r} is no place; write PARTITION:OFFSET as `tocsin deadletters list` does")
    return Place(int(match[1]), int(match[2]))


def read_all(reader: KafkaConsumer) -> Iterator[Kept | Alien]:
    """Yield everything that lies on the topic now, partition by partition. Raises BrokerUnreachable."""
    for partition in sorted(reader.partitions_for_topic(DEADLETTERS.name) or ()):
        for record in read_to_end(reader, TopicPartition(DEADLETTERS.name, partition)):
            yield _kept(record)


def read_one(reader: KafkaConsumer, place: Place) -> Kept:
    """Return the dead letter at this place. Raises NoSuchLetter, BrokerUnreachable."""
    record = _record_at(reader, place)
    found = _kept(record) if record else None
    if isinstance(found, Alien):
        raise NoSuchLetter(f"what lies at {place} is no dead letter: {found.why}")
    if found is None:
        raise NoSuchLetter(
            f"no dead letter lies at {place}; `tocsin deadletters list` shows those that are kept"
        )
    return found


def replay(letters: Iterable[Kept], outbox: Outbox) -> Iterator[Outcome]:
    """Send these dead letters again; yield the outcome of each."""
    for kept in letters:
        try:
            record = again(kept)
        except NotReplayable as error:
            yield Unacknowledged(str(kept.place), _named(kept.letter.key), str(error))
        else:
            yield from outbox.send(record)
    yield from outbox.drain()


def again(kept: Kept) -> Record:
    """Return the record that is the original once more: bytes, key, headers and partition, one attempt on.

    Raises NotReplayable.
    """
    letter = kept.letter
    if letter.topic not in _SENT_FROM:
        raise NotReplayable(f"it comes from {letter.topic}, which is no topic of ours")
    if letter.key is None and letter.value is None:
        raise NotReplayable("it holds neither key nor value, there is nothing to send")
    attempt = {ATTEMPT: str(letter.attempt + 1).encode()}
    return Record(
        where=str(kept.place),
        id=_named(letter.key),
        topic=letter.topic,
        partition=letter.partition,
        key=letter.key,
        value=letter.value,
        headers=letter.headers | attempt,
    )


def _named(key: bytes | None) -> str:
    return key.decode("utf-8", "backslashreplace") if key else "none"


def _record_at(reader: KafkaConsumer, place: Place) -> Any | None:
    """Return the record at this place; None where the partition holds none."""
    at = TopicPartition(DEADLETTERS.name, place.partition)
    if place.partition not in (reader.partitions_for_topic(DEADLETTERS.name) or ()):
        return None
    reader.assign([at])
    if not reader.beginning_offsets([at])[at] <= place.offset < reader.end_offsets([at])[at]:
        return None
    reader.seek(at, place.offset)
    until = time.monotonic() + SILENCE
    while time.monotonic() < until:
        if records := reader.poll(timeout_ms=POLL_MS, max_records=1).get(at):
            return records[0] if records[0].offset == place.offset else None
    raise BrokerUnreachable(f"the broker fell silent before {place} was read")


def _kept(record: Any) -> Kept | Alien:
    place = Place(record.partition, record.offset)
    headers = {name: value or b"" for name, value in record.headers}
    try:
        return Kept(place, DeadLetter.from_wire(record.key, record.value, headers))
    except KeyError as error:
        return Alien(place, f"it has no header {PREFIX}{error.args[0]}")
    except ValueError as error:
        return Alien(place, str(error))
