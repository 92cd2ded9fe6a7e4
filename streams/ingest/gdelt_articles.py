"""Addresses that GDELT names → articles: each page is fetched, read and published through the outlet."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from streams.fetching import Failed, Fetched, Fetcher, Wanted, shown
from streams.ingest.found import NoArticle
from streams.ingest.outlet import Outlet
from streams.ingest.pages import MAX_PAGE, Beside, article_of
from streams.ingest.sending import Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from streams.ingest.gdelt import Address

AGENT: Final = "gdelt"
AT_ONCE: Final = 200  # pages under way; how many at a host, the fetcher knows


@dataclass(slots=True)
class PageAgent:
    """Fetches pages, many at once. `say` tells a person of one that failed; `is_stopping` ends it in order."""

    fetcher: Fetcher
    outlet: Outlet
    say: Callable[[str], None]
    is_stopping: Callable[[], bool]
    outcomes: Counter[str] = field(default_factory=Counter)

    async def run(self, addresses: AsyncIterator[Address]) -> None:
        """Publish the article of every address. Raises SpoolFull."""
        places = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            async for address in addresses:
                if self.is_stopping():
                    break
                await places.acquire()
                group.create_task(self._one(address)).add_done_callback(lambda _: places.release())

    async def _one(self, address: Address) -> None:
        result = await self.fetcher.fetch(
            Wanted(address.url, accept="text/html,*/*;q=0.1", max_bytes=MAX_PAGE)
        )
        if isinstance(result, Fetched):
            self.outcomes[await self._publish(address, result)] += 1
        elif isinstance(result, Failed):
            self.outcomes[result.fault.value] += 1
            self.say(f"{shown(address.url)}: not fetched: {result.said}")

    async def _publish(self, address: Address, page: Fetched) -> str:
        where = shown(address.url)
        try:
            article = article_of(
                page.body,
                url=page.url,
                charset=page.charset,
                fetched_at=datetime.now(UTC),
                beside=Beside(
                    title=address.title, published=address.published_at, last_modified=page.last_modified
                ),
            )
            return (await self.outlet.put(article)).value
        except NoArticle as error:
            await self.outlet.bury(page.body, where=where, why=str(error), reason=error.reason)
            self.say(f"{where}: not an article: {error}")
            return "dead"
        except Refused as error:
            self.say(f"{where}: not published: {error}")
            return "refused"
