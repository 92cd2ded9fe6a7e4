"""One poll of one feed: fetch, read, tell what is new, publish it, and only then write down that it was seen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from schemas import Reason
from schemas.article import DateFlag
from streams.feed_metrics import ANSWERS
from streams.fetching import Failed, Fault, Fetched, NotModified, Wanted, same_origin, shown
from streams.ingest.feeds import schedule
from streams.ingest.feeds.candidate import candidate, from_feed, from_page
from streams.ingest.feeds.item import Broken, NotFeed
from streams.ingest.feeds.reading import ACCEPT, read_feed
from streams.ingest.feeds.store import FeedState, Seen
from streams.ingest.found import NoArticle
from streams.ingest.sending import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas import Article
    from streams.fetching import Result
    from streams.ingest.feeds.candidate import Candidate
    from streams.ingest.feeds.item import Document
    from streams.ingest.feeds.store import Store
    from streams.ingest.feeds.subscription import Subscription

MOST_PAGES = 20  # pages read in one poll; the rest is read in the next, so that no feed keeps a host for long
MOST_TRIES = 3  # to read the page of an item before what its feed has is published
PAGE_ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

# A page that is not there for us will not be there in an hour: what the feed has is published at once.
_FINAL = {
    Fault.NOT_FOUND,
    Fault.GONE,
    Fault.DENIED,
    Fault.ROBOTS,
    Fault.CLIENT_ERROR,
    Fault.TOO_LARGE,
    Fault.BOMB,
    Fault.ENCODING,
    Fault.BAD_ADDRESS,
    Fault.REFUSED_ADDRESS,
    Fault.REDIRECTS,
}


_LOST = {Fault.NOT_FOUND, Fault.GONE, Fault.DNS}  # where a feed moved to, it is no more: back to where it was


class Fetches(Protocol):
    """What fetches."""

    async def fetch(self, wanted: Wanted) -> Result:
        """Return what fetching comes to."""
        ...


class Publishes(Protocol):
    """What articles go out through."""

    async def put(self, article: Article, *, spool: bool = True) -> object:
        """Return when the article is safe."""
        ...

    async def bury(
        self, raw: bytes, *, where: str, why: str, reason: Reason = Reason.SCHEMA, spool: bool = True
    ) -> object:
        """Return when what could not be read is safe."""
        ...


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll came to: one of ANSWERS or of Fault, what a person should know, and its items counted."""

    result: str
    said: str = ""
    items: Mapping[str, int] = field(default_factory=dict)


NEW, NOTHING_NEW, NOT_MODIFIED, NOT_FEED = ANSWERS


@dataclass(slots=True)
class _Found:
    """What is to be written down of the items of a poll."""

    seen: dict[str, Seen] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    is_left_over: bool = False

    @property
    def news(self) -> int:
        return self.counts["new"] + self.counts["changed"]


