"""The feed, page by page."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from streams.web import responses
from streams.web.filters import BadParameter, number, read_filter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import web

    from streams.web.filters import Filter, Query
    from streams.web.kept import History, Kept
    from streams.web.pairs import Pairs

USUAL, MOST = 50, 500  # stories a page
AT_ONCE = 400  # stories looked through before others have their turn; with a search that is ten milliseconds
_CURSOR = re.compile(r"(\d{1,15})-([\w.:-]{1,200})")


async def stories(request: web.Request, history: History, pairs: Pairs) -> web.Response:
    """Answer a page of the stories that a filter lets through, the newest first. Raises BadParameter."""
    wanted = read_filter(request.query, pairs)
    limit = number(request.query, "limit", int, default=USUAL, least=1, most=MOST)
    found: list[Kept] = []
    async for kept in picked(history, wanted, after=_cursor(request.query)):
        found.append(kept)
        if len(found) > limit:
            break
    page = found[:limit]
    cursor = f"{page[-1].updated_ms}-{page[-1].id}" if len(found) > limit else None
    return responses.listed((kept.text() for kept in page), cursor)


async def picked(
    history: History, wanted: Filter, after: tuple[int, str] | None = None
) -> AsyncIterator[Kept]:
    """Yield the stories that are meant, the newest first; `after`: those behind the end of a page.

    A story that is told anew meanwhile is not told twice: it is in front then.
    """
    end = history.get(after[1]) if after else None
    if end and after and end.updated_ms != after[0]:
        end = None
    is_behind = after is None
    for at, kept in enumerate([one for one in history.newest_first() if not one.cancelled]):
        if at % AT_ONCE == AT_ONCE - 1:
            await asyncio.sleep(0)
        if is_behind:
            if wanted(kept):
                yield kept
        elif end is not None:
            is_behind = kept is end
        elif after is not None and kept.updated_ms <= after[0]:
            is_behind = True
            if wanted(kept):
                yield kept


def _cursor(query: Query) -> tuple[int, str] | None:
    values = query.getall("cursor", [])
    if not values:
        return None
    found = _CURSOR.fullmatch(values[-1])
    if found is None:
        raise BadParameter("cursor", "it is not one that this server gave")
    return int(found[1]), found[2]
