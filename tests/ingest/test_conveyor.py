from __future__ import annotations

import os
from collections import Counter
from datetime import UTC, datetime

import pytest

from schemas.topics import ARTICLES, DEADLETTERS
from streams.broker import producer
from streams.ingest.archives import Reading, batch_of
from streams.ingest.conveyor import Conveyor
from streams.ingest.journal import Journal
from streams.ingest.pace import Pace
from streams.outbox import Outbox
from tests.ingest.archive_files import articles, lines

READING = Reading(now=datetime(2022, 5, 14, tzinfo=UTC), opened=lambda file: file.open("rb"))


class Heard:
    """Who is told what becomes of the inputs."""

    def __init__(self):
        self.count = Counter()

    def published(self):
        self.count["published"] += 1

    def refused(self, _unread):
        self.count["refused"] += 1

    def noted(self, _where, _note):
        self.count["noted"] += 1


@pytest.fixture
def carry(broker):
    """Carry files to the topic with a journal, and tell what became of them."""

    def carried(files, journal, *, most=None):
        heard = Heard()
        outbox = Outbox(producer(broker.settings, "test"), patience=30)
        stopped = (lambda: heard.count["published"] >= most) if most else (lambda: False)
        conveyor = Conveyor("test", broker.settings, outbox, journal, Pace(None), heard, stopped)
        conveyor.start()
        conveyor.carry(batch_of(file, READING) for file in files)
        outbox.close()
        return heard.count

    return carried


@pytest.fixture
def lost_journal(carry):
    """A journal of before anything was sent: what came after its first line was not written any more."""
    journal = Journal(None)
    carry([], journal)
    return lambda: Journal(None, ends=dict(journal.ends))


def ids(broker):
    return Counter(record.key for record in broker.records(ARTICLES))


def test_what_the_journal_does_not_know_is_looked_up_on_the_topics(broker, carry, lost_journal, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(articles(10)) + b"broken\n" + lines(articles(10, start=10)))
    assert carry([file], lost_journal()) == {"published": 20, "refused": 1}
    assert carry([file], lost_journal()) == {}
    assert set(ids(broker).values()) == {1}
    assert len(broker.records(DEADLETTERS)) == 1


def test_a_file_that_changed_meanwhile_is_not_taken_for_what_it_was(broker, carry, lost_journal, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(articles(10)))
    carry([file], lost_journal())
    file.write_bytes(lines(articles(10, start=10)))
    os.utime(file, (1_700_000_000, 1_700_000_000))
    assert carry([file], lost_journal()) == {"published": 10}
    assert len(ids(broker)) == 20


def test_each_time_it_goes_on_where_the_journal_and_the_topic_say(broker, carry, tmp_path):
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.jsonl")
        files[-1].write_bytes(lines(articles(100, start=100 * number)))
    for _ in range(10):
        with Journal(tmp_path / "journal") as journal:
            carry(files, journal, most=50)
    assert len(ids(broker)) == 300
    assert set(ids(broker).values()) == {1}


def test_of_a_file_that_is_whole_nothing_is_read(carry, tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(articles(5)))
    journal = Journal(None)
    carry([file], journal)
    conveyed = batch_of(file, READING)
    assert journal.of(conveyed.name, conveyed.stamp).whole
    assert carry([file], journal) == {}
