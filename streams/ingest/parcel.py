"""Parcels: an article or a dead letter as it goes on the wire, and as it lies on the spool meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from schemas import DeadLetter, Reason, encode
from schemas.base import stable_id
from schemas.cloudevents import headers as cloudevents
from schemas.topics import ARTICLES, DEADLETTERS
from schemas.wire import MAX_BYTES
from streams.ingest.known_ids import version_of
from streams.ingest.sending import Refused
from streams.outbox import Record

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Article


@dataclass(frozen=True, slots=True)
class Parcel:
    """A record, and which version of it this is."""

    record: Record
    version: bytes

    @property
    def id(self) -> str:
        """The id of the article, or one of the dead letter's bytes."""
        return self.record.id

    def to_disk(self) -> bytes:
        """Return the parcel as bytes."""
        record = self.record
        said = {name: value.decode("latin-1") for name, value in record.headers.items()}
        key = record.key.decode("latin-1") if record.key is not None else None
        about = [record.where, record.id, record.topic, key, said, self.version.hex()]
        return orjson.dumps(about) + b"\n" + (record.value or b"")

    @classmethod
    def from_disk(cls, content: bytes) -> Parcel:
        """Read a parcel back."""
        about, _, value = content.partition(b"\n")
        where, id_, topic, key, said, version = orjson.loads(about)
        headers = {name: text.encode("latin-1") for name, text in said.items()}
        key_bytes = key.encode("latin-1") if key is not None else None
        return cls(Record(where, id_, topic, key_bytes, value, headers), bytes.fromhex(version))


def of_article(article: Article, agent: str) -> Parcel:
    """Return the parcel of an article that an agent found. Raises Refused when it is too large."""
    value = encode(article)
    if len(value) > MAX_BYTES:
        raise Refused(f"is {len(value):,} bytes as a message, the limit is {MAX_BYTES:,}; shorten it")
    found = article.fetched_at or article.published_at
    said = cloudevents(article, source=f"ingest/{agent}", time=found)
    record = Record(article.id, article.id, ARTICLES.name, article.id.encode(), value, said)
    return Parcel(record, version_of(orjson.loads(value)))


def of_unreadable(raw: bytes, agent: str, *, where: str, reason: Reason, why: str, now: datetime) -> Parcel:
    """Return the parcel of an item that is no article: a dead letter with its bytes, at most MAX_BYTES of them."""
    kept = raw[:MAX_BYTES]
    cut = f" (the first {MAX_BYTES:,} of {len(raw):,} bytes)" if len(kept) < len(raw) else ""
    letter = DeadLetter(
        stage="ingest",
        reason=reason,
        exception="",
        message=f"{where}: {why}{cut}",
        topic=f"ingest/{agent}",  # no topic of ours: what never was a message cannot be replayed
        partition=-1,
        offset=-1,
        attempt=1,
        failed_at=now.isoformat().replace("+00:00", "Z"),
        key=None,
        value=kept,
        headers={},
    )
    id_ = stable_id("dead", agent, kept.hex())
    record = Record(where, id_, DEADLETTERS.name, id_.encode(), kept, letter.wire_headers())
    return Parcel(record, version_of({"id": id_}))
