"""What the delivery process serves over HTTP: the feeds, metrics and health."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from aiohttp import web
from prometheus_client.exposition import choose_encoder

from streams.delivery.feeds import atom, atom_feed, cap, cap_alert, cap_feed

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.delivery.feeds import Recent
    from streams.metrics import Metrics


class Pages:
    """The pages. `sick` and `not_ready` return the reasons, nothing when all is well."""

    def __init__(
        self,
        recent: Recent,
        metrics: Metrics,
        *,
        sender: str,
        sick: Callable[[], list[str]],
        not_ready: Callable[[], list[str]],
    ) -> None:
        self._recent, self._metrics, self._sender = recent, metrics, sender
        self._sick, self._not_ready = sick, not_ready

    def application(self) -> web.Application:
        """Return the application that serves them."""
        application = web.Application()
        application.add_routes(
            [
                web.get("/alerts.atom", self._atom),
                web.get("/alerts.cap.atom", self._cap),
                web.get("/cap/{id}.xml", self._cap_alert),
                web.get("/metrics", self._show_metrics),
                web.get("/healthz", self._health),
                web.get("/readyz", self._readiness),
            ]
        )
        return application

    async def _atom(self, request: web.Request) -> web.Response:
        return _xml(atom_feed(self._recent.newest_first(), address=_address(request)), atom.CONTENT_TYPE)

    async def _cap(self, request: web.Request) -> web.Response:
        return _xml(cap_feed(self._recent.newest_first(), address=_address(request)), atom.CONTENT_TYPE)

    async def _cap_alert(self, request: web.Request) -> web.Response:
        alert = self._recent.get(request.match_info["id"])
        if alert is None:
            raise web.HTTPNotFound(text="no alert of this id is among the latest")
        made = cap_alert(alert, sender=self._sender, raised_at=self._recent.raised_at)
        return _xml(made, cap.CONTENT_TYPE)

    async def _show_metrics(self, request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._metrics.registry), headers={"Content-Type": content_type})

    async def _health(self, _request: web.Request) -> web.Response:
        return _verdict(self._sick())

    async def _readiness(self, _request: web.Request) -> web.Response:
        return _verdict(self._not_ready())


def _address(request: web.Request) -> str:
    return str(request.url.with_query(None))


def _xml(body: bytes, content_type: str) -> web.Response:
    return web.Response(body=body, headers={"Content-Type": f"{content_type}; charset=utf-8"})


def _verdict(reasons: list[str]) -> web.Response:
    body = orjson.dumps({"ok": not reasons, "reasons": reasons})
    return web.Response(body=body, status=503 if reasons else 200, content_type="application/json")
