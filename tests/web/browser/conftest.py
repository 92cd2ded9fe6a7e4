"""A line that runs, the page beside it, and Chromium to look at it with."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from schemas import Article, encode
from schemas.article import article_id
from schemas.topics import STORIES
from streams.broker import producer
from streams.embedded import embedded_broker
from tests.onbroker import OnBroker
from tests.pipeline.line import Line
from tests.pipeline.waiting import wait_for
from tests.web import chromium
from tests.web.site import Site

TOKEN = "a token of twenty letters"
ARTICLES = Path(__file__).parent / "articles.yaml"
PUBLISHED = datetime(2022, 11, 16, 12, tzinfo=UTC)
EVERYDAY_FROM, EVERYDAY = datetime(2022, 7, 24, 8, tzinfo=UTC), 110  # days


def articles() -> list[Article]:
    """Return the articles that the tests publish."""
    rows = yaml.safe_load(ARTICLES.read_text())
    return [article(**row | {"published_at": row["published_at"].replace(tzinfo=UTC)}) for row in rows]


def everyday() -> list[Article]:
    """Return what makes a season of news: without days on which something was read there is no baseline."""
    return [
        article(
            source="lemonde",
            url=f"https://example.org/everyday/{at}",
            published_at=EVERYDAY_FROM + timedelta(days=at),
            title="France and Germany confer",
            body="The foreign ministers of France and Germany spoke by phone.",
        )
        for at in range(EVERYDAY)
    ]


def article(**fields) -> Article:
    """Return an article fetched now, published when the others were: a pair is shown as of its latest day."""
    told = {"fetched_at": datetime.now(UTC), "published_at": PUBLISHED, "url": None} | fields
    told["url"] = told["url"] or f"https://example.org/{told['source']}/{abs(hash(told['title']))}"
    return Article(id=article_id(**{name: told[name] for name in ("url", "source", "title", "body")}), **told)


def tell_all(site: Site, stories) -> None:
    """Put many stories on their topic at once."""
    sender = producer(site.broker.settings, "test")
    sent = [
        sender.send(STORIES.name, encode(story), key=story.id.encode(), partition=at % 2)
        for at, story in enumerate(stories)
    ]
    for future in sent:
        future.get(timeout=60)
    sender.close()


@pytest.fixture(scope="session")
def browser(request):
    """Chromium; the tests that need it are skipped where it was not asked for."""
    if not request.config.getoption("--browser"):
        pytest.skip("runs with `make test-browser`")
    where = chromium.program()
    if where is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("chromium is not installed")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - starts nothing where it is not asked for

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=where, args=chromium.ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def running(browser, tmp_path_factory):  # noqa: ARG001 - starts nothing where Chromium is not asked for
    """A worker that read the articles, and the page of it. For tests that leave it as it is, or add to it."""
    folder = tmp_path_factory.mktemp("running")
    with embedded_broker(folder) as embedded:
        line = Line(embedded.bootstrap, folder, partitions=2)
        line.start_worker()
        line.publish(*everyday(), *articles())
        site = Site(OnBroker(embedded), folder, TOCSIN_WEB_TOKEN=TOKEN, TOCSIN_WEB_RATE="500").ready()
        site.line = line
        wait_for(line.is_drained, "the articles to be read")
        wait_for(lambda: site.get("/status")["stories_kept"] > 10, "the stories")
        yield site
        site.stop()
        line.close()


@pytest.fixture
def alone(browser, tmp_path):  # noqa: ARG001 - as above
    """The page of a broker that nobody else writes to."""
    with embedded_broker(tmp_path) as embedded:
        broker = OnBroker(embedded)
        broker.provision()
        site = Site(broker, tmp_path, TOCSIN_WEB_TOKEN=TOKEN, TOCSIN_WEB_RATE="500").ready()
        yield site
        site.stop()


@pytest.fixture
def look(browser):
    """Open a view of a site. Whatever a test does, the page asks no other host, and breaks no rule of its own."""
    opened, asked, broken = [], [], []

    def open_view(site: Site, path: str = "/", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}} | options)
        context.set_default_timeout(60_000)
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on(
            "console",
            lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page.base = f"http://127.0.0.1:{site.port}"
        page.goto(page.base + path)
        return page

    yield open_view
    for context in opened:
        context.close()
    assert [url for url in asked if not url.startswith(("http://127.0.0.1:", "data:"))] == []
    assert broken == []
