from __future__ import annotations

import signal
import subprocess
import urllib.request
from collections import Counter

import pytest

from schemas import DeadLetter
from schemas.topics import ARTICLES, DEADLETTERS
from tests.ingest.archive_files import articles, lines
from tests.pipeline.waiting import wait_for


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    return made


@pytest.fixture
def watching(broker, folder):
    """Start watching; end it when the test ends."""
    started = []

    def start():
        words = ("ingest", "watch", "--every", "0.2", "--port", "0", folder)
        process = subprocess.Popen(
            broker.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=broker.environment
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def count(broker):
    return Counter(record.key.decode() for record in broker.records(ARTICLES))


def test_what_is_laid_into_the_folder_is_published_and_again_when_it_changes(broker, folder, watching):
    process = watching()
    (folder / "a.jsonl").write_bytes(lines(articles(3)))
    wait_for(lambda: len(count(broker)) == 3, "the articles of the first file")
    (folder / "b.txt").write_text("A call\nThey spoke.")
    wait_for(lambda: len(count(broker)) == 4, "the text")
    (folder / "b.txt").write_text("A call\nThey spoke for an hour.")
    wait_for(lambda: len(count(broker)) == 5, "the changed text")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert b"published 5 articles" in out


def test_a_killed_watcher_goes_on_without_a_gap_and_without_a_double(broker, folder, watching):
    for number in range(3):
        (folder / f"{number}.jsonl").write_bytes(lines(articles(1_000, start=1_000 * number)))
    process = watching()
    wait_for(lambda: count(broker), "the first articles")
    process.kill()
    process.communicate()
    watching()
    wait_for(lambda: len(count(broker)) == 3_000, "every article")
    assert set(count(broker).values()) == {1}


def test_a_broken_file_is_named_and_its_bytes_are_a_dead_letter(broker, folder):
    (folder / "good.txt").write_text("A call\nThey spoke.")
    (folder / "bad.json").write_bytes(b"{broken")
    done = broker.tocsin("ingest", "watch", "--once", "--every", "0.1", folder)
    assert done.returncode == 1
    named = [line for line in done.stderr.decode().splitlines() if "not an article" in line]
    assert len(named) == 1
    assert named[0].startswith(f"tocsin: {folder / 'bad.json'}: not an article: is not JSON")
    [record] = broker.records(DEADLETTERS)
    assert DeadLetter.from_wire(record.key, record.value, dict(record.headers)).value == b"{broken"
    assert len(count(broker)) == 1
    assert broker.tocsin("ingest", "watch", "--once", "--every", "0.1", folder).returncode == 0


def test_it_counts_what_it_does(folder, watching):
    process = watching()
    said = process.stderr.readline().decode()
    address = said.removeprefix("metrics at ").strip()
    (folder / "a.jsonl").write_bytes(lines(articles(2)) + b"broken\n")

    def metrics():
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode()

    wait_for(
        lambda: 'tocsin_ingest_articles_total{agent="watch",outcome="published"} 2.0' in metrics(),
        "the count",
    )
    assert 'tocsin_ingest_articles_total{agent="watch",outcome="dead"} 1.0' in metrics()
