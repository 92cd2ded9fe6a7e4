"""What is known of each feed from the last time, on disk. A kill at any point leaves what was last committed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from streams.errors import TocsinError
from streams.ingest.feeds.schedule import Rhythm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from types import TracebackType

KEPT = 30 * 86_400.0  # seconds that an item is known after it left its feed
MOST_SEEN = 5_000  # items of one feed
_AT_ONCE = 500  # ids in one question

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
  key TEXT PRIMARY KEY, moved_to TEXT, etag TEXT, last_modified TEXT,
  next_at REAL, interval REAL, faults INTEGER, last_success REAL, last_new REAL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seen (
  id TEXT PRIMARY KEY, feed TEXT, version BLOB, tries INTEGER, first_seen REAL, in_feed REAL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS seen_of_feed ON seen (feed, in_feed);
"""
_SAVE_FEED = "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SAVE_SEEN = "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?)"
_FORGET = """
DELETE FROM seen WHERE feed = ?1 AND in_feed < ?2 AND (in_feed < ?3 OR id IN (
  SELECT id FROM seen WHERE feed = ?1 ORDER BY in_feed DESC LIMIT -1 OFFSET ?4))
"""


class BadStore(TocsinError):
    """The file of what is known of feeds cannot be used."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is known of a feed. Times in seconds since 1970; None is never."""

    rhythm: Rhythm = field(default_factory=Rhythm)
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    last_success: float | None = None
    last_new: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an item: the feed it was first found in, and the version of it that was published.

    Without a version it is still to be published, after so many tries.
    """

    feed: str
    version: bytes | None
    first_seen: float
    tries: int = 0


class Store:
    """The file. Use it as `with Store(path) as store`."""

    def __init__(self, path: Path) -> None:
        """Open it, make it where there is none. Raises BadStore."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._disk = sqlite3.connect(path, isolation_level=None)
            self._disk.execute("PRAGMA journal_mode=WAL")
            self._disk.execute("PRAGMA synchronous=NORMAL")
            self._disk.executescript(_TABLES)
            path.chmod(0o600)  # an address that a feed moved to may hold a key
        except (sqlite3.Error, OSError) as error:
            raise BadStore(
                f"{path} cannot be used ({error}); name another file with --state or TOCSIN_FEEDS_STATE"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._disk.close()

    def states(self) -> dict[str, FeedState]:
        """Return what is known of every feed, by its key."""
        with closing(self._disk.execute("SELECT * FROM feeds")) as rows:
            return {
                key: FeedState(Rhythm(next_at, interval, faults), moved_to, etag, modified, success, new)
                for key, moved_to, etag, modified, next_at, interval, faults, success, new in rows
            }

    def seen(self, ids: Iterable[str]) -> dict[str, Seen]:
        """Return what is known of these items."""
        wanted, found = list(ids), dict[str, Seen]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            question = f"SELECT id, feed, version, first_seen, tries FROM seen WHERE id IN ({marks})"  # noqa: S608 - marks alone
            with closing(self._disk.execute(question, some)) as rows:
                found |= {id_: Seen(*known) for id_, *known in rows}
        return found

    def save(self, key: str, state: FeedState, items: Mapping[str, Seen], *, now: float) -> None:
        """Write down, all or nothing, what is known of a feed now and of the items that it lists."""
        rhythm = state.rhythm
        with self._disk:  # one transaction
            self._disk.execute("BEGIN")
            self._disk.execute(
                _SAVE_FEED,
                (
                    key,
                    state.moved_to,
                    state.etag,
                    state.last_modified,
                    rhythm.next_at,
                    rhythm.interval,
                    rhythm.faults,
                    state.last_success,
                    state.last_new,
                ),
            )
            if items:
                self._disk.executemany(
                    _SAVE_SEEN,
                    [
                        (id_, seen.feed, seen.version, seen.tries, seen.first_seen, now)
                        for id_, seen in items.items()
                    ],
                )
                self._disk.execute(_FORGET, (key, now, now - KEPT, MOST_SEEN))
