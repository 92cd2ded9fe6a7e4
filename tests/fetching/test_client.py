from __future__ import annotations

import asyncio
import gzip
import logging
import time

import pytest
from aiohttp import web

from streams.fetching import Failed, Fault, Fetched, Limits, NotModified, Wanted
from streams.fetching.resolving import GuardedResolver
from tests.fetching.site import AGENT, QUICK, on_site

LOOPBACK_FORMS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "localhost",
]


async def fetch(site, url, *, allow=("127.0.0.0/8",), limits=QUICK, **wanted):
    async with site.fetcher(allow=allow, limits=limits) as fetcher:
        return await fetcher.fetch(Wanted(url, **wanted))


def fault(result):
    assert isinstance(result, Failed), result
    return result.fault


@on_site
async def test_a_body_comes_with_what_the_next_request_needs(site):
    url = site.put("/feed", (200, {"ETag": '"1"', "Last-Modified": "then"}, b"<rss/>"))
    result = await fetch(site, url)
    assert (result.body, result.etag, result.last_modified, result.url) == (b"<rss/>", '"1"', "then", url)
    assert site.requests[-1].headers["User-Agent"] == AGENT


@on_site
async def test_what_has_not_changed_is_not_sent_again(site):
    async def answer(request):
        same = request.headers.get("If-None-Match") == '"1"'
        return web.Response(status=304) if same else web.Response(body=b"x", headers={"ETag": '"1"'})

    assert isinstance(await fetch(site, site.put("/feed", answer), etag='"1"'), NotModified)


@pytest.mark.parametrize("form", LOOPBACK_FORMS)
def test_no_form_of_an_address_of_this_machine_is_asked(form):
    @on_site
    async def run(site):
        site.names.elsewhere = {name: ["127.0.0.1"] for name in ("127.1", "2130706433", "0x7f000001")}
        result = await fetch(site, f"http://{form}:{site.port}/", allow=())
        assert fault(result) in {Fault.REFUSED_ADDRESS, Fault.BAD_ADDRESS}
        assert not site.asked

    run()


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1:22/", "http://inside.test/"]
)
def test_a_redirect_to_an_address_that_is_not_public_is_not_followed(target):
    @on_site
    async def run(site):
        site.names.elsewhere["inside.test"] = ["10.0.0.7"]
        url = site.put("/feed", (302, {"Location": target}, b""))
        assert (
            fault(await fetch(site, url, allow=("127.0.0.1/32",) if "127" not in target else ()))
            is Fault.REFUSED_ADDRESS
        )

    run()


@on_site
async def test_a_name_that_leads_elsewhere_the_second_time_leads_nowhere(site):
    """DNS rebinding: public when checked, this machine when connected. There is no second look."""
    site.names.elsewhere["a.test"] = ["10.9.9.9", "127.0.0.1"]
    url = site.put("/feed", b"<rss/>")
    async with site.fetcher(allow=()) as fetcher:
        for _ in range(3):
            assert fault(await fetcher.fetch(Wanted(url, robots=False))) is Fault.REFUSED_ADDRESS
    assert not site.asked


@on_site
async def test_the_socket_is_guarded_even_where_the_resolver_is_not(site):
    async with site.fetcher(allow=()) as fetcher:
        resolver = fetcher._session.connector._resolver
        assert isinstance(resolver, GuardedResolver)
        fetcher._session.connector._resolver = site.names
        result = await fetcher.fetch(Wanted(site.put("/feed", b"x"), robots=False))
    assert fault(result) is Fault.REFUSED_ADDRESS
    assert not site.asked


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://a.test/x", ""])
def test_a_redirect_to_what_is_not_the_web_is_not_followed(location):
    @on_site
    async def run(site):
        url = site.put("/feed", (301, {"Location": location} if location else {}, b""))
        assert fault(await fetch(site, url)) in {Fault.BAD_ADDRESS, Fault.REDIRECTS}

    run()


@on_site
async def test_only_a_permanent_redirect_moves_a_feed(site):
    end = site.put("/end", b"x")
    then = site.put("/then", (302, {"Location": "/end"}, b""))
    moved = site.put("/moved", (301, {"Location": "/then"}, b""))
    for_good = site.put("/for-good", (308, {"Location": "/end"}, b""))
    assert (await fetch(site, then)).moved_to is None
    assert (await fetch(site, moved)).moved_to == then
    assert (await fetch(site, for_good)).moved_to == end


@on_site
async def test_redirects_end(site):
    circle = site.put("/a", (302, {"Location": "/b"}, b""))
    site.put("/b", (302, {"Location": "/a"}, b""))
    for step in range(9):
        site.put(f"/{step}", (302, {"Location": f"/{step + 1}"}, b""))
    assert fault(await fetch(site, circle)) is Fault.REDIRECTS
    assert fault(await fetch(site, site.url("/0"))) is Fault.REDIRECTS
    assert site.asked["a.test", "/6"] == 0


async def _stall(_request):
    await asyncio.sleep(30)


async def _drip(request):
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(b" ")
        await asyncio.sleep(0.05)


async def _endless(request):
    answer = web.StreamResponse()
    await answer.prepare(request)
    while True:
        await answer.write(bytes(50_000))


