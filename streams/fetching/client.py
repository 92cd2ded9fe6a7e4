"""The fetcher: one request at a time to a host, many at once in all, nothing beyond its limits."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from streams.fetching.address import BadAddress, origin, parted, read_address, shown
from streams.fetching.addresses import AddressRefused, Guard
from streams.fetching.politeness import AT_ONCE, SPACING, Politeness
from streams.fetching.resolving import guarded_connector
from streams.fetching.results import Failed, Fault, Fetched, NotModified, Result, Wanted
from streams.fetching.robots import Robots
from streams.fetching.unpacking import ACCEPTED, BadPacking, Body, Oversized
from streams.fetching.waiting import asked_to_wait

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from aiohttp.abc import AbstractResolver

LARGE = (
    512 * 1024
)  # bytes of a body; what is larger waits for one of few places, so that memory stays bounded
LARGE_AT_ONCE = 8
CHUNK = 64 * 1024
DEFAULT_WAIT = 300.0  # seconds, where a server says "too many requests" and no more
_PERMANENT, _TEMPORARY = {301, 308}, {302, 303, 307}
_OK, _NOT_MODIFIED, _CLIENT, _SERVER, _TOO_MANY, _UNAVAILABLE = 200, 304, 400, 500, 429, 503
_FAULTS: Mapping[int, Fault] = MappingProxyType(
    {
        401: Fault.DENIED,
        403: Fault.DENIED,
        407: Fault.DENIED,
        451: Fault.DENIED,
        404: Fault.NOT_FOUND,
        410: Fault.GONE,
        429: Fault.THROTTLED,
    }
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a fetch may go. Times in seconds."""

    total: float = 20.0
    connect: float = 10.0
    read: float = 10.0  # without a byte
    max_bytes: int = 5 * 1024 * 1024
    redirects: int = 5
    at_once: int = 128
    per_host: int = AT_ONCE
    spacing: float = SPACING


@dataclass(frozen=True, slots=True)
class _Redirect:
    to: URL
    is_permanent: bool


