"""Names → addresses that may be asked; a connection goes to the very address that was checked."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from streams.fetching.addresses import AddressRefused

if TYPE_CHECKING:
    from aiohttp.connector import AddrInfoType

    from streams.fetching.addresses import Guard

IDLE = 5.0  # seconds that a connection is kept for the next request: robots.txt, then the feed
REMEMBERED = 300  # seconds that an address is kept for a name


class GuardedResolver(AbstractResolver):
    """Resolves by another resolver, and keeps of its answer what may be asked."""

    def __init__(self, guard: Guard, behind: AbstractResolver | None = None) -> None:
        self._guard, self._behind = guard, behind or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises AddressRefused where none may be asked, OSError where none is."""
        found = await self._behind.resolve(host, port, family)
        permitted = [one for one in found if self._guard.permits(one["host"])]
        if found and not permitted:
            raise AddressRefused(
                f"{host} leads to {found[0]['host']}, which is no public address; where it is meant, allow its "
                "network with TOCSIN_FETCH_ALLOW"
            )
        return permitted

    async def close(self) -> None:
        """Close the resolver behind."""
        await self._behind.close()


def guarded_connector(
    guard: Guard, *, at_once: int, resolver: AbstractResolver | None = None
) -> TCPConnector:
    """Return a connector that opens no socket to an address that the guard refuses.

    The check stands where the socket is made: an address written as numbers passes no resolver, and a name that is
    looked up again may lead elsewhere.
    """

    def make_socket(address: AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = address
        guard.check(str(place[0]))
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)  # noqa: FBT003 - the library's signature
        return made

    return TCPConnector(
        resolver=GuardedResolver(guard, resolver),
        socket_factory=make_socket,
        limit=at_once,
        ttl_dns_cache=REMEMBERED,
        happy_eyeballs_delay=None,  # addresses in turn: a refusal is then heard as it is
        keepalive_timeout=IDLE,
    )
