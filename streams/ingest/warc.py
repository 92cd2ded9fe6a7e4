"""WARC, the archives of crawlers → the pages in them: HTML that a server sent as an answer, each with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from schemas.deadletter import Reason
from streams.ingest.found import Found, NoArticle, Unread
from streams.ingest.pages import MAX_PAGE, Beside, article_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

    from streams.ingest.found import Known

OK: Final = 200  # the one answer that is a page
_HTML: Final = ("text/html", "application/xhtml+xml")
_CODINGS: Final = ("content-encoding", "transfer-encoding")


def warc_pages(name: str, stream: BinaryIO, *, known: Known, skip: int = 0) -> Iterator[Found | Unread]:
    """Yield the article of every page, after the first so many; what is no page is passed over without a word.

    An archive that is cut off or damaged ends with an Unread that says behind which page.
    """
    count = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, auto_decode="all"):
            if not _is_page(record):
                continue
            count += 1
            if count > skip:
                yield _read(f"{name}, page {count}", record, known)
    except OSError as error:
        yield Unread(name, f"is cut off or damaged after page {count}: {error}")


def _is_page(record: WarcRecord) -> bool:
    if record.http_headers is None:
        return record.content_length > 0  # cut off within its head: told when it is read
    status, kind = record.http_headers.status_code, record.http_content_type or ""
    return status == OK and kind.lower().startswith(_HTML)


def _read(where: str, record: WarcRecord, known: Known) -> Found | Unread:
    address = record.headers.get("WARC-Target-URI") or ""
    where = f"{where} ({address})"
    raw = b""
    try:
        raw = record.reader.read(MAX_PAGE + 1)
        _check(raw, record)
        article = article_of(
            raw,
            url=address or None,
            charset=record.http_charset,
            source=known.source,
            fetched_at=record.record_date,
            beside=Beside(
                lang=known.lang,
                published=known.published_at,
                last_modified=record.http_headers.get("Last-Modified"),
            ),
        )
    except NoArticle as error:
        return Unread(where, str(error), error.reason, raw)
    return Found(where, article)


def _check(raw: bytes, record: WarcRecord) -> None:
    """Raise NoArticle for a page that is too large, or that the archive breaks off in."""
    if len(raw) > MAX_PAGE:
        raise NoArticle(f"is larger than {MAX_PAGE} bytes; no article is", Reason.TOO_LARGE)
    coded = record.http_headers and any(record.http_headers.get(name) for name in _CODINGS)
    if record.http_headers is None or (not coded and len(raw) < record.content_length):
        raise NoArticle("the archive is cut off within it; fetch the file again")
