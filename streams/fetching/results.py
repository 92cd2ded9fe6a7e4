"""What fetching comes to: a body, word that nothing changed, or a fault with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a fetch failed; the bounded set that metrics are labelled with."""

    BAD_ADDRESS = "bad_address"  # no http, no host
    REFUSED_ADDRESS = "refused_address"  # leads to an address that is not public
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    PROTOCOL = "protocol"  # what came is no HTTP, or ended before its end
    TOO_LARGE = "too_large"
    BOMB = "bomb"  # small when packed, beyond every limit when not
    ENCODING = "encoding"  # packed in a way that was not asked for, or broken
    REDIRECTS = "redirects"  # too many, or in a circle
    ROBOTS = "robots"  # its robots.txt asks us not to
    THROTTLED = "throttled"  # asked to wait
    DENIED = "denied"  # 401, 403, 407, 451
    NOT_FOUND = "not_found"
    GONE = "gone"
    CLIENT_ERROR = "client_error"  # any other 4xx
    SERVER_ERROR = "server_error"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to fetch, and what is known of it from the last time."""

    url: str
    accept: str = "*/*"
    etag: str | None = None
    last_modified: str | None = None
    authorization: str | None = None  # the header; goes to the host of `url` alone
    robots: bool = True
    spacing: float | None = None  # seconds between two requests to its host, where the usual is not right
    max_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A body. `url` is where it was found; `moved_to` where it is said to stay from now on."""

    url: str
    body: bytes
    charset: str | None
    etag: str | None
    last_modified: str | None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """It is as it was the last time."""

    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be fetched. `said` tells a person why, without credentials; `retry_after` in seconds."""

    fault: Fault
    said: str
    retry_after: float | None = None


Result = Fetched | NotModified | Failed
