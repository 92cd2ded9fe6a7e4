"""An input that is no article → the record of its dead letter: its bytes untouched, why, and where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from schemas.deadletter import DeadLetter
from schemas.topics import DEADLETTERS
from streams.outbox import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from streams.ingest.found import Unread

STAGE: Final = "ingest"
MOST_KEPT: Final = 8_000_000  # bytes; of a larger input the beginning is kept


def dead_letter(
    unread: Unread,
    *,
    now: datetime,
    topic: str,
    offset: int,
    partition: int = 0,
    key: bytes | None = None,
    headers: Mapping[str, bytes] | None = None,
) -> Record:
    """Return the record that keeps what could not be read.

    `topic`, `partition` and `offset` say where it came from: a topic, or `file:NAME` and the number of the input.
    """
    raw = unread.raw or b""
    beyond = f" (the first {MOST_KEPT} of {len(raw)} bytes are kept)" if len(raw) > MOST_KEPT else ""
    letter = DeadLetter(
        stage=STAGE,
        reason=unread.reason,
        exception="NoArticle",
        message=f"{unread.where}: {unread.why}{beyond}",
        topic=topic,
        partition=partition,
        offset=offset,
        attempt=1,
        failed_at=now.isoformat().replace("+00:00", "Z"),
        key=key,
        value=raw[:MOST_KEPT],
        headers=dict(headers or {}),
    )
    return Record(
        unread.where, unread.reason.value, DEADLETTERS.name, key, letter.value, letter.wire_headers()
    )
