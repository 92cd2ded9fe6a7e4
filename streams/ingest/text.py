"""Plain text → the fields of an article: the first line is the title, the rest the body."""

from __future__ import annotations

from typing import Any

from streams.ingest.found import NoArticle

MAX_TITLE = 2_000  # characters; a longer first line is a paragraph, not a title


def read_text(raw: bytes) -> dict[str, Any]:
    """Return title and body of a text. Raises NoArticle when it is empty or not UTF-8."""
    title, _, body = _lines_of(raw).partition("\n")
    if not body.strip() or len(title) > MAX_TITLE:
        return {"body": f"{title}\n{body}".strip()}
    return {"title": title.strip(), "body": body.strip("\n")}


def _lines_of(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoArticle(
            f"is not UTF-8 text (byte 0x{raw[error.start]:02x} at {error.start}); "
            "convert it, as with iconv -t UTF-8"
        ) from error
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise NoArticle("is empty")
    return text
