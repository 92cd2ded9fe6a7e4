"""Two thousand feeds on one server, good ones and bad ones: for the test of the agent, and for the bench.

`python -m tests.ingest.feeds.world` serves them until its standard input ends, and prints its port.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import socket
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import brotli
from aiohttp import web
from aiohttp.abc import AbstractResolver
from prometheus_client import CollectorRegistry

from streams.feed_metrics import FeedMetrics
from streams.fetching import Fetcher, Guard
from streams.ingest.feeds.agent import FeedAgent
from streams.ingest.feeds.poll import Poller
from streams.ingest.feeds.subscription import Subscription

ALLOWED = "127.0.0.1/32"  # where the server is; the rest of the machine stays forbidden
ITEMS = 8  # of a feed
NOW = datetime.now(UTC).replace(microsecond=0)
WORDS = "The ministers of both countries spoke for an hour about the border and agreed to meet again. "
BOMB = gzip.compress(bytes(64 * 1024 * 1024))
XML_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><rss><channel><item><title>&a11;</title><link>http://x.test/</link></item></channel></rss>"
).encode()


class Kind(NamedTuple):
    """A kind of feed: how many of 2,000 are so, and what a poll of one comes to."""

    share: int
    result: str
    again: str = ""  # what the second poll comes to, where it is another


KINDS = {
    "rss": Kind(500, "new", "nothing_new"),
    "atom": Kind(300, "new", "not_modified"),
    "json": Kind(150, "new", "nothing_new"),
    "full": Kind(200, "new", "not_modified"),
    "gzip": Kind(100, "new", "not_modified"),
    "brotli": Kind(50, "new", "not_modified"),
    "teaser": Kind(60, "new", "not_modified"),
    "sitemap": Kind(40, "new", "not_modified"),
    "broken_xml": Kind(50, "new", "nothing_new"),
    "undated": Kind(30, "new", "nothing_new"),
    "lying_dates": Kind(30, "new", "nothing_new"),
    "entity": Kind(20, "new", "nothing_new"),
    "moved": Kind(40, "new", "not_modified"),
    "large": Kind(20, "new", "nothing_new"),
    "quiet": Kind(30, "nothing_new"),
    "html": Kind(20, "not_feed"),
    "nothing": Kind(10, "not_feed"),
    "xml_bomb": Kind(20, "nothing_new"),
    "stalls": Kind(20, "timeout"),
    "drips": Kind(15, "timeout"),
    "huge": Kind(20, "too_large"),
    "endless": Kind(15, "too_large"),
    "bomb": Kind(20, "bomb"),
    "bad_gzip": Kind(10, "encoding"),
    "torn": Kind(10, "protocol"),
    "loop": Kind(15, "redirects"),
    "chain": Kind(5, "redirects"),
    "to_metadata": Kind(10, "refused_address"),
    "to_this_machine": Kind(10, "refused_address"),
    "rebound": Kind(10, "refused_address"),
    "to_file": Kind(5, "bad_address"),
    "no_name": Kind(20, "dns"),
    "no_server": Kind(15, "connect"),
    "no_tls": Kind(10, "tls"),
    "throttled": Kind(20, "throttled"),
    "denied": Kind(15, "denied"),
    "missing": Kind(30, "not_found"),
    "gone": Kind(15, "gone"),
    "teapot": Kind(5, "client_error"),
    "down": Kind(25, "server_error"),
    "robots": Kind(20, "robots"),
    "robots_down": Kind(10, "server_error"),
}


def subscriptions(port: int, count: int = 2_000) -> list[Subscription]:
    """Return the feeds, each of a host and source of its own."""
    total = sum(kind.share for kind in KINDS.values())
    made = []
    for name, kind in KINDS.items():
        for number in range(-(-kind.share * count // total)):
            scheme = "https" if name == "no_tls" else "http"
            at = 9 if name == "no_server" else port
            host = f"{name.replace('_', '-')}-{number}.test"
            made.append(Subscription(source=f"{name}-{number}", url=f"{scheme}://{host}:{at}/feed"))
    return made


def kind_of(source: str) -> str:
    """Return the kind of a feed from the id of its source."""
    return source.rpartition("-")[0]


class Names(AbstractResolver):
    """Leads every host to the server, but those that are somewhere else."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        if host.startswith("no-name"):
            raise OSError(None, "no such name")
        address = "10.0.0.1" if host.startswith("rebound") else "127.0.0.1"
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": family or socket.AF_INET,
                "proto": 0,
                "flags": 0,
            }
        ]

    async def close(self) -> None:
        pass


