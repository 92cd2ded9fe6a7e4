"""Archives for tests: JSON lines, plain or compressed, and WARC as a crawler writes it."""

from __future__ import annotations

import gzip
import io
import json

from fastwarc.stream_io import ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

GOOD = {"title": "A call", "body": "They spoke.", "published_at": "2022-05-13T20:00:00Z"}


def articles(count, start=0):
    return [GOOD | {"url": f"https://example.org/{number}"} for number in range(start, start + count)]


def lines(articles_) -> bytes:
    return "".join(json.dumps(article) + "\n" for article in articles_).encode()


def zst(raw: bytes) -> bytes:
    packed = io.BytesIO()
    with ZstdWriter(packed) as writer:
        writer.write(raw)
    return packed.getvalue()


def page(number, *, dated=True) -> bytes:
    date = '<meta property="article:published_time" content="2022-05-13T20:00:00Z">' if dated else ""
    text = f"<p>The defence ministers of Arland and Borland spoke for {number} minutes.</p>" * 10
    return (
        f"<!doctype html><html lang=en><head><title>Call {number}</title>{date}</head>"
        f"<body><article>{text}</article></body></html>"
    ).encode()


def a_record(
    url, body, *, status=200, kind="text/html; charset=utf-8", type_=WarcRecordType.response
) -> bytes:
    record = WarcRecord()
    record.init_headers(type_)
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = "2022-05-14T06:00:00Z"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    head = f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    record.set_bytes_content(head.encode() + body)
    written = io.BytesIO()
    record.write(written)
    return written.getvalue()


def warc(pages) -> bytes:
    """Return an archive of these (url, page)."""
    return b"".join(a_record(url, body) for url, body in pages)


def warc_gz(pages) -> bytes:
    """Return the same with each record a gzip member of its own, as crawlers do."""
    return b"".join(gzip.compress(a_record(url, body)) for url, body in pages)
