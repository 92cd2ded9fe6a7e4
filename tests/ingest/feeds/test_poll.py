from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from aiohttp import web

from streams.fetching import Fault
from streams.ingest.feeds.poll import MOST_PAGES, MOST_TRIES, Poller
from streams.ingest.feeds.store import FeedState, Store
from streams.ingest.feeds.subscription import Subscription
from streams.ingest.sending import Refused
from streams.ingest.spool import SpoolFull
from tests.fetching.site import on_site
from tests.ingest.feeds.world import WORDS, Kept

NOON = datetime(2022, 5, 13, 12, tzinfo=UTC)
LONG = WORDS * 10


def an_item(
    number=1, *, title="Talks", text=LONG, date="Fri, 13 May 2022 10:00:00 GMT", link="/news/"
) -> str:
    return (
        f"<item><title>{title} {number}</title><link>{link}{number}</link><pubDate>{date}</pubDate>"
        f"<content:encoded>{text}</content:encoded></item>"
    )


def a_feed(*items) -> bytes:
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>N</title>"
        f"<language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def a_page(text=LONG) -> bytes:
    return f"<html><head><title>T</title></head><body><article><h1>T</h1><p>{text}</p></article></body></html>".encode()


class Desk:
    """A poller beside a server, and what is known of its feeds from poll to poll."""

    def __init__(self, site, fetcher, store) -> None:
        self.site, self.fetcher, self.store, self.outlet = site, fetcher, store, Kept()
        self.now, self.states = NOON, {}

    async def poll(self, path="/feed", **how):
        feed = Subscription(source=how.pop("source", "a"), url=self.site.url(path), **how)
        poller = Poller(self.fetcher, self.outlet, self.store, now=lambda: self.now, chance=lambda: 0.5)
        polled, self.states[feed.key] = await poller.poll(feed, self.states.get(feed.key, FeedState()))
        self.state = self.states[feed.key]
        return polled

    def taken(self) -> list:
        """Return the articles that were published since the last time."""
        articles, self.outlet.articles = self.outlet.articles, []
        return articles


@asynccontextmanager
async def a_desk(site):
    with TemporaryDirectory() as folder, Store(Path(folder) / "s") as store:
        async with site.fetcher() as fetcher:
            yield Desk(site, fetcher, store)


def at_desk(test):
    """Return the test, an `async def test(desk)`, run beside a server."""

    async def beside(site):
        async with a_desk(site) as desk:
            await test(desk)

    beside.__name__, beside.__doc__ = test.__name__, test.__doc__
    return on_site(beside)


@at_desk
async def test_an_item_becomes_an_article_once(desk):
    url = desk.site.put("/news/1", a_page())
    desk.site.put("/feed", a_feed(an_item()))
    assert (await desk.poll()).items == {"new": 1, "undated": 0}
    (article,) = desk.taken()
    assert (article.title, article.url, article.source, article.lang) == ("Talks 1", url, "a", "en")
    assert article.body == LONG.strip()
    assert article.published_at == datetime(2022, 5, 13, 10, tzinfo=UTC)
    assert article.first_seen_at == article.fetched_at == NOON
    assert desk.site.asked["a.test", "/news/1"] == 0, "the feed had the whole text"

    desk.now += timedelta(hours=1)
    polled = await desk.poll()
    assert (polled.result, polled.items) == ("nothing_new", {"seen": 1})
    assert desk.taken() == []


@at_desk
async def test_a_changed_item_is_published_as_a_revision_of_the_same_id(desk):
    desk.site.put("/feed", a_feed(an_item()))
    await desk.poll()
    (first,) = desk.taken()
    desk.now += timedelta(hours=1)
    desk.site.put("/feed", a_feed(an_item(text=LONG + "They met again.")))
    assert (await desk.poll()).items["changed"] == 1
    (second,) = desk.taken()
    assert second.id == first.id
    assert second.body.endswith("They met again.")
    assert (second.first_seen_at, second.fetched_at) == (NOON, desk.now)