class Poller:
    """Polls feeds. `now` is the time of day; `is_stopping` says when no further page is to be read."""

    def __init__(
        self,
        fetcher: Fetches,
        outlet: Publishes,
        store: Store,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        is_stopping: Callable[[], bool] = lambda: False,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._fetcher, self._outlet, self._store = fetcher, outlet, store
        self._now, self._is_stopping, self._chance = now, is_stopping, chance

    async def poll(self, feed: Subscription, state: FeedState) -> tuple[Polled, FeedState]:
        """Poll a feed; return what it came to, and what is known of it now, which is written down already.

        Raises SpoolFull when what is new can be put nowhere; what was not put is found again.
        """
        result = await self._fetcher.fetch(_wanted(feed, state))
        match result:
            case Failed(fault=fault, said=said, retry_after=retry_after):
                return self._failed(feed, state, Polled(fault.value, said), fault, retry_after)
            case NotModified(moved_to=moved_to):
                return self._answered(feed, state, Polled(NOT_MODIFIED), _Found(), moved_to=moved_to)
            case Fetched():
                return await self._fetched(feed, state, result)

    async def _fetched(self, feed: Subscription, state: FeedState, got: Fetched) -> tuple[Polled, FeedState]:
        try:
            document = read_feed(got.body, charset=got.charset, url=got.url)
        except NotFeed as error:
            said = str(error)
            await self._outlet.bury(got.body, where=shown(feed.url), why=said)
            return self._failed(feed, state, Polled(NOT_FEED, said), None, None)
        found = _Found()
        try:
            await self._read(feed, document, found)
        except BaseException:  # what was published is seen, whatever ends the rest
            self._store.save(feed.key, state, found.seen, now=self._now().timestamp())
            raise
        polled = Polled(NEW if found.news else NOTHING_NEW, items=dict(found.counts))
        if not found.is_left_over:  # else the next poll must not be told that nothing changed
            state = replace(state, etag=got.etag, last_modified=got.last_modified)
        return self._answered(feed, state, polled, found, moved_to=got.moved_to)

    async def _read(self, feed: Subscription, document: Document, found: _Found) -> None:
        candidates: dict[str, Candidate] = {}
        if document.beyond:
            found.counts["beyond"] = document.beyond
        for item in document.items:
            if isinstance(item, Broken):
                await self._bury(feed, item.raw, item.why, found)
                continue
            try:
                one = candidate(item, feed)
            except NoArticle as error:
                await self._bury(feed, item.raw(), str(error), found)
            else:
                candidates.setdefault(one.id, one)
        known = self._store.seen(candidates)
        for one in candidates.values():
            before = known.get(one.id)
            if before and (before.feed != feed.key or before.version == one.version):
                found.counts["seen"] += 1
                if before.feed == feed.key:
                    found.seen[one.id] = before
            else:
                await self._publish(feed, one, before, found)

    async def _publish(self, feed: Subscription, one: Candidate, before: Seen | None, found: _Found) -> None:
        now = self._now()
        is_new = before is None or before.version is None
        seen = before or Seen(feed.key, None, now.timestamp())
        first_seen = datetime.fromtimestamp(seen.first_seen, UTC)
        try:
            article = await self._article(feed, one, seen, found, now=now, first_seen=first_seen)
            if article is None:
                return
            await self._outlet.put(article)
        except (NoArticle, Refused) as error:
            await self._bury(feed, one.item.raw(), str(error), found)
        else:
            found.counts["new" if is_new else "changed"] += 1
            found.counts["undated"] += DateFlag.UNDATED in article.date_flags
        found.seen[one.id] = replace(seen, version=one.version, tries=0)

    async def _bury(self, feed: Subscription, raw: bytes, why: str, found: _Found) -> None:
        found.counts["broken"] += 1
        await self._outlet.bury(raw, where=shown(feed.url), why=why)

    async def _article(
        self,
        feed: Subscription,
        one: Candidate,
        seen: Seen,
        found: _Found,
        *,
        now: datetime,
        first_seen: datetime,
    ) -> Article | None:
        """Return the article of an item; None where its page is to be read another time."""
        if _wants_page(feed, one) and seen.tries < MOST_TRIES:
            if found.pages >= MOST_PAGES or self._is_stopping():
                found.is_left_over = True
                return None
            found.pages += 1
            page = await self._fetcher.fetch(_wanted_page(feed, one))
            if isinstance(page, Fetched):
                try:
                    return from_page(one, page, feed, now=now, first_seen=first_seen)
                except NoArticle:
                    found.counts["without_text"] += 1  # the feed's own text has to do
            elif isinstance(page, Failed) and page.fault not in _FINAL:
                found.is_left_over = True
                found.seen[one.id] = replace(seen, tries=seen.tries + 1)
                return None
        return from_feed(one, feed, now=now, first_seen=first_seen)

    def _answered(
        self, feed: Subscription, state: FeedState, polled: Polled, found: _Found, *, moved_to: str | None
    ) -> tuple[Polled, FeedState]:
        now = self._now().timestamp()
        rhythm = schedule.after_answer(
            state.rhythm, new=found.news, now=now, chance=self._chance(), is_left_over=found.is_left_over
        )
        state = replace(
            state,
            rhythm=rhythm,
            moved_to=moved_to or state.moved_to,
            last_success=now,
            last_new=now if found.news else state.last_new,
        )
        self._store.save(feed.key, state, found.seen, now=now)
        return polled, state

    def _failed(
        self,
        feed: Subscription,
        state: FeedState,
        polled: Polled,
        fault: Fault | None,
        retry_after: float | None,
    ) -> tuple[Polled, FeedState]:
        now = self._now().timestamp()
        rhythm = schedule.after_fault(
            state.rhythm, fault, retry_after=retry_after, now=now, chance=self._chance()
        )
        state = replace(state, rhythm=rhythm, moved_to=None if fault in _LOST else state.moved_to)
        self._store.save(feed.key, state, {}, now=now)
        return polled, state


def _wants_page(feed: Subscription, one: Candidate) -> bool:
    if not one.has_page or feed.full_text == "never":
        return False
    return feed.full_text == "always" or not one.is_whole


def _wanted(feed: Subscription, state: FeedState) -> Wanted:
    return Wanted(
        url=state.moved_to or feed.url,
        accept=ACCEPT,
        etag=state.etag,
        last_modified=state.last_modified,
        authorization=feed.authorization if same_origin(state.moved_to or feed.url, feed.url) else None,
        robots=feed.robots,
        spacing=feed.spacing,
    )


def _wanted_page(feed: Subscription, one: Candidate) -> Wanted:
    return Wanted(url=str(one.item.url), accept=PAGE_ACCEPT, robots=feed.robots, spacing=feed.spacing)
