"""JSON and JSON lines → the fields of articles. Lines are read one by one, however many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from schemas.deadletter import Reason
from streams.ingest.found import MAX_BYTES, NoArticle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of a stream; None for one that is longer than MAX_BYTES, which is passed over."""
    while line := stream.readline(MAX_BYTES):
        if len(line) < MAX_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while (more := stream.readline(MAX_BYTES)) and not more.endswith(b"\n"):
            pass
        yield None


def is_lines(first: bytes) -> bool:
    """Tell by its first line whether a JSON text holds one article a line."""
    return first.startswith(b"{") and first.rstrip().endswith(b"}")


def read_line(line: bytes | None) -> dict[str, Any]:
    """Return the fields that stand in one line of JSON lines. Raises NoArticle."""
    if line is None:
        raise NoArticle(f"the line is longer than {MAX_BYTES} bytes; no article is", Reason.TOO_LARGE)
    return as_fields(_parse(line))


def read_document(raw: bytes) -> list[Any]:
    """Return what a JSON document holds, one article or a list of them. Raises NoArticle."""
    parsed = _parse(raw)
    return parsed if isinstance(parsed, list) else [parsed]


def as_fields(parsed: Any) -> dict[str, Any]:
    """Return a parsed value as the fields of an article. Raises NoArticle when it is no object."""
    if not isinstance(parsed, dict):
        raise NoArticle(
            f"is no JSON object but {type(parsed).__name__}; an article is one, with at least a body"
        )
    return parsed


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise NoArticle(f"is not JSON: {error}", Reason.NOT_JSON) from error
