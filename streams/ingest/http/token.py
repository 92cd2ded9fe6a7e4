"""The token that senders show, and whether the service may do without one."""

from __future__ import annotations

import hmac
import ipaddress
from typing import TYPE_CHECKING, Final

from streams.errors import TocsinError

if TYPE_CHECKING:
    from streams.settings import Settings

SHORTEST: Final = 16  # characters; what is shorter can be guessed
SCHEME: Final = "bearer"


class NoToken(TocsinError):
    """There is no token, or none that protects anything."""


def read_token(settings: Settings) -> str | None:
    """Return the token that senders must show; None when none is asked for, on this machine alone.

    Raises NoToken.
    """
    if settings.ingest_token_file:
        token = _from_file(settings)
    elif settings.ingest_token:
        token = settings.ingest_token.get_secret_value().strip()
    elif settings.ingest_open and is_this_machine(settings.web_host):
        return None
    else:
        raise NoToken(
            "who may post articles? Set TOCSIN_INGEST_TOKEN or TOCSIN_INGEST_TOKEN_FILE; on an address of this "
            "machine alone, such as 127.0.0.1, TOCSIN_INGEST_OPEN=true or --open goes without"
        )
    if len(token) < SHORTEST:
        raise NoToken(
            f"the token for posting articles has {len(token)} characters, it needs {SHORTEST} or more"
        )
    return token


def shows(header: str | None, token: str) -> bool:
    """Tell whether an Authorization header shows the token, in the same time however much of it is right."""
    scheme, _, shown = (header or "").partition(" ")
    is_right = hmac.compare_digest(shown.strip().encode("utf-8", "surrogateescape"), token.encode())
    return is_right and scheme.lower() == SCHEME


def _from_file(settings: Settings) -> str:
    file = settings.ingest_token_file
    assert file is not None  # noqa: S101 - for the type checker
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoToken(f"TOCSIN_INGEST_TOKEN_FILE: {file} cannot be read ({type(error).__name__})") from error


def is_this_machine(host: str) -> bool:
    """Tell whether a host is an address, or the name, of this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