@at_desk
async def test_an_item_of_which_only_the_date_moved_is_not_published_again(desk):
    desk.site.put("/feed", a_feed(an_item()))
    await desk.poll()
    desk.taken()
    desk.site.put("/feed", a_feed(an_item(date="Fri, 13 May 2022 11:59:00 GMT")))
    assert (await desk.poll()).result == "nothing_new"


@at_desk
async def test_an_item_that_two_feeds_have_is_published_once_though_they_tell_it_differently(desk):
    desk.site.put("/feed", a_feed(an_item()))
    desk.site.put("/other", a_feed(an_item(title="Otherwise", text=LONG * 2)))
    for _ in range(2):
        await desk.poll()
        await desk.poll("/other")
    assert [article.title for article in desk.taken()] == ["Talks 1"]


@at_desk
async def test_a_feed_is_asked_whether_it_changed(desk):
    async def answer(request):
        if (
            request.headers.get("If-None-Match") == '"1"'
            and request.headers.get("If-Modified-Since") == "then"
        ):
            return web.Response(status=304)
        return web.Response(body=a_feed(an_item()), headers={"ETag": '"1"', "Last-Modified": "then"})

    desk.site.put("/feed", answer)
    assert [(await desk.poll()).result for _ in range(2)] == ["new", "not_modified"]


@at_desk
async def test_where_the_feed_has_a_teaser_the_page_is_read(desk):
    desk.site.put("/news/1", a_page())
    desk.site.put("/feed", a_feed(an_item(text="They met …")))
    await desk.poll()
    (article,) = desk.taken()
    assert article.body == LONG.strip()
    assert article.title in ("T", "Talks 1")
    assert not article.partial
    await desk.poll()
    assert desk.site.asked["a.test", "/news/1"] == 1


@at_desk
async def test_a_source_may_say_whether_pages_are_read(desk):
    desk.site.put("/news/1", a_page("The page. " * 40))
    desk.site.put("/feed", a_feed(an_item(text="They met …")))
    desk.site.put("/whole", a_feed(an_item()))
    await desk.poll(full_text="never")
    assert [article.body for article in desk.taken()] == ["They met …"]
    await desk.poll("/whole", full_text="always", source="b")
    assert desk.site.asked["a.test", "/news/1"] == 0, "the item is of the first feed"
    desk.site.put("/whole", a_feed(an_item(2)))
    desk.site.put("/news/2", a_page("The page. " * 100))
    await desk.poll("/whole", full_text="always", source="b")
    assert desk.site.asked["a.test", "/news/2"] == 1


@pytest.mark.parametrize("status", [403, 404, 410])
def test_where_the_page_is_not_to_be_had_the_teaser_is_published_as_one(status):
    @at_desk
    async def run(desk):
        desk.site.put("/news/1", (status, {}, b""))
        desk.site.put("/feed", a_feed(an_item(text="They met …")))
        await desk.poll()
        (article,) = desk.taken()
        assert (article.body, article.partial) == ("They met …", True)

    run()


@at_desk
async def test_a_page_that_cannot_be_had_now_is_tried_again_before_the_teaser_is_published(desk):
    desk.site.put("/news/1", (500, {}, b""))
    desk.site.put("/feed", (200, {"ETag": '"1"'}, a_feed(an_item(text="They met …"))))
    for _ in range(MOST_TRIES):
        await desk.poll()
        assert desk.taken() == []
        assert desk.state.etag is None, "the next poll must see the item again"
    await desk.poll()
    assert [article.partial for article in desk.taken()] == [True]


@at_desk
async def test_a_feed_of_many_teasers_is_read_in_several_polls_soon_after_each_other(desk):
    count = MOST_PAGES + 5
    for number in range(count):
        desk.site.put(f"/news/{number}", a_page())
    desk.site.put("/feed", (200, {"ETag": '"1"'}, a_feed(*(an_item(n, text="…") for n in range(count)))))
    await desk.poll()
    assert len(desk.taken()) == MOST_PAGES
    assert desk.state.rhythm.next_at - NOON.timestamp() < 120
    await desk.poll()
    assert len(desk.taken()) == 5
    assert desk.state.etag == '"1"'


