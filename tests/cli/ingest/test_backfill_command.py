from __future__ import annotations

import json
import signal
import subprocess
from collections import Counter

import pytest

from schemas import Article, DeadLetter, decode
from schemas.topics import ARTICLES, DEADLETTERS
from tests.ingest.archive_files import articles, lines, page, warc_gz
from tests.pipeline.waiting import wait_for


@pytest.fixture
def backfill(broker, tmp_path):
    """Run it on these paths, with a journal of the test's own."""

    def run(*words):
        return broker.tocsin("ingest", "backfill", "--journal", tmp_path / "journal", *words)

    return run


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def count(broker):
    return Counter(record.key.decode() for record in broker.records(ARTICLES))


def test_archives_are_published_and_a_second_call_publishes_nothing(broker, backfill, archive):
    (archive / "a.jsonl").write_bytes(lines(articles(20)))
    (archive / "b.warc.gz").write_bytes(warc_gz([(f"https://example.net/{n}", page(n)) for n in range(3)]))
    done = backfill(archive)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("published 23 articles in ")
    assert len(count(broker)) == 23
    assert all(decode(Article, record.value).backfill for record in broker.records(ARTICLES))
    again = backfill(archive)
    assert again.returncode == 0
    assert again.stdout.decode().startswith("published 0 articles in ")
    assert set(count(broker).values()) == {1}


def test_what_was_added_to_the_folder_is_published_by_the_next_call(broker, backfill, archive):
    (archive / "a.jsonl").write_bytes(lines(articles(2)))
    backfill(archive)
    (archive / "b.jsonl").write_bytes(lines(articles(3, start=2)))
    assert backfill(archive).stdout.decode().startswith("published 3 articles in ")
    assert len(count(broker)) == 5


def test_a_killed_back_fill_goes_on_without_a_gap_and_without_a_double(broker, backfill, archive, tmp_path):
    for number in range(4):
        (archive / f"{number}.jsonl").write_bytes(lines(articles(1_000, start=1_000 * number)))
    words = ("ingest", "backfill", "--journal", tmp_path / "journal", "--rate", "1500", archive)
    for killed_at in (500, 1_750, 3_000):
        process = subprocess.Popen(
            broker.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=broker.environment
        )
        wait_for(lambda least=killed_at: len(broker.records(ARTICLES)) >= least, f"{killed_at} articles")
        process.kill()
        process.communicate()
    done = backfill(archive)
    assert done.returncode == 0, done.stderr
    arrived = count(broker)
    assert len(arrived) == 4_000
    assert set(arrived.values()) == {1}


def test_ctrl_c_ends_it_in_order_and_the_same_call_goes_on(broker, backfill, archive, tmp_path):
    (archive / "a.jsonl").write_bytes(lines(articles(1_000)))
    words = ("ingest", "backfill", "--journal", tmp_path / "journal", "--rate", "200", archive)
    process = subprocess.Popen(
        broker.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=broker.environment
    )
    wait_for(lambda: broker.records(ARTICLES), "the first article")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert b"interrupted, the same call goes on from there" in out
    assert b"Traceback" not in err
    assert backfill(archive).returncode == 0
    arrived = count(broker)
    assert (len(arrived), set(arrived.values())) == (1_000, {1})


def test_a_line_that_is_no_article_is_named_and_its_bytes_are_a_dead_letter(broker, backfill, archive):
    (archive / "a.jsonl").write_bytes(lines(articles(1)) + b"nonsense\n" + lines(articles(1, start=1)))
    done = backfill(archive, "--json")
    assert done.returncode == 1
    [named] = done.stderr.decode().splitlines()
    assert named.startswith(f"tocsin: {archive / 'a.jsonl'}:2: not an article: is not JSON")
    summary = json.loads(done.stdout)
    assert (summary["published"], summary["refused"]) == (2, 1)
    [record] = broker.records(DEADLETTERS)
    letter = DeadLetter.from_wire(record.key, record.value, dict(record.headers))
    assert letter.value == b"nonsense\n"
    assert (letter.stage, letter.reason, letter.topic) == ("ingest", "not_json", "ingest/backfill")
    assert letter.message.startswith(f"{archive / 'a.jsonl'}:2: is not JSON")
    assert b"nonsense" in broker.tocsin("deadletters", "show", f"{record.partition}:{record.offset}").stdout


def test_a_broker_that_is_away_is_waited_for(broker, archive, tmp_path):
    (archive / "a.jsonl").write_bytes(lines(articles(1_500)))
    words = ("ingest", "backfill", "--journal", tmp_path / "journal", "--rate", "300", archive)
    process = subprocess.Popen(
        broker.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=broker.environment
    )
    wait_for(lambda: broker.records(ARTICLES), "the first article")
    broker.embedded.process.send_signal(signal.SIGSTOP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(2)
    broker.embedded.process.send_signal(signal.SIGCONT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    arrived = count(broker)
    assert (len(arrived), set(arrived.values())) == (1_500, {1})


def test_a_file_of_another_kind_is_refused(backfill, archive):
    (archive / "notes.md").touch()
    done = backfill(archive / "notes.md")
    assert done.returncode == 1
    assert b"is no archive; those end in .jsonl" in done.stderr
