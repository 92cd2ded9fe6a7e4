"""Who may ask for what: names of this host, how often, and the token for what changes something."""

from __future__ import annotations

import hmac
import ipaddress
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.errors import TocsinError
from streams.web.limits import Limit

if TYPE_CHECKING:
    from aiohttp import web

    from streams.settings import Settings

# Nothing from elsewhere, nothing inline: a text of an article that came through unescaped could still do nothing.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
COSTLY = Limit(per_second=0.5, burst=20)  # what starts a process or writes to a topic


class NoToken(TocsinError):
    """The file of the token cannot be read, or it is too short to be one."""


class Refused(Exception):
    """A request that is not met. `status` and `code` are those of the answer."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, headers or {}


SHORTEST = 16  # characters of a token; a shorter one can be guessed


def read_token(settings: Settings) -> str | None:
    """Return the token of the setting or of its file, None when there is none. Raises NoToken."""
    if settings.web_token_file:
        try:
            token = settings.web_token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise NoToken(
                f"TOCSIN_WEB_TOKEN_FILE: {settings.web_token_file} cannot be read: {error}"
            ) from error
    elif settings.web_token:
        token = settings.web_token.get_secret_value()
    else:
        return None
    if len(token) < SHORTEST:
        raise NoToken(
            f"the token of the live page has {len(token)} characters, it needs {SHORTEST} at the least"
        )
    return token


@dataclass(slots=True)
class Guard:
    """Checks requests. `names`: hosts that the page may be asked for by, beside addresses and localhost."""

    names: frozenset[str]
    token: str | None
    usual: Limit
    costly: Limit = field(default_factory=lambda: Limit(COSTLY.per_second, COSTLY.burst))

    @classmethod
    def of(cls, settings: Settings) -> Guard:
        """Return the guard that the settings ask for. Raises NoToken."""
        names = frozenset(name.strip().lower() for name in settings.web_names.split(",") if name.strip())
        rate = settings.web_rate
        return cls(names, read_token(settings), Limit(rate, 4 * rate))

    def check_host(self, request: web.Request) -> None:
        """Refuse a name that is not ours: a page elsewhere could have its name lead here. Raises Refused."""
        host = request.host.lower()
        name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
        if name not in self.names and name != "localhost" and not _is_address(name):
            raise Refused(
                421, "wrong_host", f"this is not {name[:100]!r}: name it in TOCSIN_WEB_NAMES if it is"
            )

    def check_rate(self, request: web.Request, *, costly: bool = False) -> None:
        """Refuse an address that asks too often. Raises Refused."""
        limit = self.costly if costly else self.usual
        wait = limit.wait(request.remote or "", time.monotonic())
        if wait:
            seconds = str(int(wait) + 1)
            raise Refused(
                429, "too_many", f"too many requests: again in {seconds} s", {"Retry-After": seconds}
            )

    def check_token(self, request: web.Request) -> None:
        """Refuse who may not change anything. Raises Refused."""
        if self.token is None:
            raise Refused(403, "read_only", "this page is read-only: it was started without TOCSIN_WEB_TOKEN")
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        is_right = hmac.compare_digest(given.strip().encode(), self.token.encode())
        if scheme.lower() != "bearer" or not is_right:
            raise Refused(
                401, "no_token", "this needs `Authorization: Bearer TOKEN`", {"WWW-Authenticate": "Bearer"}
            )


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