class World:
    """The server's answers. `asked` counts them by path."""

    def __init__(self) -> None:
        self.asked = Counter()

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/{rest:.*}", self._answer)
        return application

    async def _answer(self, request: web.Request):
        host, path = request.url.host, request.path
        kind = host.removesuffix(".test").rpartition("-")[0].replace("-", "_")
        self.asked["page" if path.startswith("/news/") else path] += 1
        if path == "/robots.txt":
            return _robots(kind)
        if path.startswith("/news/"):
            return web.Response(text=_page(path), content_type="text/html")
        return await _feed(kind, host, request)


def _robots(kind: str) -> web.Response:
    if kind == "robots":
        return web.Response(text="User-agent: *\nDisallow: /\n")
    return web.Response(status=500 if kind == "robots_down" else 404)


async def _feed(kind: str, host: str, request: web.Request):
    if kind in STATUS:
        status, headers = STATUS[kind]
        return web.Response(status=status, headers=headers)
    if kind in STREAMS:
        return await STREAMS[kind](request)
    if kind == "moved" and request.path == "/feed":
        return web.Response(status=301, headers={"Location": "/moved/feed"})
    if kind == "chain":
        step = int(request.path.removeprefix("/feed") or 0)
        return web.Response(status=302, headers={"Location": f"/feed{step + 1}"})
    headers = {}
    if KINDS[kind].again == "not_modified":
        headers["ETag"] = f'"{host}"'
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
    body = BODIES[kind](f"http://{request.host}")
    if kind in ("bad_gzip", "gzip", "bomb"):
        headers["Content-Encoding"] = "gzip"
        body = body if kind != "gzip" else gzip.compress(body, 1)
    if kind == "brotli":
        headers["Content-Encoding"] = "br"
        body = brotli.compress(body, quality=1)
    return web.Response(
        body=body, headers=headers, content_type="text/html" if kind == "html" else "application/xml"
    )


def _rss(site: str, *, words: int = 2, dates=True, link="/news/", items=ITEMS, extra="") -> bytes:
    written = []
    for number in range(items):
        day = NOW - timedelta(hours=number)
        date = f"<pubDate>{day:%a, %d %b %Y %H:%M:%S} +0000</pubDate>" if dates is True else dates or ""
        written.append(
            f"<item><title>Talks, day {number} at {site}</title><link>{site}{link}{number}?utm_source=rss</link>{date}"
            f"<guid isPermaLink='false'>{number}</guid><description><![CDATA[<p>{WORDS * words}</p>]]></description>"
            f"<content:encoded><![CDATA[<p>{WORDS * 8}</p>]]></content:encoded>{extra}</item>"
        )
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rss version='2.0' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>News</title><language>en</language>"
        f"{''.join(written)}</channel></rss>"
    ).encode()


def _teasers(site: str) -> bytes:
    return _rss(site, items=3).replace(
        f"<content:encoded><![CDATA[<p>{WORDS * 8}</p>]]></content:encoded>".encode(), b""
    )


def _atom(site: str) -> bytes:
    entries = "".join(
        f"<entry><id>urn:{number}</id><title>Talks, day {number} at {site}</title><link href='/news/{number}'/>"
        f"<updated>{(NOW - timedelta(hours=number)).isoformat()}</updated><content type='html'>&lt;p&gt;{WORDS * 8}"
        "&lt;/p&gt;</content></entry>"
        for number in range(ITEMS)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>News</title>{entries}</feed>".encode()


def _json(site: str) -> bytes:
    items = [
        {
            "id": number,
            "url": f"{site}/news/{number}",
            "title": f"Talks, day {number} at {site}",
            "content_html": f"<p>{WORDS * 8}</p>",
            "date_published": (NOW - timedelta(hours=number)).isoformat(),
        }
        for number in range(ITEMS)
    ]
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "News", "items": items}
    ).encode()


def _sitemap(site: str) -> bytes:
    urls = "".join(
        f"<url><loc>{site}/news/{number}</loc><news:news><news:publication><news:name>N</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{NOW.isoformat()}"
        f"</news:publication_date><news:title>Talks, day {number} at {site}</news:title></news:news></url>"
        for number in range(3)
    )
    return (
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>"
    ).encode()


