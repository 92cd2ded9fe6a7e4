"""Receivers behind HTTP: one request a post, and what the answer means."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp
import orjson

from streams.delivery.channels.post import Accepted, Answer, Refused, Unavailable

if TYPE_CHECKING:
    from streams.delivery.channels.post import Post
    from streams.delivery.channels.secrets import Hidden

MOST_READ = 64 * 1024  # bytes of an answer
_OK, _REDIRECTION, _OUR_FAULT, _THEIR_FAULT = 200, 300, 400, 500
# Whose cause may be mended on the other side - a token renewed, a room opened - without a change to the message.
_LATER = {401, 403, 404, 407, 408, 409, 421, 423, 425, 429}


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object; an empty one where it is none."""
        try:
            value = orjson.loads(self.body)
        except orjson.JSONDecodeError:
            return {}
        return value if isinstance(value, dict) else {}


class HttpKind(Protocol):
    """A kind of receiver: how a post becomes a request, and what a reply means."""

    def request(self, post: Post) -> Request:
        """Return the request that carries the post."""
        ...

    def answer(self, reply: Reply) -> Answer:
        """Return what a reply means."""
        ...


def json_request(url: str, body: object, *, token: str | None = None, method: str = "POST") -> Request:
    """Return a request that carries JSON."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return Request(url, orjson.dumps(body), headers, method)


def judged(reply: Reply, ref: str | None = None) -> Answer:
    """Return what the status of a reply says."""
    if _OK <= reply.status < _REDIRECTION:
        return Accepted(reply.status, ref)
    said = f"HTTP {reply.status}"
    if reply.status >= _THEIR_FAULT or reply.status in _LATER:
        return Unavailable(said, reply.status, retry_after(reply.headers, datetime.now(UTC)))
    if reply.status < _OUR_FAULT:
        return Refused(reply.status, f"{said}: redirections are not followed")
    return Refused(reply.status, said)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that Retry-After asks for, written as seconds or as a date."""
    said = headers.get("Retry-After", "").strip()
    if said.isdigit():
        return float(said[:9])
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


class HttpChannel:
    """A receiver behind HTTP. `timeout` in seconds, for the whole of one exchange."""

    def __init__(self, kind: HttpKind, hidden: Hidden, timeout: float) -> None:
        self._kind, self._hidden, self._timeout = kind, hidden, timeout
        self._session: aiohttp.ClientSession | None = None

    async def send(self, post: Post) -> Answer:
        """Send it, and return the answer."""
        try:
            answer = self._kind.answer(await self._exchange(self._kind.request(post)))
        except TimeoutError:
            return Unavailable(f"no answer within {self._timeout:g} s")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Unavailable(self._hidden.out_of(f"{type(error).__name__}: {error}"))
        if isinstance(answer, Accepted):
            return answer
        said = self._hidden.out_of(answer.said)
        if isinstance(answer, Refused):
            return Refused(answer.status, said)
        return Unavailable(said, answer.status, answer.retry_after)

    async def _exchange(self, request: Request) -> Reply:
        async with asyncio.timeout(self._timeout):
            if self._session is None:
                self._session = aiohttp.ClientSession(trust_env=True)
            async with self._session.request(
                request.method,
                request.url,
                data=request.body,
                headers={"User-Agent": "tocsin", **request.headers},
                allow_redirects=False,  # a signed message or a token must not be led elsewhere
            ) as got:
                return Reply(got.status, dict(got.headers), await got.content.read(MOST_READ))

    async def close(self) -> None:
        """Close its connections."""
        if self._session:
            await self._session.close()
