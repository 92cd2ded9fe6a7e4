"""The service: articles posted over HTTP are answered when the brokers have them."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import orjson
from aiohttp import web
from prometheus_client.exposition import choose_encoder

from schemas import Article, Reason
from streams.errors import TocsinError
from streams.ingest.found import NoArticle, complete, faults
from streams.ingest.http.answers import (
    AGAIN,
    MIXED,
    NO_ARTICLE,
    TAKEN,
    BatchResult,
    Fault,
    ItemResult,
    Problem,
    Taken,
)
from streams.ingest.http.body import MOST, Item, NotJson, Unfit, check_kind, items_of, read
from streams.ingest.http.openapi import document
from streams.ingest.http.room import NoRoom, Room
from streams.ingest.http.token import is_this_machine, shows
from streams.ingest.outlet import NotAcknowledged
from streams.ingest.sending import Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from prometheus_client import CollectorRegistry

    from schemas.base import Message
    from streams.ingest.http.room import Share
    from streams.ingest.outlet import Outlet
    from streams.ingest_metrics import IngestMetrics

ARTICLES: Final = "/v1/articles"
AT_ONCE: Final = 500  # items of one batch that are with the brokers together
SOON: Final = "1"  # seconds until there may be room again
LATER: Final = "5"  # seconds until brokers that are silent may answer again


class Service:
    """The handlers. `token`: what senders must show, None when everybody may post."""

    def __init__(
        self,
        outlet: Outlet,
        metrics: IngestMetrics,
        registry: CollectorRegistry,
        *,
        token: str | None,
        room: Room,
    ) -> None:
        self._outlet, self._metrics, self._registry = outlet, metrics, registry
        self._token, self._room = token, room
        self._document = orjson.dumps(document())

    def application(self) -> web.Application:
        """Return the application that serves them."""
        application = web.Application(middlewares=[self._in_bounds], client_max_size=MOST)
        application.add_routes(
            [
                web.post(ARTICLES, self._post),
                web.get("/openapi.json", self._show_document),
                web.get("/metrics", self._show_metrics),
                web.get("/healthz", self._health),
                web.get("/readyz", self._readiness),
            ]
        )
        return application

    @web.middleware
    async def _in_bounds(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Answer what went wrong as a problem, and count answers to senders."""
        try:
            response = await handler(request)
        except Unfit as error:
            response = _problem(error.status, error.detail)
        except NoRoom:
            detail = "more is under way than there is room for; send it again"
            response = _problem(429, detail, {"Retry-After": SOON})
        except web.HTTPException as error:
            allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
            response = _problem(error.status, f"{request.method} {request.path}: {error.reason}", allow)
        if request.path == ARTICLES:
            self._metrics.answered(response.status)
        return response

    async def _post(self, request: web.Request) -> web.Response:
        if self._token is not None and not shows(request.headers.get("Authorization"), self._token):
            return _problem(
                401, "the Authorization header shows no valid token", {"WWW-Authenticate": "Bearer"}
            )
        if self._token is None and not is_this_machine(request.url.host or ""):
            return _problem(403, "without a token the service is asked for by the name of this machine alone")
        check_kind(request)
        if self._outlet.is_silent:
            return _silent()
        with self._room.share() as share:
            self._metrics.holds(self._room.taken)
            return await self._take(request, share)

    async def _take(self, request: web.Request, share: Share) -> web.Response:
        body = await read(request, share)
        try:
            items, is_batch = items_of(body, request.content_type)
        except NotJson as error:
            await self._bury(Item(error.raw, wrong=error.detail), "body", Reason.NOT_JSON)
            raise
        now = datetime.now(UTC)
        if not is_batch:
            return _alone(await self._result(0, items[0], now))
        results: list[ItemResult] = []
        for first in range(0, len(items), AT_ONCE):
            part = enumerate(items[first : first + AT_ONCE], first)
            results += await asyncio.gather(*(self._result(at, item, now) for at, item in part))
        return _together(results)

    async def _result(self, at: int, item: Item, now: datetime) -> ItemResult:
        """Return what became of an item."""
        try:
            article = _article(item, now)
        except NoArticle as error:
            wrong = [Fault(field=field, message=message) for field, message in faults(error, Article)]
            await self._bury(item, f"item {at}", Reason.NOT_JSON if item.wrong else Reason.SCHEMA, str(error))
            return ItemResult(item=at, status=NO_ARTICLE, errors=wrong)
        try:
            outcome = await self._outlet.put(article, spool=False)
        except Refused as error:
            return ItemResult(
                item=at, status=NO_ARTICLE, id=article.id, errors=[Fault(field="", message=str(error))]
            )
        except NotAcknowledged as error:
            return ItemResult(
                item=at, status=AGAIN, id=article.id, errors=[Fault(field="", message=str(error))]
            )
        return ItemResult(item=at, status=TAKEN, id=article.id, outcome=outcome.value)

    async def _bury(self, item: Item, where: str, reason: Reason, why: str = "") -> None:
        """Keep what is no article as a dead letter. Its sender is told too, so silent brokers are no loss."""
        with contextlib.suppress(TocsinError):
            await self._outlet.bury(
                item.raw,
                where=f"POST {ARTICLES} {where}",
                why=why or item.wrong or "",
                reason=reason,
                spool=False,
            )

    async def _show_document(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._document, content_type="application/json")

    async def _show_metrics(self, request: web.Request) -> web.Response:
        self._metrics.holds(self._room.taken)
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})

    async def _health(self, _request: web.Request) -> web.Response:
        return _verdict([str(self._outlet.failed)] if self._outlet.failed else [])

    async def _readiness(self, _request: web.Request) -> web.Response:
        return _verdict(["the brokers do not answer"] if self._outlet.is_silent else [])


