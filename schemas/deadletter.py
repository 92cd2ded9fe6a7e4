"""Dead letter: a message that could not be processed, untouched, with the reason in its headers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "tocsin.dlq."
ATTEMPT = PREFIX + "attempt"  # on a replayed message too


class Reason(StrEnum):
    """Why a message could not be processed; the bounded set that metrics are labelled with."""

    NOT_JSON = "not_json"
    SCHEMA = "schema"
    UNFIT_TEXT = "unfit_text"
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    REFUSED = "refused"
    UNDELIVERED = "undelivered"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What is kept of a message that could not be processed."""

    stage: str
    reason: Reason
    exception: str
    message: str
    topic: str
    partition: int
    offset: int
    attempt: int
    failed_at: str
    key: bytes | None
    value: bytes | None
    headers: dict[str, bytes]

    def wire_headers(self) -> dict[str, bytes]:
        """Return the original headers and beside them the reason, as `tocsin.dlq.*`."""
        said = {
            "stage": self.stage,
            "reason": self.reason.value,
            "exception": self.exception,
            "message": self.message,
            "topic": self.topic,
            "partition": self.partition,
            "offset": self.offset,
            "attempt": self.attempt,
            "failed_at": self.failed_at,
        }
        kept = {name: value for name, value in self.headers.items() if not name.startswith(PREFIX)}
        return kept | {PREFIX + name: str(value).encode("utf-8", "replace") for name, value in said.items()}

    @classmethod
    def from_wire(cls, key: bytes | None, value: bytes | None, headers: dict[str, bytes]) -> DeadLetter:
        """Read a dead letter back.

        Raises KeyError when the headers do not say where it came from, ValueError when they say nonsense.
        """
        said = {
            name.removeprefix(PREFIX): value.decode("utf-8", "replace")
            for name, value in headers.items()
            if name.startswith(PREFIX)
        }
        return cls(
            stage=said["stage"],
            reason=Reason(said["reason"]),
            exception=said["exception"],
            message=said["message"],
            topic=said["topic"],
            partition=int(said["partition"]),
            offset=int(said["offset"]),
            attempt=int(said["attempt"]),
            failed_at=said["failed_at"],
            key=key,
            value=value,
            headers={name: raw for name, raw in headers.items() if not name.startswith(PREFIX)},
        )


def attempt_of(headers: Mapping[str, bytes]) -> int:
    """Return which attempt a message is: the first, or a later one if it was replayed."""
    said = headers.get(ATTEMPT, b"")
    return int(said) if said.isdigit() else 1