class Fetcher:
    """Fetches over HTTP, safely and politely. Use it as `async with Fetcher(…) as fetcher`."""

    def __init__(
        self,
        *,
        user_agent: str,
        guard: Guard | None = None,
        limits: Limits | None = None,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._agent, self._guard, self._limits = user_agent, guard or Guard(), limits or Limits()
        self._resolver = resolver
        self._politeness = Politeness(
            time.monotonic, at_once=self._limits.per_host, spacing=self._limits.spacing
        )
        self._robots = Robots(self.fetch, user_agent.partition("/")[0], time.monotonic)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._slots = asyncio.Semaphore(self._limits.at_once)

    async def __aenter__(self) -> Self:
        limits = self._limits
        self._session = aiohttp.ClientSession(
            connector=guarded_connector(self._guard, at_once=limits.at_once, resolver=self._resolver),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=limits.connect, sock_read=limits.read),
            headers={"User-Agent": self._agent, "Accept-Encoding": ACCEPTED},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            read_bufsize=CHUNK,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def fetch(self, wanted: Wanted) -> Result:
        """Fetch it, following redirects. Every fault is a Failed with its reason; nothing is raised."""
        try:
            url, said = parted(read_address(wanted.url))
        except BadAddress as error:
            return Failed(Fault.BAD_ADDRESS, str(error))
        home, authorization = origin(url), wanted.authorization or said
        moved_to, is_moving, seen = None, True, {url}
        for _ in range(self._limits.redirects + 1):
            sent = replace(wanted, authorization=authorization if origin(url) == home else None)
            result = await self._politely(url, sent)
            match result:
                case _Redirect(to=to, is_permanent=is_permanent):
                    is_moving = is_moving and is_permanent
                    moved_to = str(to) if is_moving else moved_to
                    if to in seen:
                        return Failed(Fault.REDIRECTS, f"{shown(to)} leads to itself")
                    seen.add(to)
                    url = to
                case Fetched() | NotModified():
                    return replace(result, moved_to=moved_to)
                case _:
                    return result
        return Failed(Fault.REDIRECTS, f"more than {self._limits.redirects} redirects")

    async def _politely(self, url: URL, wanted: Wanted) -> Result | _Redirect:
        """Make one request when it is this host's turn."""
        host, spacing = str(url.host), wanted.spacing
        if wanted.robots:
            if forbidden := await self._robots.forbid(origin(url), str(url)):
                return forbidden
            spacing = max(filter(None, (spacing, await self._robots.delay(origin(url)))), default=spacing)
        async with self._politeness.turn(host, spacing):
            if (rest := self._politeness.left_alone_for(host)) > 0:
                return Failed(Fault.THROTTLED, f"{host} asked to be left alone", rest)
            async with self._slots:
                result = await self._once(url, wanted)
        if isinstance(result, Failed) and result.fault is Fault.THROTTLED:
            self._politeness.leave_alone(host, result.retry_after or DEFAULT_WAIT)
        return result

    async def _once(self, url: URL, wanted: Wanted) -> Result | _Redirect:
        """Make one request; turn every way to fail into its reason."""
        # No text of the library is passed on: it repeats addresses, and addresses hold keys.
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._exchange(url, wanted)
        except AddressRefused as error:
            return Failed(Fault.REFUSED_ADDRESS, str(error))
        except TimeoutError:
            return Failed(Fault.TIMEOUT, f"no answer, or no end of it, within {self._limits.total:g} s")
        except Oversized as error:
            return Failed(Fault.BOMB if error.is_bomb else Fault.TOO_LARGE, str(error))
        except BadPacking as error:
            return Failed(Fault.ENCODING, str(error))
        except aiohttp.ClientConnectorDNSError:
            return Failed(Fault.DNS, f"{url.host} has no address")
        except (aiohttp.ClientSSLError, ssl.SSLError):
            return Failed(Fault.TLS, f"{url.host} does not show a certificate that can be trusted")
        except aiohttp.ClientConnectorError as error:
            return Failed(Fault.CONNECT, f"{url.host} cannot be reached: {error.os_error.strerror}")
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            return Failed(Fault.BAD_ADDRESS, "is no address that can be asked")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Failed(Fault.PROTOCOL, f"{url.host} broke off or speaks no HTTP ({type(error).__name__})")

    async def _exchange(self, url: URL, wanted: Wanted) -> Result | _Redirect:
        async with self._session.get(url, headers=_headers(wanted), allow_redirects=False) as answer:
            if answer.status in _PERMANENT | _TEMPORARY:
                return _redirect(url, answer)
            if answer.status == _NOT_MODIFIED:
                return NotModified()
            if answer.status != _OK:
                return _failed(answer)
            return Fetched(
                url=str(url),
                body=await self._body(answer, wanted.max_bytes or self._limits.max_bytes),
                charset=answer.charset,
                etag=answer.headers.get("ETag"),
                last_modified=answer.headers.get("Last-Modified"),
            )

    async def _body(self, answer: aiohttp.ClientResponse, limit: int) -> bytes:
        if (answer.content_length or 0) > limit:
            raise Oversized(limit, is_bomb=False)
        body = Body(answer.headers.get("Content-Encoding", ""), limit)
        while body.size <= LARGE:
            if not (chunk := await answer.content.read(CHUNK)):
                return body.whole()
            body.add(chunk)
        async with self._large:
            while chunk := await answer.content.read(CHUNK):
                body.add(chunk)
            return body.whole()


def _headers(wanted: Wanted) -> dict[str, str]:
    said = {
        "Accept": wanted.accept,
        "If-None-Match": wanted.etag,
        "If-Modified-Since": wanted.last_modified,
        "Authorization": wanted.authorization,
    }
    return {name: value for name, value in said.items() if value}


def _redirect(url: URL, answer: aiohttp.ClientResponse) -> Failed | _Redirect:
    try:
        to, _ = parted(read_address(answer.headers.get("Location", ""), base=url))
    except BadAddress as error:
        return Failed(Fault.BAD_ADDRESS, f"redirects to what cannot be asked: {error}")
    is_downgrade = url.scheme == "https" and to.scheme == "http"
    return _Redirect(to, is_permanent=answer.status in _PERMANENT and not is_downgrade)


def _failed(answer: aiohttp.ClientResponse) -> Failed:
    status, said = answer.status, f"HTTP {answer.status}"
    wait = asked_to_wait(answer.headers.get("Retry-After"), datetime.now(UTC))
    if status == _UNAVAILABLE and wait is not None:
        return Failed(Fault.THROTTLED, said, wait)
    if status >= _SERVER:
        return Failed(Fault.SERVER_ERROR, said, wait)
    if status >= _CLIENT:
        return Failed(_FAULTS.get(status, Fault.CLIENT_ERROR), said, wait)
    return Failed(Fault.PROTOCOL, f"{said}, which was not asked for")
