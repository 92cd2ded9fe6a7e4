"""The addresses that the page's process answers at, and what every answer has in common."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from streams.broker import BrokerUnreachable
from streams.web import responses
from streams.web.api import ROOT
from streams.web.assets import INDEX, read_assets
from streams.web.filters import BadParameter
from streams.web.guard import HEADERS, Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from prometheus_client import CollectorRegistry

    from streams.web.api import Api
    from streams.web.guard import Guard
    from streams.web.stream import Streams
    from streams.web_metrics import WebMetrics

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOGGER = logging.getLogger(__name__)

VIEWS = (
    "/",
    "/stories/{id}",
    "/dyads",
    "/dyads/{dyad}",
    "/matrix",
    "/map",
    "/rules",
)  # of the page, one file
LARGEST = 64 * 1024  # bytes of a request
DEFLATED_FROM = 1_500  # bytes of an answer; below, the packet is as large either way


class Site:
    """The whole site. `not_ready`: why it does not show everything yet."""

    def __init__(
        self,
        api: Api,
        streams: Streams,
        guard: Guard,
        metrics: WebMetrics,
        registry: CollectorRegistry,
        not_ready: Callable[[], list[str]],
    ) -> None:
        self._api, self._streams, self._guard = api, streams, guard
        self._metrics, self._registry, self._not_ready = metrics, registry, not_ready
        self._assets = read_assets()

    def application(self) -> web.Application:
        """Return the application that serves it."""
        application = web.Application(
            middlewares=[self._counted, self._spoken, self._guarded], client_max_size=LARGEST
        )
        application.on_response_prepare.append(_harden)
        application.on_shutdown.append(self._streams.end)
        application.add_routes([web.get(view, self._index) for view in VIEWS])
        application.add_routes(
            [
                web.get("/static/{name:.+}", self._asset),
                web.get("/metrics", self._show_metrics),
                web.get("/healthz", self._health),
                web.get("/readyz", self._readiness),
                web.get(f"{ROOT}/stream", self._streams.open),
                *self._api.routes(),
            ]
        )
        return application

    async def _index(self, request: web.Request) -> web.Response:
        return self._file(INDEX, request)

    async def _asset(self, request: web.Request) -> web.Response:
        return self._file(request.match_info["name"], request)

    def _file(self, name: str, request: web.Request) -> web.Response:
        asset = self._assets.get(name)
        if asset is None:
            raise web.HTTPNotFound
        return asset.answer(request)

    async def _show_metrics(self, request: web.Request) -> web.Response:
        encode, content_type = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(self._registry), headers={"Content-Type": content_type})

    async def _health(self, _request: web.Request) -> web.Response:
        return responses.raw(b'{"ok":true,"reasons":[]}')  # that it answers says that the event loop turns

    async def _readiness(self, _request: web.Request) -> web.Response:
        reasons = self._not_ready()
        return responses.verdict(reasons)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.perf_counter()
        response = await handler(request)
        resource = request.match_info.route.resource
        route = resource.canonical if resource else "none"
        if not route.endswith("/stream"):
            self._metrics.answered(route, response.status, time.perf_counter() - began)
        return response

    @web.middleware
    async def _spoken(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer what went wrong as JSON."""
        try:
            return await handler(request)
        except BadParameter as error:
            return responses.problem(400, "bad_parameter", error.problem, error.parameter)
        except Refused as refused:
            return responses.problem(refused.status, refused.code, refused.message, headers=refused.headers)
        except BrokerUnreachable as error:
            return responses.problem(503, "broker_silent", str(error), headers={"Retry-After": "10"})
        except web.HTTPException as error:
            code = (error.reason or "error").lower().replace(" ", "_")
            return responses.problem(error.status, code, error.text or error.reason)
        except Exception:
            LOGGER.exception("%s %s", request.method, request.path)
            return responses.problem(500, "failed", "this is a mistake of the server; its log says more")

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self._guard.check_host(request)
        if request.path.startswith(ROOT):
            self._guard.check_rate(request)
        response = await handler(request)
        if (
            isinstance(response, web.Response)
            and response.content_type == responses.JSON
            and "Content-Encoding" not in response.headers
            and (response.content_length or 0) > DEFLATED_FROM
        ):
            response.enable_compression()
        return response


async def _harden(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)
    if not request.path.startswith("/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
