"""Articles → tocsin.articles: what goes on the wire for each, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import encode
from schemas.cloudevents import headers
from schemas.deadletter import Reason
from schemas.topics import ARTICLES
from schemas.wire import MAX_BYTES
from streams.ingest.found import Found, Unread
from streams.outbox import Outcome, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.outbox import Outbox


def publish(inputs: Iterable[Found | Unread], outbox: Outbox) -> Iterator[Outcome | Unread]:
    """Send every article that was found; yield one outcome for each input, in about their order."""
    for found in inputs:
        record = record_of(found, "publish") if isinstance(found, Found) else found
        if isinstance(record, Unread):
            yield record
        else:
            yield from outbox.send(record)
    yield from outbox.drain()


def record_of(found: Found, agent: str, **more: bytes) -> Record | Unread:
    """Return what goes on the wire for an article that `agent` sends, with `more` headers. One too large is none."""
    article = found.article
    value = encode(article)
    if len(value) > MAX_BYTES:
        return Unread(
            found.where,
            f"is {len(value)} bytes as a message, the limit is {MAX_BYTES}; shorten it",
            Reason.TOO_LARGE,
            value,
        )
    fetched = article.fetched_at or article.published_at
    said = headers(article, source=agent, time=fetched) | more
    return Record(found.where, article.id, ARTICLES.name, article.id.encode(), value, said)
