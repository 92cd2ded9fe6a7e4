"""Files → the topic, in their order, each input once: what the broker has is journalled, what it has not is sent."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Protocol

from schemas.topics import ARTICLES
from streams.errors import TocsinError
from streams.ingest.found import Found, Unread
from streams.ingest.journal import Ends, Journal, Progress, Stamp
from streams.ingest.pace import Pace
from streams.ingest.parcel import of_unreadable
from streams.ingest.publish import record_of
from streams.ingest.tail import PLACE, ends_of, places_beyond
from streams.outbox import Acknowledged, Outbox, Record
from streams.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.outbox import Outcome

NOTED_EVERY: Final = 1.0  # seconds between notes; what came after the last is looked up on the topics


class Stopped(TocsinError):
    """The brokers did not acknowledge an article; what follows it was not sent."""


class Listener(Protocol):
    """Who is told what becomes of the inputs."""

    def published(self) -> None:
        """Count an article that the brokers have."""

    def refused(self, unread: Unread) -> None:
        """Count an input that is no article; its bytes are a dead letter."""

    def noted(self, where: str, note: str) -> None:
        """Tell what a person should know of how an input was read."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A file as it was when it was found. `read` yields its inputs after the first so many, always in one order."""

    name: str
    stamp: Stamp
    read: Callable[[int], Iterator[Found | Unread]]


@dataclass(slots=True)
class _Step:
    """An input under way, done when the brokers have it: at `at`, unless a process before this one sent it.

    `last` is the end of its file, after so many inputs.
    """

    batch: Batch
    number: int
    done: bool = False
    last: bool = False
    at: tuple[str, int, int] | None = None

    @property
    def place(self) -> str:
        """What names the input on the topic: a file that has changed holds other inputs."""
        size, mtime_ns = self.batch.stamp
        return f"{self.batch.name}#{self.number}@{size}.{mtime_ns}"


@dataclass(slots=True)
class Conveyor:
    """Sends batches through an outbox, at its pace, and keeps the journal.

    `agent` names the sender in the headers; when `stopped` says so, no more is read. What the journal of a
    killed process does not know yet is looked up on the topics, so that nothing is sent twice.
    """

    agent: str
    settings: Settings
    outbox: Outbox
    journal: Journal
    pace: Pace
    listener: Listener
    stopped: Callable[[], bool] = lambda: False
    _under_way: deque[_Step] = field(default_factory=deque)
    _sent_before: set[str] = field(default_factory=set)
    _to_note: dict[str, Progress] = field(default_factory=dict)
    _ends: Ends = field(default_factory=dict)
    _noted: float = 0.0

    def start(self) -> None:
        """Look up what a process before this one sent, and from where on this one sends.

        Raises BrokerUnreachable, JournalUnusable.
        """
        if self.journal.ends:
            self._sent_before = places_beyond(self.settings, self.journal.ends)
        else:
            self.journal.note({}, ends_of(self.settings))
        self._noted = time.monotonic()

    def undone(self, batches: Iterable[Batch]) -> list[Batch]:
        """Return those of these batches that are not whole on the topic yet, by the journal."""
        return [batch for batch in batches if not self.journal.of(batch.name, batch.stamp).whole]

    def carry(self, batches: Iterable[Batch]) -> None:
        """Send what is not done yet of these batches; return when the brokers have all of it.

        Raises Stopped when they do not take an article, after what came before it is journalled.
        """
        for batch in batches:
            progress = self.journal.of(batch.name, batch.stamp)
            if self.stopped():
                break
            if not progress.whole:
                self._carry(batch, progress.done)
        self.finish()

    def finish(self) -> None:
        """Wait for the brokers' word on what was sent; journal it. Raises Stopped."""
        try:
            self._hear(self.outbox.drain())
        finally:
            self._note()

    def _carry(self, batch: Batch, done: int) -> None:
        for found in batch.read(done):
            if self.stopped():
                return
            done += 1
            self.pace.wait()
            self._send(found, _Step(batch, done))
        self._under_way.append(_Step(batch, done, done=True, last=True))
        self._settle()

    def _send(self, found: Found | Unread, step: _Step) -> None:
        self._under_way.append(step)
        if step.place in self._sent_before:
            self._sent_before.discard(step.place)
            step.done = True
            self._settle()
            return
        record = self._record(found, step)
        if record is None:
            step.done = True
            self._settle()
            return
        self._hear(self.outbox.send(record))

    def _record(self, found: Found | Unread, step: _Step) -> Record | None:
        """Return the message that an input becomes; None for one that is neither article nor bytes to keep."""
        place = {PLACE: step.place.encode("utf-8", "surrogateescape")}
        if isinstance(found, Found):
            for note in found.notes:
                self.listener.noted(found.where, note)
            record = record_of(found, f"ingest/{self.agent}", **place)
            if isinstance(record, Record):
                return record
            found = record
        self.listener.refused(found)
        if found.raw is None:
            return None
        letter = of_unreadable(
            found.raw,
            self.agent,
            where=found.where,
            reason=found.reason,
            why=found.why,
            now=datetime.now(UTC),
        ).record
        return replace(letter, headers={**letter.headers, **place})

    def _hear(self, outcomes: Iterable[Outcome]) -> None:
        """Take the brokers' word, which comes in the order of sending."""
        for outcome in outcomes:
            if not isinstance(outcome, Acknowledged):
                raise Stopped(
                    f"{outcome.where} (id {outcome.id}): not acknowledged: {outcome.why}; "
                    "the same call goes on from there"
                )
            step = next(step for step in self._under_way if not step.done)
            step.done, step.at = True, outcome.at
            if outcome.at[0] == ARTICLES.name:
                self.listener.published()
            self._settle()

    def _settle(self) -> None:
        """Take leave of what is done with nothing undone before it."""
        while self._under_way and self._under_way[0].done:
            step = self._under_way.popleft()
            if step.at:
                topic, partition, offset = step.at
                self._ends[topic, partition] = offset + 1
            self._to_note[step.batch.name] = Progress(step.batch.stamp, step.number, step.last)
        if time.monotonic() - self._noted > NOTED_EVERY:
            self._note()

    def _note(self) -> None:
        if self._to_note:
            self.journal.note(self._to_note, self._ends)
            self._to_note = {}
        self._noted = time.monotonic()