async def _torn(request):
    answer = web.StreamResponse(headers={"Content-Length": "1000"})
    await answer.prepare(request)
    await answer.write(b"half")
    request.transport.abort()
    return answer


ANSWERS = {
    Fault.TOO_LARGE: (200, {}, bytes(1_200_000)),
    Fault.BOMB: (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(20_000_000))),
    Fault.ENCODING: (200, {"Content-Encoding": "gzip"}, b"not packed"),
    Fault.THROTTLED: (429, {"Retry-After": "77"}, b""),
    Fault.DENIED: (403, {}, b""),
    Fault.NOT_FOUND: (404, {}, b""),
    Fault.GONE: (410, {}, b""),
    Fault.CLIENT_ERROR: (418, {}, b""),
    Fault.SERVER_ERROR: (500, {}, b""),
    Fault.PROTOCOL: _torn,
    Fault.TIMEOUT: _stall,
}


@pytest.mark.parametrize("reason", ANSWERS)
def test_every_bad_answer_has_its_reason(reason):
    @on_site
    async def run(site):
        assert fault(await fetch(site, site.put("/feed", ANSWERS[reason]))) is reason

    run()


@on_site
async def test_a_body_without_end_is_cut_at_the_limit_and_one_that_drips_at_the_time(site):
    assert fault(await fetch(site, site.put("/endless", _endless))) is Fault.TOO_LARGE
    assert fault(await fetch(site, site.put("/drip", _drip))) is Fault.TIMEOUT


@on_site
async def test_a_host_that_is_not_there_has_its_reason(site):
    assert fault(await fetch(site, f"http://nowhere.test:{site.port}/")) is Fault.DNS
    assert fault(await fetch(site, "http://a.test:1/")) is Fault.CONNECT
    assert fault(await fetch(site, site.url("/", scheme="https"))) is Fault.TLS


@on_site
async def test_a_server_that_asks_to_wait_is_left_alone_by_all(site):
    busy, other = site.put("/busy", (429, {"Retry-After": "77"}, b"")), site.put("/other", b"x")
    async with site.fetcher() as fetcher:
        assert (await fetcher.fetch(Wanted(busy))).retry_after == 77
        second = await fetcher.fetch(Wanted(other))
    assert (second.fault, round(second.retry_after)) == (Fault.THROTTLED, 77)
    assert site.asked["a.test", "/other"] == 0


@on_site
async def test_robots_txt_is_asked_once_and_kept_to(site):
    site.put("/robots.txt", (200, {}, b"User-agent: tocsin\nDisallow: /private\n"))
    private, public = site.put("/private/feed", b"x"), site.put("/feed", b"x")
    async with site.fetcher() as fetcher:
        results = [await fetcher.fetch(Wanted(url)) for url in (private, public, private)]
        forced = await fetcher.fetch(Wanted(private, robots=False))
    assert [fault(results[0]), fault(results[2])] == [Fault.ROBOTS] * 2
    assert isinstance(results[1], Fetched)
    assert isinstance(forced, Fetched)
    assert site.asked["a.test", "/robots.txt"] == 1


@on_site
async def test_a_host_that_cannot_show_its_robots_txt_is_not_asked(site):
    site.put("/robots.txt", (500, {}, b""))
    assert fault(await fetch(site, site.put("/feed", b"x"))) is Fault.SERVER_ERROR
    assert site.asked["a.test", "/feed"] == 0


@on_site
async def test_requests_to_one_host_are_few_at_once_and_spaced_and_hold_up_no_other(site):
    running, most = 0, 0

    async def answer(_request):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.2)
        running -= 1
        return web.Response(body=b"x")

    urls = [site.put(f"/{number}", answer) for number in range(6)]
    other = site.put("/", b"x", host="b.test")
    began = time.monotonic()
    async with site.fetcher(limits=Limits(spacing=0.1)) as fetcher:
        many = [asyncio.create_task(fetcher.fetch(Wanted(url, robots=False))) for url in urls]
        await fetcher.fetch(Wanted(other, robots=False))
        assert sum(task.done() for task in many) < 3
        await asyncio.gather(*many)
    assert most <= 2
    assert time.monotonic() - began >= 0.5


@on_site
async def test_credentials_go_to_their_host_alone(site):
    site.put("/feed", (302, {"Location": site.url("/feed", "b.test")}, b""))
    site.put("/feed", b"x", host="b.test")
    await fetch(site, f"http://me:secret@a.test:{site.port}/feed", robots=False)
    assert [request.headers.get("Authorization") for request in site.requests] == ["Basic bWU6c2VjcmV0", None]


@pytest.mark.parametrize("reason", [*ANSWERS, Fault.DNS, Fault.TLS, Fault.CONNECT])
def test_no_fault_says_a_password_or_a_key(reason, caplog):
    caplog.set_level(logging.DEBUG)

    @on_site
    async def run(site):
        host = {Fault.DNS: "nowhere.test"}.get(reason, "a.test")
        port = 1 if reason is Fault.CONNECT else site.port
        scheme = "https" if reason is Fault.TLS else "http"
        site.put("/feed", ANSWERS.get(reason, b"x"))
        result = await fetch(
            site, f"{scheme}://me:hush@{host}:{port}/feed?key=hush", authorization="Bearer hush"
        )
        assert result.fault is reason
        assert "hush" not in result.said

    run()
    assert "hush" not in caplog.text
