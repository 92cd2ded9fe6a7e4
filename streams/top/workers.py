"""Looking at workers: their pages of metrics, all at the same time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from streams.errors import TocsinError
from streams.top.picture import Look, Worker
from streams.top.samples import Samples, read

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 5.0  # seconds; a page takes some milliseconds
LARGEST = 64 * 1024 * 1024  # bytes of a page; a worker at the end of its budget of time series writes 2 MB


class BadAddress(TocsinError):
    """A word that is no address of a worker."""


def address_of(word: str) -> str:
    """Return the address of the metrics of a worker, named as HOST:PORT or as a URL. Raises BadAddress."""
    url = word if "://" in word else f"http://{word}"
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound:
        raise BadAddress(f"{word!r} is no address of a worker; write HOST:PORT, as 127.0.0.1:6066")
    return url.rstrip("/") if parts.path.rstrip("/") else f"{url.rstrip('/')}/metrics"


class Workers:
    """The workers to look at."""

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = urls

    async def look(self) -> Look:
        """Return what they say now; of one that does not answer, why."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session:
            seen = await asyncio.gather(*(self._look_at(session, url) for url in self._urls))
        together = read(page for _, page in seen)
        return Look(datetime.now(UTC), tuple(worker for worker, _ in seen), together)

    async def _look_at(self, session: aiohttp.ClientSession, url: str) -> tuple[Worker, str]:
        try:
            async with session.get(url, headers={"Accept": "text/plain"}) as answer:
                if answer.status != 200:  # noqa: PLR2004 - OK
                    return Worker(url, f"answers {answer.status}"), ""
                page = (await answer.content.read(LARGEST)).decode("utf-8", "replace")
                own = read([page])
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Worker(url, f"does not answer ({type(error).__name__})"), ""
        except ValueError:
            return Worker(url, "answers with something that is no page of metrics"), ""
        return Worker(url, None, int(own.total("tocsin_partitions_held")), _memory(own)), page


def _memory(own: Samples) -> float:
    return own.total("process_resident_memory_bytes")
