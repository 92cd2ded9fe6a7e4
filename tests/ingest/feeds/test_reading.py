from __future__ import annotations

import random
import time

import pytest

from streams.ingest.feeds.item import Broken, Item, NotFeed
from streams.ingest.feeds.markup import MOST_ITEMS
from streams.ingest.feeds.reading import read_feed
from tests.ingest.feeds.world import BODIES

URL = "https://a.test/feeds/world"


def items(text, **how):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_feed(raw, url=URL, **how).items


def only(text, **how) -> Item:
    (item,) = items(text, **how)
    assert isinstance(item, Item)
    return item


def rss(inside, declaration="", spaces=""):
    return f"{declaration}<rss version='2.0' {spaces}><channel><title>N</title>{inside}</channel></rss>"


def test_rss_is_read():
    item = only(
        rss(
            "<language>de</language><item><title>Talks &amp;amp; more</title><link>https://a.test/1</link>"
            "<guid isPermaLink='false'>7</guid><pubDate>Fri, 13 May 2022 10:00:00 +0200</pubDate>"
            "<description>&lt;p&gt;They met.&lt;/p&gt;</description><source url='x'>Reuters</source>"
            "<content:encoded><![CDATA[<p>They met at noon.</p>]]></content:encoded></item>",
            spaces="xmlns:content='http://purl.org/rss/1.0/modules/content/'",
        )
    )
    assert item == Item(
        title="Talks &amp; more",
        url="https://a.test/1",
        guid="7",
        text="<p>They met at noon.</p>",
        teaser="<p>They met.</p>",
        published="Fri, 13 May 2022 10:00:00 +0200",
        lang="de",
        origin="Reuters",
    )


def test_atom_is_read_with_its_own_address_and_not_that_of_the_feed():
    item = only(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr' xml:base='https://b.test/'><title>N</title><entry>"
        "<id>urn:1</id><title>Une &lt; deux</title><link rel='self' href='https://b.test/self'/>"
        "<link rel='enclosure' href='https://b.test/photo'/><link href='/1'/><updated>2022-05-14T00:00:00Z</updated>"
        "<published>2022-05-13T00:00:00Z</published><summary>court</summary><content type='xhtml'>"
        "<div xmlns='http://www.w3.org/1999/xhtml'><p>Ils <b>parlent</b>.</p></div></content>"
        "<source><title>AFP</title></source></entry></feed>"
    )
    assert (item.url, item.guid, item.title) == ("https://b.test/1", "urn:1", "Une &lt; deux")
    assert (item.published, item.modified) == ("2022-05-13T00:00:00Z", "2022-05-14T00:00:00Z")
    assert "<b>parlent</b>" in item.text
    assert (item.teaser, item.lang, item.origin) == ("court", "fr", "AFP")


def test_rss_1_is_read():
    item = only(
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'/><item rdf:about='https://a.test/1'>"
        "<title>T</title><dc:date>2022-05-13T10:00:00Z</dc:date></item></rdf:RDF>"
    )
    assert (item.url, item.published) == ("https://a.test/1", "2022-05-13T10:00:00Z")


def test_json_feed_is_read():
    first, second, third = items(
        '{"version":"https://jsonfeed.org/version/1.1","language":"pl","items":[{"id":"1","url":"/1","title":"A < B",'
        '"content_html":"<p>x</p>","date_published":"2022-05-13T10:00:00Z"},{"id":2,"content_text":"a < b"},5]}'
    )
    assert (first.url, first.title, first.lang) == ("https://a.test/1", "A &lt; B", "pl")
    assert (second.guid, second.text) == ("2", "a &lt; b")
    assert third == Broken(b"5", "is no object")


def test_a_news_sitemap_is_read():
    item = only(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>https://a.test/1</loc>"
        "<lastmod>2022-05-14</lastmod><news:news><news:publication><news:name>N</news:name><news:language>it"
        "</news:language></news:publication><news:publication_date>2022-05-13</news:publication_date><news:title>T"
        "</news:title></news:news></url><url><loc>https://a.test/about</loc></url></urlset>"
    )
    assert item == Item(
        title="T", url="https://a.test/1", published="2022-05-13", modified="2022-05-14", lang="it"
    )


def test_names_of_other_vocabularies_are_not_taken_for_the_feeds_own():
    item = only(
        rss(
            "<item><title>Own</title><media:title>Photo</media:title><itunes:title>Show</itunes:title>"
            "<link>https://a.test/1</link><media:content url='https://a.test/p.jpg'/></item>",
            spaces="xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'",
        )
    )
    assert (item.title, item.url, item.text) == ("Own", "https://a.test/1", "")


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        ("<rss><channel><item><title>Caf&eacute; & bar</title><link>/1?a=1&b=2</link></item>", "Café & bar"),
        (
            "  \n<?xml version='1.0'?><rss><channel><item><title>T</title><link>/1?a=1&amp;b=2</link></item></channel>",
            "T",
        ),
        ("<rss><channel><item><title>T\x08</title><link>/1?a=1&b=2</link></item><item", "T"),
        (
            "<rss><channel><item><title><![CDATA[A &b; C]]></title><link>/1?a=1&b=2</link></i></channel>",
            "A &b; C",
        ),
    ],
)
def test_broken_xml_is_read_as_far_as_it_goes(broken, title):
    item = items(broken)[0]
    assert (item.title, item.url) == (title, "https://a.test/1?a=1&b=2")


