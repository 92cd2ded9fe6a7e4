"""Which addresses of the network may be asked: the public ones, and those that are allowed by name."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Prefixes of IPv6 that carry an IPv4 address, and how many bits stand behind it.
_CARRIERS = (
    (IPv6Network("::/96"), 0),  # IPv4-compatible
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("64:ff9b:1::/48"), 0),  # NAT64 of one network
    (IPv6Network("2002::/16"), 80),  # 6to4
)
_TUNNELS = (IPv6Network("2001::/32"),)  # Teredo: whoever answers there is not who the address says
# Not said to be private by every Python that runs this.
_NEVER = tuple(map(ip_network, ("100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "fec0::/10")))


class AddressRefused(TocsinError):
    """A host leads to an address that must not be asked."""


class BadNetwork(TocsinError):
    """What should name a network does not."""


class Guard:
    """Says of every address whether it may be asked. `allowed` are networks that may be, though not public."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        """Read the networks. Raises BadNetwork."""
        self._allowed = tuple(map(_network, allowed))

    def permits(self, host: str) -> bool:
        """Return whether this address, written as numbers, may be asked."""
        try:
            address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        if any(address in network for network in self._allowed):
            return True
        return _is_public(address)

    def check(self, host: str) -> None:
        """Raise AddressRefused where this address, written as numbers, must not be asked."""
        if not self.permits(host):
            raise AddressRefused(
                f"{host} is no public address; where it is meant, allow its network with TOCSIN_FETCH_ALLOW"
            )


def _network(word: str) -> Network:
    try:
        return ip_network(word.strip())
    except ValueError as error:
        raise BadNetwork(f"{word!r} is no network; write it as 10.0.0.0/8 or 10.1.2.3") from error


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if any(address in network for network in _TUNNELS):
            return False
        for network, behind in _CARRIERS:
            if address in network:
                return _is_public(IPv4Address(int(address) >> behind & 0xFFFFFFFF))
    if address.is_multicast or address.is_reserved or any(address in network for network in _NEVER):
        return False
    return address.is_global
