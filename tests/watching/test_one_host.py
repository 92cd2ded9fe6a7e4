"""Several workers on one host: each takes a free port, and a real Prometheus finds all of them and no other."""

from __future__ import annotations

import os
import sys

import pytest

from streams import children
from streams.embedded import embedded_broker
from tests.pipeline.line import Line
from tests.pipeline.waiting import wait_for
from tests.watching.prometheus import Prometheus

NAMES = ("one", "two")


@pytest.fixture
def found(request, tmp_path):
    """Prometheus, and two workers that nobody told it of."""
    if not request.config.getoption("--prometheus"):
        pytest.skip("takes half a minute and needs Prometheus: make test-prometheus")
    targets = tmp_path / "targets"
    with embedded_broker(tmp_path) as broker:
        line = Line(broker.bootstrap, tmp_path)
        workers = {name: _worker(line, name, tmp_path, targets) for name in NAMES}
        watching = Prometheus(tmp_path, {"tocsin-worker": targets})
        yield watching, workers
        watching.stop()
        for worker in workers.values():
            children.end(worker)
        line.close()


def _worker(line, name, folder, targets):
    command = [sys.executable, "-m", "streams.cli", "worker", "--web-port", "0", "--worker-id", name]
    environment = os.environ | {
        "TOCSIN_BOOTSTRAP": line.settings.bootstrap,
        "TOCSIN_GROUP": f"{line.settings.group}-{name}",  # the embedded broker deals to one member a group
        "TOCSIN_SCRAPE_TARGETS": str(targets),
    }
    return children.start(command, log=folder / f"{name}.log", env=environment)


def _up(watching) -> dict[str, str]:
    told = watching.ask("query", query='up{job="tocsin-worker"}')["result"]
    return {one["metric"]["process"]: one["value"][1] for one in told}


def test_prometheus_scrapes_each_of_them_while_it_runs(found):
    watching, workers = found
    wait_for(lambda: _up(watching) == {"worker-one": "1", "worker-two": "1"}, "both to be scraped")
    held = watching.ask("query", query="count(tocsin_partitions_held)")["result"]
    assert held[0]["value"][1] == "2"
    assert children.end(workers["two"]) is None
    wait_for(lambda: _up(watching) == {"worker-one": "1"}, "the one that ended to be forgotten")


def test_one_that_was_killed_is_reported_as_down(found):
    watching, workers = found
    wait_for(lambda: _up(watching) == {"worker-one": "1", "worker-two": "1"}, "both to be scraped")
    workers["two"].kill()
    wait_for(lambda: _up(watching) == {"worker-one": "1", "worker-two": "0"}, "the killed one to be down")
