"""Web addresses: which ones can be asked, what of them may be shown, and who they belong to."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import unquote

from yarl import URL

from streams.errors import TocsinError

LONGEST = 4_000  # characters


class BadAddress(TocsinError):
    """A word that is no address of the web."""


def read_address(word: str, base: URL | None = None) -> URL:
    """Return the address that a word is, taken relative to `base`. Raises BadAddress."""
    if len(word) > LONGEST:
        raise BadAddress(f"an address of {len(word)} characters is not asked, the limit is {LONGEST}")
    try:
        url = URL(word.strip())
        url = base.join(url) if base else url
        host = url.host
    except ValueError as error:
        raise BadAddress("is no address; write it as https://host/path") from error
    if url.scheme not in ("http", "https"):
        raise BadAddress(f"{url.scheme or 'no scheme'}: only http and https are asked")
    if not host:
        raise BadAddress("names no host; write it as https://host/path")
    return url.with_fragment(None)


def shown(url: URL | str) -> str:
    """Return what a log may show of an address: neither user and password nor query, where keys are put."""
    try:
        url = URL(url) if isinstance(url, str) else url
        bare = url.with_user(None).with_query(None).with_fragment(None)
    except ValueError:
        return "an address that cannot be read"
    return f"{bare}?…" if url.raw_query_string else str(bare)


def parted(url: URL) -> tuple[URL, str | None]:
    """Return the address without user and password, and the Authorization header that says them."""
    if url.raw_user is None and url.raw_password is None:
        return url, None
    words = f"{unquote(url.raw_user or '')}:{unquote(url.raw_password or '')}"
    return url.with_user(None), "Basic " + b64encode(words.encode()).decode()


def origin(url: URL) -> str:
    """Return scheme, host and port: whom a request goes to."""
    return str(url.origin())


def same_origin(one: str, other: str) -> bool:
    """Return whether two addresses lead to the same host by the same way."""
    try:
        return one == other or origin(read_address(one)) == origin(read_address(other))
    except BadAddress:
        return False
