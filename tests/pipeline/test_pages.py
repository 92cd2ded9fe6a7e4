"""What a worker shows: its numbers, whether it is well, whether it takes work; and how it fails to start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
import uuid

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as plain

from tests.pipeline.articles import an_article
from tests.pipeline.line import Line, tocsin
from tests.pipeline.waiting import wait_for


@pytest.fixture(scope="module")
def line(broker, tmp_path_factory):
    opened = Line(broker.clean(), tmp_path_factory.mktemp("line"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worker(line):
    """A worker that an article and a bad message went through."""
    started = line.start_worker()
    line.publish(an_article())
    line.send((b"k", b"{nope"))
    wait_for(started.is_ready, "the worker to be ready")
    line.drain()
    return started


def _samples(worker) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in plain(worker.get("/metrics")[2])
        for sample in family.samples
    }


def test_a_working_worker_is_ready_and_well(worker):
    assert [worker.get(page)[0] for page in ("/readyz", "/healthz")] == [200, 200]


def test_it_counts_what_it_does(worker, line):
    samples = _samples(worker)
    assert samples["tocsin_articles_received_total", "other"] == 1, "the registry does not know its source"
    assert samples["tocsin_records_failed_total", "not_json", "tag"] == 1
    assert samples["tocsin_partitions_held",] == 6 * line.settings.partitions
    assert samples["tocsin_end_to_end_seconds_count",] > 0
    assert samples["process_resident_memory_bytes",] > 0


def test_it_shows_the_lag_of_every_partition_it_holds(worker, line):
    def lags():
        return [
            value for (name, *_), value in _samples(worker).items() if name == "tocsin_consumer_lag_messages"
        ]

    wait_for(lambda: len(lags()) == 6 * line.settings.partitions and not any(lags()), "a look at the offsets")


def test_it_speaks_openmetrics_to_those_who_ask_for_it(worker):
    _, kind, body = worker.get("/metrics", Accept="application/openmetrics-text; version=1.0.0")
    assert kind.startswith("application/openmetrics-text")
    assert any(family.name == "tocsin_build" for family in openmetrics(body))


def test_a_worker_whose_port_is_taken_says_so(worker, line):
    done = tocsin("worker", TOCSIN_BOOTSTRAP=line.settings.bootstrap, TOCSIN_WEB_PORT=str(worker.port))
    assert done.returncode == 1
    assert "--web-port" in done.stderr


def test_workers_on_one_host_take_a_port_each_and_tell_prometheus_which(line, tmp_path):
    def start(name):
        return subprocess.Popen(
            [sys.executable, "-m", "streams.cli", "worker", "--web-port", "0", "--worker-id", name],
            env=os.environ
            | {"TOCSIN_BOOTSTRAP": line.settings.bootstrap, "TOCSIN_GROUP": uuid.uuid4().hex}
            | {"TOCSIN_SCRAPE_TARGETS": str(tmp_path)},
            stderr=subprocess.DEVNULL,
        )

    def addresses():
        return {path.stem: json.loads(path.read_text())[0]["targets"][0] for path in tmp_path.glob("*.json")}

    def answers(address):
        try:
            with urllib.request.urlopen(f"http://{address}/metrics", timeout=5) as got:
                return b"tocsin_partitions_held" in got.read()
        except OSError:
            return False

    workers = [start("one"), start("two")]
    try:
        wait_for(lambda: addresses().keys() == {"tocsin-worker-one", "tocsin-worker-two"}, "both addresses")
        told = addresses()
        assert len(set(told.values())) == 2
        wait_for(lambda: all(map(answers, told.values())), "both pages")
    finally:
        for worker in workers:
            worker.terminate()
            worker.wait(30)
    assert addresses() == {}


def test_a_worker_without_topics_says_how_to_create_them(broker):
    done = tocsin("worker", TOCSIN_BOOTSTRAP=broker.clean(), TOCSIN_WEB_PORT="0")
    assert done.returncode == 1
    assert "tocsin topics ensure" in done.stderr


def test_a_worker_without_a_broker_says_so():
    done = tocsin("worker", TOCSIN_BOOTSTRAP="127.0.0.1:1")
    assert done.returncode == 1
    assert "no Kafka broker answers at 127.0.0.1:1" in done.stderr
