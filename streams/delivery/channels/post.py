"""What is sent to a receiver, and what he may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from schemas import Alert, Delivery


@dataclass(frozen=True, slots=True)
class Post:
    """One message to one receiver: an alert, or the digest that the delivery tells.

    `first` is the id of the thread's first delivery to him, `ref` his own id of it; `key` is stable over
    retries. A test is marked as one.
    """

    delivery: Delivery
    alert: Alert | None
    now: datetime
    first: str | None = None
    ref: str | None = None
    is_test: bool = False

    @property
    def key(self) -> str:
        """The id by which a receiver knows a repeat."""
        return self.delivery.id

    @property
    def is_reply(self) -> bool:
        """Whether its thread has an earlier message."""
        return self.first is not None and self.first != self.delivery.id


@dataclass(frozen=True, slots=True)
class Accepted:
    """The receiver has it. `ref` is his own id of it."""

    status: int
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The receiver will never take this message."""

    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Unavailable:
    """The receiver did not take it now. `retry_after` is in seconds, where he named any."""

    said: str
    status: int | None = None
    retry_after: float | None = field(default=None)


Answer: TypeAlias = Accepted | Refused | Unavailable


class Channel(Protocol):
    """A way to one receiver."""

    async def send(self, post: Post) -> Answer:
        """Send it, and return the answer. Never raises for what the receiver does."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...