@at_desk
async def test_a_feed_that_moved_for_good_is_asked_where_it_is(desk):
    there = desk.site.put("/new", a_feed(an_item()))
    desk.site.put("/feed", (301, {"Location": "/new"}, b""))
    await desk.poll()
    await desk.poll()
    assert desk.state.moved_to == there
    assert desk.site.asked["a.test", "/feed"] == 1
    del desk.site.pages["a.test", "/new"]
    assert (await desk.poll()).result == Fault.NOT_FOUND
    assert desk.state.moved_to is None, "it is looked for again where it was"


@at_desk
async def test_credentials_follow_a_feed_that_moves_within_its_host_and_no_further(desk):
    for host, place in (("a.test", "/new"), ("b.test", "/feed")):
        desk.site.put("/feed", (301, {"Location": desk.site.url(place, host)}, b""))
        desk.site.put(place, a_feed(an_item()), host=host)
        desk.states.clear()
        desk.site.requests.clear()
        for _ in range(2):
            await desk.poll(authorization="Bearer hush", robots=False)
        sent = [request.headers.get("Authorization") for request in desk.site.requests]
        there = "Bearer hush" if host == "a.test" else None
        assert sent == ["Bearer hush", there, there]


@at_desk
async def test_what_is_no_feed_is_a_dead_letter_with_its_bytes(desk):
    desk.site.put("/feed", b"<html>Under construction</html>")
    polled = await desk.poll()
    assert (polled.result, polled.said) == ("not_feed", "is a page of HTML, not its feed")
    ((raw, where, why),) = desk.outlet.letters
    assert (raw, where, why) == (b"<html>Under construction</html>", desk.site.url("/feed"), polled.said)
    assert desk.state.rhythm.faults == 1


@at_desk
async def test_an_item_that_can_be_no_article_is_a_dead_letter_and_holds_up_no_other(desk):
    desk.site.put("/feed", a_feed("<item><author>x</author></item>", an_item(link="javascript:"), an_item()))
    assert (await desk.poll()).items == {"broken": 2, "new": 1, "undated": 0}
    assert [raw.startswith(b"<item") for raw, _, _ in desk.outlet.letters] == [True, True]
    assert len(desk.taken()) == 1


@at_desk
async def test_an_article_that_is_refused_is_a_dead_letter_and_not_tried_again(desk):
    async def refuse(_article):
        raise Refused("is too large")

    desk.outlet.put = refuse
    desk.site.put("/feed", a_feed(an_item()))
    assert (await desk.poll()).items == {"broken": 1}
    assert (await desk.poll()).items == {"seen": 1}


@at_desk
async def test_what_could_not_be_published_anywhere_is_found_again_and_what_was_is_not(desk):
    put, room = desk.outlet.put, [True, False]

    async def put_while_there_is_room(article):
        if not room.pop(0):
            raise SpoolFull("the spool is full")
        await put(article)

    desk.outlet.put = put_while_there_is_room
    desk.site.put("/feed", (200, {"ETag": '"1"'}, a_feed(an_item(1), an_item(2))))
    with pytest.raises(SpoolFull):
        await desk.poll()
    desk.outlet.put = put
    await desk.poll()
    assert [article.title for article in desk.taken()] == ["Talks 1", "Talks 2"]


@at_desk
async def test_an_item_without_an_address_has_the_id_that_its_feed_tells_it_by(desk):
    item = "<item><title>Note</title><guid isPermaLink='false'>n-1</guid><description>{}</description></item>"
    desk.site.put("/feed", a_feed(item.format("One.")))
    await desk.poll()
    desk.site.put("/feed", a_feed(item.format("One, corrected.")))
    await desk.poll()
    first, second = desk.taken()
    assert first.id == second.id
    assert second.body == "One, corrected."


@at_desk
async def test_a_page_that_calls_the_front_page_its_address_keeps_its_own(desk):
    front = f"<link rel='canonical' href='{desk.site.url('/')}'>".encode()
    for number in (1, 2):
        desk.site.put(f"/news/{number}", a_page().replace(b"<head>", b"<head>" + front))
    desk.site.put("/feed", a_feed(an_item(1, text="…"), an_item(2, text="…")))
    await desk.poll()
    assert [article.url for article in desk.taken()] == [
        desk.site.url(f"/news/{number}") for number in (1, 2)
    ]
