"""Files and standard input → articles: text, HTML, JSON and JSON lines, told by name or by looking."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from schemas.article import DateFlag
from streams.ingest import records
from streams.ingest.found import MAX_BYTES, Found, Known, NoArticle, Unread, complete
from streams.ingest.pages import Page, read_page
from streams.ingest.sidecar import read_sidecar
from streams.ingest.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

STDIN = Path("-")


class Format(Enum):
    """How an input is written."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    JSON_LINES = "JSON lines"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
}
_LOOKS_LIKE_HTML = re.compile(
    rb"\s*<(!doctype\s+html|!--|\?xml|html|head|body|meta|article|div|p)\b", re.IGNORECASE
)


_NOTES = {
    DateFlag.UNDATED: "no date of publication, it counts as published now; give --published-at or a sidecar",
    DateFlag.FUTURE: "a date that it states lies in the future and is not believed",
    DateFlag.NO_ZONE: "its date has no time zone, it was read as UTC",
    DateFlag.FROM_URL: "the date in its address is believed, that of the page is later or missing",
}


@dataclass(frozen=True, slots=True)
class _Context:
    known: Known
    now: datetime


def find_files(paths: Iterable[Path]) -> list[Path]:
    """Return the files to read: each path, and of a directory every article file in it, by name."""
    files: list[Path] = []
    for path in paths:
        inside = path.iterdir() if path != STDIN and path.is_dir() else None
        files += [path] if inside is None else sorted(file for file in inside if is_article_file(file))
    return files


def is_article_file(file: Path) -> bool:
    """Tell by its name whether a file holds articles."""
    return file.suffix.lower() in _SUFFIXES


def read_articles(
    files: Iterable[Path],
    *,
    now: datetime,
    known: Known | None = None,
    opened: Callable[[Path], BinaryIO] | None = None,
) -> Iterator[Found | Unread]:
    """Yield every article of these files, and for every input that is none, where it stands and why.

    `now` becomes the time of fetching, and with a note the time of publication of a text or page that has
    none. `known` stands in for what an article does not say itself. `opened` opens a file, `-` included.
    """
    context = _Context(known or Known(), now)
    for file in files:
        try:
            with (opened or open_file)(file) as stream:
                yield from _read(file, _name(file), stream, context)
        except NoArticle as error:
            yield Unread(_name(file), str(error), error.reason)
        except OSError as error:
            yield Unread(_name(file), f"cannot be read: {error.strerror or error}")


def open_file(path: Path) -> BinaryIO:
    """Open a file to read its bytes; `-` is standard input."""
    if path == STDIN:
        return cast("BinaryIO", open(sys.stdin.fileno(), "rb", closefd=False))
    return path.open("rb")


def _read(file: Path, name: str, stream: BinaryIO, context: _Context) -> Iterator[Found | Unread]:
    head = _head(stream)
    format_ = _format(file, head)
    if format_ in (Format.TEXT, Format.HTML):
        yield _read_one(file, _whole(head, stream), format_, context)
    elif context.known.url:
        raise NoArticle("is JSON; --url is for one text or page, articles in JSON have their own url")
    elif format_ is Format.JSON_LINES or records.is_lines(head.lstrip()):
        lines = chain(head.splitlines(keepends=True), records.bounded_lines(stream))
        for number, line in enumerate(lines, start=1):
            if line is None or line.strip():
                yield _read_record(f"{name}:{number}", records.read_line, line, context)
    else:
        articles = records.read_document(_whole(head, stream))
        for number, article in enumerate(articles, start=1):
            where = f"{name}, article {number}" if len(articles) > 1 else name
            yield _read_record(where, records.as_fields, article, context)


def _read_one(file: Path, raw: bytes, format_: Format, context: _Context) -> Found:
    """Return the article that a text or a page is. Raises NoArticle."""
    page = read_page(raw, url=context.known.url) if format_ is Format.HTML else Page(read_text(raw))
    beside = read_sidecar(file) if file != STDIN else Known()
    known, now = context.known.fields | page.fields | beside.fields, context.now
    dates = page.dates(fetched_at=now)
    if not beside.published_at and (DateFlag.UNDATED not in dates.date_flags or "published_at" not in known):
        known |= dates.fields  # what a person says of the date holds, what the call stands in with does not
    notes = (_NOTES[flag] for flag in known.get("date_flags", ()) if flag in _NOTES)
    return Found(_name(file), complete(known, now=now), tuple(notes))


def _read_record(
    where: str, fields_of: Callable[[Any], dict[str, Any]], record: Any, context: _Context
) -> Found | Unread:
    try:
        return Found(where, complete(context.known.fields | fields_of(record), now=context.now))
    except NoArticle as error:
        return Unread(where, str(error), error.reason, record if isinstance(record, bytes) else None)


def _name(file: Path) -> str:
    return "stdin" if file == STDIN else str(file)


def _head(stream: BinaryIO) -> bytes:
    """Return the bytes up to the end of the first line that is not blank."""
    head = b""
    while line := stream.readline(MAX_BYTES):
        head += line
        if line.strip() or len(head) > MAX_BYTES:
            break
    return head


def _whole(head: bytes, stream: BinaryIO) -> bytes:
    raw = head + stream.read(MAX_BYTES)
    if len(raw) > MAX_BYTES:
        raise NoArticle(f"is larger than {MAX_BYTES} bytes; many articles go as JSON lines, one a line")
    return raw


def _format(file: Path, head: bytes) -> Format:
    if known := _SUFFIXES.get(file.suffix.lower()):
        return known
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")):
        return Format.JSON
    return Format.HTML if _LOOKS_LIKE_HTML.match(start) else Format.TEXT