def _page(path: str) -> str:
    return (
        f"<html lang='en'><head><title>Talks {path}</title></head><body><nav>Home</nav><article><h1>Talks</h1>"
        f"<p>{WORDS * 10}</p></article></body></html>"
    )


FUTURE = "<pubDate>Fri, 13 May 2095 10:00:00 GMT</pubDate>"
BODIES = {
    "rss": _rss,
    "full": _rss,
    "gzip": _rss,
    "brotli": _rss,
    "moved": _rss,
    "atom": _atom,
    "json": _json,
    "sitemap": _sitemap,
    "teaser": _teasers,
    "large": lambda site: _rss(site, words=400, items=30),
    "broken_xml": lambda site: _rss(site, extra="<x>caf&eacute; & bar").replace(b"</rss>", b""),
    "undated": lambda site: _rss(site, dates=""),
    "lying_dates": lambda site: _rss(site, dates=FUTURE),
    "entity": lambda site: (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        + _rss(site).partition(b"?>")[2].replace(b"Talks", b"Talks &x;")
    ),
    "quiet": lambda _site: b"<rss><channel><title>Nothing yet</title></channel></rss>",
    "html": lambda _site: b"<!doctype html><title>Moved to our new site</title>",
    "nothing": lambda _site: b"",
    "xml_bomb": lambda _site: XML_BOMB,
    "huge": lambda _site: bytes(7 * 1024 * 1024),
    "bomb": lambda _site: BOMB,
    "bad_gzip": lambda _site: b"no gzip at all",
}
STATUS = {
    "loop": (302, {"Location": "/feed"}),
    "to_metadata": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}),
    "to_this_machine": (302, {"Location": "http://127.0.0.2:22/"}),
    "to_file": (302, {"Location": "file:///etc/passwd"}),
    "throttled": (429, {"Retry-After": "3600"}),
    "denied": (403, {}),
    "missing": (404, {}),
    "gone": (410, {}),
    "teapot": (418, {}),
    "down": (503, {}),
    "no_tls": (200, {}),
}


async def _stall(_request):
    await asyncio.sleep(3600)


async def _drip(request):
    return await _without_end(request, b" ", every=0.5)


async def _pour(request):
    return await _without_end(request, b" " * 65_536, every=0)


async def _without_end(request, words, *, every):
    answer = web.StreamResponse()
    await answer.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await answer.write(words)
            await asyncio.sleep(every)
    return answer


async def _tear(request):
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b"<rss>")
    request.transport.abort()
    return answer


STREAMS = {"stalls": _stall, "drips": _drip, "endless": _pour, "torn": _tear}


@contextlib.contextmanager
def served():
    """Serve the feeds from a process of its own; yield its port."""
    command = [sys.executable, "-m", "tests.ingest.feeds.world"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait()


class Kept:
    """An outlet that keeps what it is given: articles, dead letters."""

    def __init__(self) -> None:
        self.articles, self.letters = [], []

    async def put(self, article, *, spool=True) -> None:  # noqa: ARG002
        self.articles.append(article)

    async def bury(self, raw, *, where, why, reason=None, spool=True) -> None:  # noqa: ARG002
        self.letters.append((raw, where, why))


async def cycle(feeds, store, outlet, limits=None):
    """Poll every feed once; return how many of each kind came to each result, the items, and the metrics."""
    results, items, registry = Counter(), Counter(), CollectorRegistry()

    def told(feed, polled) -> None:
        results[kind_of(feed.source), polled.result] += 1
        items.update(polled.items)

    fetcher = Fetcher(user_agent="tocsin/test", guard=Guard([ALLOWED]), resolver=Names(), limits=limits)
    async with fetcher:
        agent = FeedAgent(feeds, Poller(fetcher, outlet, store), store, FeedMetrics(registry), told=told)
        await agent.run_once(asyncio.Event())
    return results, items, registry


async def serve() -> None:
    """Serve until standard input ends."""
    runner = web.AppRunner(
        World().application(), access_log=None, handler_cancellation=True, shutdown_timeout=0.1
    )
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=2048)
    await site.start()
    sys.stdout.write(f"{site._server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve())
