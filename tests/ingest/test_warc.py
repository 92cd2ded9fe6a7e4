from __future__ import annotations

import gzip
import io
from datetime import UTC, datetime

import pytest
from fastwarc.warc import WarcRecordType

from schemas.article import DateFlag
from streams.ingest.found import Found, Known, Unread
from streams.ingest.warc import warc_pages
from tests.ingest.archive_files import a_record, page, warc, warc_gz

PAGES = [(f"https://example.org/{number}", page(number)) for number in range(10)]


def read(raw, **more):
    return list(warc_pages("crawl.warc", io.BytesIO(raw), known=Known(), **more))


def test_what_is_no_page_is_passed_over():
    crawl = (
        a_record("https://example.org/robots.txt", b"User-agent: *", kind="text/plain")
        + a_record("https://example.org/gone", page(1), status=404)
        + a_record("https://example.org/asked", page(1), type_=WarcRecordType.request)
        + a_record("https://example.org/news", page(7))
    )
    [found] = read(crawl)
    assert found.where == "crawl.warc, page 1 (https://example.org/news)"
    assert found.article.body.startswith("The defence ministers of Arland and Borland spoke for 7 minutes.")


def test_a_page_without_a_date_counts_as_published_when_it_was_crawled():
    [found] = read(a_record("https://example.org/1", page(1, dated=False)))
    assert found.article.published_at == datetime(2022, 5, 14, 6, tzinfo=UTC)
    assert found.article.date_flags == [DateFlag.UNDATED]


def test_the_time_of_the_crawl_is_when_it_was_fetched():
    [found] = read(a_record("https://example.org/1", page(1)))
    assert found.article.fetched_at == datetime(2022, 5, 14, 6, tzinfo=UTC)


def test_a_page_that_was_sent_compressed_is_read():
    raw = gzip.compress(page(3))
    record = a_record("https://example.org/3", raw, kind="text/html\r\nContent-Encoding: gzip")
    [found] = read(record)
    assert found.article.title == "Call 3"


@pytest.mark.parametrize("write", [warc, warc_gz])
@pytest.mark.parametrize("share", [0.1, 0.33, 0.5, 0.77, 0.95])
def test_an_archive_that_is_cut_off_gives_what_is_whole_and_names_the_rest(write, share):
    whole = write(PAGES)
    got = read(whole[: int(len(whole) * share)])
    articles = [one for one in got if isinstance(one, Found)]
    assert len(articles) == int(10 * share)
    for cut in got[len(articles) :]:
        assert isinstance(cut, Unread)
        assert "cut off" in cut.why


def test_what_is_no_warc_is_named():
    [unread] = read(b"hello, this is no archive\n" * 10)
    assert unread.where == "crawl.warc"
    assert "cut off or damaged after page 0" in unread.why


def test_a_page_without_text_is_named_with_its_address():
    [unread] = read(a_record("https://example.org/empty", b"<html><body></body></html>"))
    assert unread.where == "crawl.warc, page 1 (https://example.org/empty)"
    assert "the page has no text" in unread.why
