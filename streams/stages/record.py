"""A message as a stage reads it and as it sends it, and what a stage is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

ENTERED = "tocsin.entered"  # header: milliseconds since 1970 when the article came onto its topic


@dataclass(frozen=True, slots=True)
class InRecord:
    """A message as it was read. `timestamp` in seconds since 1970."""

    topic: str
    partition: int
    offset: int
    timestamp: float
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]

    @property
    def entered(self) -> dict[str, bytes]:
        """The header that goes on with what the message becomes."""
        return {ENTERED: self.headers[ENTERED]} if ENTERED in self.headers else {}


@dataclass(frozen=True, slots=True)
class OutRecord:
    """A message to be sent; without a `partition` the key decides."""

    topic: str
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]
    partition: int | None = None
    last: bool = False  # to be sent when all else is acknowledged: it says that the rest was sent
    is_state: bool = False  # of several of one batch for a key only the latest need be sent


def latest(outs: list[OutRecord]) -> list[OutRecord]:
    """Return the messages in their order, without the states that a later one of the same key makes void."""
    last = {(out.topic, out.key): at for at, out in enumerate(outs) if out.is_state}
    return [out for at, out in enumerate(outs) if not out.is_state or last[out.topic, out.key] == at]


class Stage(Protocol):
    """One step of the flow over one partition."""

    name: str

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return what this message becomes. Raises Unreadable when it is not what it should be."""
        ...