def _article(item: Item, now: datetime) -> Article:
    """Return the article that an item is. Raises NoArticle."""
    if item.wrong:
        raise NoArticle(item.wrong)
    if not isinstance(item.said, dict):
        raise NoArticle("is no JSON object; an article is one")
    return complete(item.said, now=now)


def _alone(result: ItemResult) -> web.Response:
    if result.status == NO_ARTICLE:
        return _problem(NO_ARTICLE, "it is no article that can be taken", errors=result.errors)
    if result.status == AGAIN:
        return _silent()
    return _json(TAKEN, Taken(id=str(result.id), outcome=result.outcome or "published"))


def _together(results: list[ItemResult]) -> web.Response:
    """Answer a batch: the one status that all items have, 207 where they differ."""
    statuses = {result.status for result in results}
    accepted = sum(result.status == TAKEN for result in results)
    status = statuses.pop() if len(statuses) == 1 else (MIXED if statuses else TAKEN)
    answer = BatchResult(accepted=accepted, failed=len(results) - accepted, items=results)
    return _json(status, answer, {"Retry-After": LATER} if status == AGAIN else None)


def _silent() -> web.Response:
    detail = "the brokers do not answer; send it again, it is published once"
    return _problem(AGAIN, detail, {"Retry-After": LATER})


def _problem(
    status: int, detail: str, headers: dict[str, str] | None = None, *, errors: list[Fault] | None = None
) -> web.Response:
    problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or [])
    return _json(status, problem, headers, content_type="application/problem+json")


def _json(
    status: int,
    answer: Message,
    headers: dict[str, str] | None = None,
    content_type: str = "application/json",
) -> web.Response:
    body = orjson.dumps(answer.model_dump(mode="json", exclude_defaults=True))
    return web.Response(body=body, status=status, headers=headers, content_type=content_type)


def _verdict(reasons: list[str]) -> web.Response:
    said: dict[str, Any] = {"ok": not reasons, "reasons": reasons}
    return web.Response(
        body=orjson.dumps(said), status=AGAIN if reasons else 200, content_type="application/json"
    )