@pytest.mark.parametrize(
    ("raw", "charset"),
    [
        (b"<?xml version='1.0' encoding='windows-1251'?>{}", None),
        (b"{}", "windows-1251"),
        (b"<?xml version='1.0' encoding='utf-8'?>{}", None),
        (b"{}", None),
        (b"{}", "no-such-charset"),
    ],
    ids=["declared", "in the header", "declared wrongly", "nowhere", "unknown"],
)
def test_a_feed_is_read_in_its_encoding_whoever_names_it(raw, charset):
    text = rss("<item><title>Переговоры министров прошли в среду</title><link>/1</link></item>").encode(
        "cp1251"
    )
    assert only(raw.replace(b"{}", text), charset=charset).title == "Переговоры министров прошли в среду"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("<!DOCTYPE html><html>", "is a page of HTML"),
        ("hello", "is no XML"),
        ("<svg/>", "is <svg>, which is no feed"),
        ("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "name the news sitemap"),
        ("<urlset><url><loc>https://a.test/</loc></url></urlset>", "a sitemap without news:news"),
        ("[1]", "no JSON Feed"),
        ("{", "is no JSON"),
    ],
)
def test_what_is_no_feed_is_told_with_what_it_is(text, why):
    with pytest.raises(NotFeed, match=why):
        items(text)


def test_an_item_without_all_that_makes_one_is_broken_and_holds_up_no_other():
    broken, sound = items(rss("<item><author>me</author></item><item><title>T</title><link>/1</link></item>"))
    assert broken == Broken(
        b"<item><author>me</author></item>", "has neither an address nor a title with a text"
    )
    assert sound.title == "T"


def test_an_address_that_is_none_breaks_its_item_alone():
    broken, sound = items(rss("<item><link>http://[::1</link></item><item><link>/1</link></item>"))
    assert isinstance(broken, Broken)
    assert sound.url == "https://a.test/1"
    broken, sound = items('{"items":[{"url":"http://[::1"},{"url":"/1"}]}')
    assert isinstance(broken, Broken)
    assert sound.url == "https://a.test/1"


def test_characters_that_xml_has_not_are_left_out():
    assert only("<rss><channel><item><title>A&#xD800;&#0;B&#66;</title><link>/1</link></item>").title == "ABB"


PIECES = [
    b"<![CDATA[",
    b"]]>",
    b"&#xD800;",
    b"\xff\xfe",
    b"http://[",
    b"&nbsp;",
    b"<item>",
    b"null",
    b"[]",
    b"\xf0\x9f",
]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_bytes_come_the_answer_is_items_or_that_it_is_no_feed(seed):
    chance = random.Random(seed)
    makers = [BODIES[kind] for kind in ("rss", "atom", "json", "sitemap")]
    for _ in range(150):
        raw = bytearray(chance.choice(makers)("https://a.test")[:4_000])
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.choice([0, 1, 40])] = chance.choice([*PIECES, chance.randbytes(3)])
        try:
            found = items(bytes(raw), charset=chance.choice([None, "utf-16", "x"]))
        except NotFeed:
            continue
        assert all(isinstance(item.raw if isinstance(item, Broken) else item.raw(), bytes) for item in found)


def test_an_item_keeps_its_bytes_for_when_it_cannot_become_an_article():
    item = only(rss("<item><title>T</title><link>/1</link></item> "))
    assert item.raw() == b"<item><title>T</title><link>/1</link></item>"


def test_only_so_many_items_are_read_and_the_rest_is_counted():
    document = read_feed(rss("<item><link>/1</link></item>" * (MOST_ITEMS + 3)).encode(), url=URL)
    assert (len(document.items), document.beyond) == (MOST_ITEMS, 3)


HUNDRED_MILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
HARMFUL = {
    "entities that grow": f"<!DOCTYPE r [<!ENTITY a0 'ha'>{HUNDRED_MILLION}]>"
    + rss("<item><title>&a8;</title><link>/1</link></item>"),
    "entities that repeat": f"<!DOCTYPE r [<!ENTITY a '{'x' * 50_000}'>]>"
    + rss(f"<item><title>{'&a;' * 50_000}</title></item>"),
    "depth": "<rss><channel>" + "<a>" * 500_000,
    "attributes": "<rss " + " ".join(f"a{n}='1'" for n in range(100_000)) + "/>",
    "a file": "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    + rss("<item><title>&f;</title><link>/1</link></item>"),
    "a DTD elsewhere": "<!DOCTYPE r SYSTEM 'http://127.0.0.1:1/x.dtd'>"
    + rss("<item><title>T</title><link>/1</link></item>"),
    "depth of JSON": '{"items":' + "[" * 500_000,
}


@pytest.mark.parametrize("harm", HARMFUL)
def test_a_feed_that_is_meant_to_harm_does_none(harm):
    began = time.process_time()
    try:
        found = items(HARMFUL[harm])
    except NotFeed:
        found = ()
    assert time.process_time() - began < 2
    assert all(
        len(item.title) < 1_000 and "root:" not in item.title for item in found if isinstance(item, Item)
    )
