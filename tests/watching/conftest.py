"""A run of everything that is watched, and a Prometheus that watched it."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta

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

ROUNDS = 3  # of articles: rates need more than one growth
SEASON = 80  # days of a dyad before today: more than a baseline needs
THREAT = "Russia threatened the United States with a military strike on Friday."
RECIPE = "Whisk flour, eggs and milk. Fry each side for a minute."
BETWEEN = 3.0  # seconds between two rounds: so many scrapes


@pytest.fixture(scope="module")
def prometheus(request, tmp_path_factory):
    """Prometheus, after a run of the pipeline that every panel has something to show of."""
    if not request.config.getoption("--prometheus"):
        pytest.skip("takes a minute and needs Prometheus: make test-prometheus")
    folder = tmp_path_factory.mktemp("watched")
    hook = Hook().start()
    with embedded_broker(folder) as broker:
        line = Line(broker.bootstrap, folder)
        worker = line.start_worker()
        deliver, port = _deliver(line, hook, folder)
        jobs = {"tocsin-worker": [worker.port], "tocsin-deliver": [port]}
        watching = Prometheus(folder, jobs)
        try:
            wait_for(worker.is_ready, "the worker to be ready")
            _feed(line)
            yield watching
        finally:
            watching.stop()
            children.end(deliver)
            line.close()
            hook.stop()


def _feed(line: Line) -> None:
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
            an_article(3000 + number, title="Pancakes", body=RECIPE, lang="en", published_at=today),
        )
        line.send((b"k", b"{nope"))
        line.drain()
        time.sleep(BETWEEN)
    story = next(alert.story for alert in line.alerts() if alert.story)
    done = tocsin("feedback", story.id, "right", TOCSIN_BOOTSTRAP=line.settings.bootstrap)
    assert done.returncode == 0, done.stderr
    time.sleep(BETWEEN)


def _remember(line: Line, today) -> None:
    """Send what stories of a season added to a dyad, ups and downs, so that there is a baseline."""
    sender = producer(line.settings, "test")
    for number, day in enumerate(days(SEASON, until=today - timedelta(days=1))):
        told = a_call(day) if number % 3 else a_contribution("threat_force", ("RUS",), ("USA",), day)
        sender.send(CONTRIBUTIONS.name, encode(told), key=told.id.encode(), partition=0).get(timeout=30)
    sender.close()
    line.drain()


def _deliver(line: Line, hook: Hook, folder):
    receivers = folder / "receivers.yaml"
    hooked = {"name": "hook", "kind": "webhook", "url": hook.url, "secret": {"env": "HOOK_SECRET"}}
    receivers.write_text(yaml.safe_dump({"receivers": [hooked], "routes": [{"receivers": ["hook"]}]}))
    port = free_port("127.0.0.1")
    command = [sys.executable, "-m", "streams.cli", "deliver", "--receivers", str(receivers)]
    environment = os.environ | {
        "TOCSIN_BOOTSTRAP": line.settings.bootstrap,
        "TOCSIN_DELIVER_PORT": str(port),
        "HOOK_SECRET": "a secret of tests, forty characters long",
    }
    return children.start(command, log=folder / "deliver.log", env=environment), port
