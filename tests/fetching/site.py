"""A small web for tests: one real server that is every host of `.test`, and the names that lead to it."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.abc import AbstractResolver

from streams.fetching import Fetcher, Guard, Limits

AGENT = "tocsin/0 (+https://example.org/contact)"
QUICK = Limits(total=3.0, connect=2.0, read=1.0, spacing=0.0, max_bytes=1_000_000)


class Names(AbstractResolver):
    """Leads every name to this machine, but those that are set to lead elsewhere: name → addresses in turn."""

    def __init__(self) -> None:
        self.elsewhere: dict[str, list[str]] = {}

    async def resolve(self, host, port=0, family=socket.AF_INET):  # noqa: ARG002
        if host.startswith("nowhere"):
            raise OSError(None, "no such name")
        leads = self.elsewhere.get(host, ["127.0.0.1"])
        address = leads.pop(0) if len(leads) > 1 else leads[0]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [{"hostname": host, "host": address, "port": port, "family": kind, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        pass


class Site:
    """The server. `pages` holds what is answered at host and path: a response, or a coroutine of the request."""

    def __init__(self) -> None:
        self.pages = {}
        self.names = Names()
        self.asked = Counter()  # by host and path
        self.requests: list[web.Request] = []
        self.port = 0

    def url(self, path="/", host="a.test", scheme="http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def put(self, path, answer, host="a.test") -> str:
        """Answer so at this path; return the address."""
        self.pages[host, path] = answer
        return self.url(path, host)

    async def _answer(self, request: web.Request):
        host = request.url.host
        self.asked[host, request.path] += 1
        self.requests.append(request)
        answer = self.pages.get((host, request.path))
        if answer is None:
            return web.Response(status=404)
        if callable(answer):
            return await answer(request)
        if isinstance(answer, bytes):
            return web.Response(body=answer, content_type="application/xml")
        status, headers, body = answer
        return web.Response(status=status, headers=headers, body=body)

    @asynccontextmanager
    async def serving(self):
        application = web.Application()
        application.router.add_route("*", "/{rest:.*}", self._answer)
        runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await runner.setup()
        server = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
        await server.start()
        self.port = server._server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            await runner.cleanup()

    def fetcher(self, *, allow=("127.0.0.0/8",), limits=QUICK) -> Fetcher:
        return Fetcher(user_agent=AGENT, guard=Guard(allow), limits=limits, resolver=self.names)


def on_site(test):
    """Return the test, an `async def test(site)`, run beside a server."""

    def run(*_):
        async def beside():
            async with Site().serving() as site:
                await asyncio.wait_for(test(site), 60)

        asyncio.run(beside())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run
