"""A run of everything that is watched, and a Prometheus that watched it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
import urllib.error
import urllib.request
from collections import deque
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
import yaml

from schemas import encode
from schemas.topics import CONTRIBUTIONS
from streams import children
from streams.broker import producer
from streams.demo import samples
from streams.embedded import embedded_broker
from streams.port import free_port
from tests.delivery.hook import Hook
from tests.pipeline.articles import an_article
from tests.pipeline.line import Line, tocsin
from tests.pipeline.waiting import wait_for
from tests.tension.contributions import a_call, a_contribution, days
from tests.watching.prometheus import Prometheus

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from schemas import Article

ROUNDS = 3  # of articles: rates need more than one growth
SEASON = 80  # days of a dyad before today: more than a baseline needs
THREAT = "Russia threatened the United States with a military strike on Friday."
RECIPE = "Whisk flour, eggs and milk. Fry each side for a minute."
FEED = """<rss version="2.0"><channel><title>Sound Paper</title>
<item><title>Pancakes</title><link>{site}/pancakes.html</link><pubDate>{now}</pubDate>
<description>Whisk flour, eggs and milk.</description></item></channel></rss>"""
TEXT = "Whisk flour, eggs and milk. " * 8
PAGE = f"<html><body><article><h1>Pancakes</h1><p>{TEXT}</p></article></body></html>"
BETWEEN = 3.0  # seconds between two rounds: so many scrapes


@pytest.fixture(scope="module")
def prometheus(request, tmp_path_factory):
    """Prometheus, after a run of the pipeline that every panel has something to show of."""
    if not request.config.getoption("--prometheus"):
        pytest.skip("takes a minute and needs Prometheus: make test-prometheus")
    folder = tmp_path_factory.mktemp("watched")
    with contextlib.ExitStack() as stack:
        broker = stack.enter_context(embedded_broker(folder))
        line = Line(broker.bootstrap, folder)
        stack.callback(line.close)
        worker, beside = line.start_worker(), Beside(line, folder, stack)
        jobs = {
            "tocsin-worker": [worker.port],
            "tocsin-deliver": [beside.deliver()],
            "tocsin-ingest": [beside.http(), beside.feeds()],
            "tocsin-web": [beside.web()],
        }
        watching = Prometheus(folder, jobs)
        stack.callback(watching.stop)
        wait_for(worker.is_ready, "the worker to be ready")
        _feed(line, post=beside.post)
        yield watching


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_words: object) -> None:
        pass


class Beside:
    """The processes beside the worker: those that deliver, and those that bring articles in."""

    def __init__(self, line: Line, folder, stack: contextlib.ExitStack) -> None:
        self._line, self._folder, self._stack = line, folder, stack
        self._posted_to = 0

    def deliver(self) -> int:
        """Start delivery to a receiver that takes everything; return the port of its pages."""
        hook = Hook().start()
        self._stack.callback(hook.stop)
        receivers = self._folder / "receivers.yaml"
        hooked = {"name": "hook", "kind": "webhook", "url": hook.url, "secret": {"env": "HOOK_SECRET"}}
        receivers.write_text(yaml.safe_dump({"receivers": [hooked], "routes": [{"receivers": ["hook"]}]}))
        secret = "a secret of tests, forty characters long"
        return self._start("deliver", f"--receivers={receivers}", HOOK_SECRET=secret)

    def http(self) -> int:
        """Start the agent that takes articles over HTTP; return its port."""
        self._posted_to = self._start("ingest", "http", "--open", TOCSIN_SPOOL=str(self._folder / "spool"))
        return self._posted_to

    def feeds(self) -> int:
        """Start the agent that polls feeds, one that is sound and one that is gone; return the port of its pages."""
        site = self._folder / "site"
        site.mkdir()
        address = f"http://127.0.0.1:{self._serve(site)}"
        (site / "feed.xml").write_text(FEED.format(site=address, now=format_datetime(datetime.now(UTC))))
        (site / "pancakes.html").write_text(PAGE)
        sources = self._folder / "sources.yaml"
        listed = [
            {
                "id": name,
                "name": name,
                "langs": ["en"],
                "kind": "newspaper",
                "tier": 2,
                "feeds": [f"{address}/{page}"],
            }
            for name, page in (("sound-paper", "feed.xml"), ("gone-paper", "none.xml"))
        ]
        sources.write_text(yaml.safe_dump({"sources": listed}))
        return self._start(
            "ingest",
            "feeds",
            f"--sources={sources}",
            f"--state={self._folder / 'feeds.sqlite'}",
            "--only=sound-paper",
            "--only=gone-paper",
            TOCSIN_FETCH_ALLOW="127.0.0.1",
            TOCSIN_SPOOL=str(self._folder / "spool"),
        )

    def web(self) -> int:
        """Start the live page, and look at it; return its port."""
        port = self._start("web")
        wait_for(lambda: _opened(port), "the stream of the live page")
        return port

    def _serve(self, site) -> int:
        handler = partial(QuietHandler, directory=site)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self._stack.callback(server.server_close)
        self._stack.callback(server.shutdown)
        return server.server_address[1]

    def post(self, article: Article) -> None:
        """Post an article, and one that is none."""
        assert self._answer(encode(article)) == 202
        assert self._answer(b"{nope") == 400

    def _answer(self, body: bytes) -> int:
        url = f"http://127.0.0.1:{self._posted_to}/v1/articles"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as got:
                return got.status
        except urllib.error.HTTPError as error:
            return error.code

    def _start(self, *words: str, **environment: str) -> int:
        port = free_port("127.0.0.1")
        command = [sys.executable, "-m", "streams.cli", *words, f"--port={port}"]
        process = children.start(
            command,
            log=self._folder / f"{words[0]}-{port}.log",
            env=os.environ | {"TOCSIN_BOOTSTRAP": self._line.settings.bootstrap} | environment,
        )
        self._stack.callback(children.end, process)
        return port


def _opened(port: int) -> bool:
    """Open the stream of the live page, as a browser does; tell whether it answers."""
    try:
        stream = urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/stream", timeout=30)
    except OSError:
        return False
    Thread(target=deque, args=(stream, 0), daemon=True).start()  # takes all of it
    return True


def _feed(line: Line, post: Callable[[Article], None]) -> None:
    """Send a season of one dyad, samples, articles of known sources and what is no article, in rounds."""
    today = datetime.now(UTC)
    _remember(line, today.date())
    done = tocsin("publish", str(samples()), TOCSIN_BOOTSTRAP=line.settings.bootstrap)
    assert done.returncode == 0, done.stderr
    for number in range(ROUNDS):
        line.publish(
            *(an_article(at, source="afp") for at in range(10 * number, 10 * number + 10)),
            an_article(1000 + number, source="lemonde", published_at=today - timedelta(minutes=number)),
            an_article(2000 + number, title=THREAT, body=THREAT, lang="en", published_at=today),
        )
        post(an_article(3000 + number, title="Pancakes", body=RECIPE, lang="en", published_at=today))
        line.send((b"k", b"{nope"))
        line.drain()
        time.sleep(BETWEEN)
    story = next(alert.story for alert in line.alerts() if alert.story)
    done = tocsin("feedback", story.id, "right", TOCSIN_BOOTSTRAP=line.settings.bootstrap)
    assert done.returncode == 0, done.stderr
    time.sleep(BETWEEN)


def _remember(line: Line, today: date) -> None:
    """Send what stories of a season added to a dyad, ups and downs, so that there is a baseline."""
    sender = producer(line.settings, "test")
    for number, day in enumerate(days(SEASON, until=today - timedelta(days=1))):
        told = a_call(day) if number % 3 else a_contribution("threat_force", ("RUS",), ("USA",), day)
        sender.send(CONTRIBUTIONS.name, encode(told), key=told.id.encode(), partition=0).get(timeout=30)
    sender.close()
    line.drain()
