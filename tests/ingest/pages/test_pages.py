"""A page as it comes from anywhere: whose it is, what stands beside it, and pages made to do harm."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from streams.ingest.found import NoArticle
from streams.ingest.pages import MAX_DEPTH, MAX_PAGE, MAX_TAGS, Beside, article_of

NOW = datetime(2022, 5, 14, 8, tzinfo=UTC)
TEXT = "The ministers spoke for about an hour and agreed on nothing but the next call. " * 5
URL = "https://www.post.example/world/1"


def read(markup, **more):
    raw = markup if isinstance(markup, bytes) else markup.encode()
    return article_of(raw, **{"url": URL, "fetched_at": NOW} | more)


def a_page(head="", body=f"<p>{TEXT}</p>"):
    return f"<html><head><title>A call</title>{head}</head><body>{body}</body></html>"


def test_a_page_belongs_to_its_host_unless_a_source_is_named():
    assert read(a_page()).source == "post.example"
    assert read(a_page(), source="the-post").source == "the-post"


def test_a_page_may_name_its_own_address_but_not_that_of_another_site():
    own = '<link rel="canonical" href="https://post.example/world/1-a-call">'
    assert read(a_page(own)).url == "https://post.example/world/1-a-call"
    assert read(a_page('<link rel="canonical" href="/world/2">')).url == "https://www.post.example/world/2"
    assert read(a_page(own), url="https://amp.post.example/world/1").url.endswith("/world/1-a-call")
    foreign = '<link rel="canonical" href="https://wire.example/1">'
    assert read(a_page(foreign)).url == URL


def test_a_front_page_is_not_the_address_of_an_article():
    front = '<link rel="canonical" href="https://www.post.example/">'
    assert read(a_page(front)).url == URL


def test_the_same_page_found_at_two_addresses_is_one_article():
    page = a_page('<link rel="canonical" href="https://www.post.example/world/1">')
    assert read(page, url="https://m.post.example/world/1").id == read(page).id


def test_what_stands_beside_a_page_stands_in_where_it_is_silent():
    beside = Beside(
        title="In the feed", lang="en", published="Fri, 13 May 2022 20:00:00 GMT", origin_hint="AFP"
    )
    bare = read(f"<p>{TEXT}</p>", beside=beside)
    assert (bare.title, bare.lang, bare.origin_hint) == ("In the feed", "en", "AFP")
    assert (bare.published_at, bare.date_flags) == (datetime(2022, 5, 13, 20, tzinfo=UTC), [])
    assert read(a_page(), beside=beside).title == "A call"


def test_the_full_text_of_a_feed_is_taken_before_the_teaser_of_a_page():
    assert read(a_page(body="<p>Read on.</p>"), beside=Beside(body=f"<p>{TEXT}</p>")).body == TEXT.strip()


def test_a_teaser_before_a_paywall_is_marked_as_partial():
    def marked(free):
        record = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": free})
        return read(a_page(f'<script type="application/ld+json">{record}</script>')).partial

    assert [marked(free) for free in (False, "False", True, None)] == [True, True, False, False]


def test_who_wrote_and_who_published_it_are_kept():
    record = {
        "@type": "Article",
        "author": [{"name": "A. Reed"}, "B. Stone"],
        "publisher": {"name": "The Post"},
    }
    article = read(a_page(f'<script type="application/ld+json">{json.dumps(record)}</script>'))
    assert (article.authors, article.publisher) == (["A. Reed", "B. Stone"], "The Post")


@pytest.mark.parametrize(
    ("encoding", "charset", "declared"),
    [
        ("utf-8", "iso-8859-1", ""),
        ("utf-8-sig", None, ""),
        ("utf-16", None, ""),
        ("windows-1251", "windows-1251", ""),
        ("windows-1251", None, '<meta charset="windows-1251">'),
        ("koi8-r", None, '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'),
        ("windows-1251", None, ""),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(encoding, charset, declared):
    text = "Министры говорили около часа и договорились созвониться вновь. " * 8
    page = f"<html><head>{declared}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert read(page, charset=charset).body == text.strip()


def test_nothing_of_a_page_is_run_and_no_script_is_text():
    body = (
        f"<script>document.write('x')</script><p>{TEXT}</p><style>p{{}}</style><p onclick='x()'>And on.</p>"
    )
    assert read(a_page(body=body)).body == f"{TEXT.strip()}\n\nAnd on."


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (b"", "no text"),
        (b"<html></html>", "no text"),
        (b" " * (MAX_PAGE + 1), "the limit is"),
        (b"<b>" * (MAX_TAGS + 1), "tags"),
        (b"<div>" * (MAX_TAGS // 2), f"more than {MAX_DEPTH} elements within each other"),
        (b"<ul><li>" * (MAX_TAGS // 4), f"more than {MAX_DEPTH} elements within each other"),
        (b"<p>" + b"word " * 40_000 + b"</p>", "limit is 100000"),
    ],
    ids=["empty", "no text", "bytes", "tags", "depth", "list depth", "line"],
)
def test_a_page_that_is_no_article_or_a_trap_is_refused_saying_why(page, why):
    with pytest.raises(NoArticle, match=why):
        read(page)


@pytest.mark.parametrize(
    "script",
    [
        "[" * 100_000,
        '{"@graph":' * 50_000,
        '{"@type":"Article","author":' + "[" * 900 + "]" * 900 + "}",
        '{"@type":"Article","headline":{"@value":1},"datePublished":[],"author":7,"publisher":[[]],"url":{}}',
        "null",
        "{" + '"a":1,' * 10_000 + "}",
        '{"@type":"Article","headline":"' + "x" * 3_000_000 + '"}',
    ],
)
def test_json_ld_that_is_broken_or_a_trap_leaves_the_rest_of_the_page(script):
    assert read(a_page(f'<script type="application/ld+json">{script}</script>')).body == TEXT.strip()
