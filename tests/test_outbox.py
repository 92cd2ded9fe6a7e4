from __future__ import annotations

import time

from kafka import KafkaProducer

from schemas.topics import ARTICLES, LARGE
from streams import outbox as outbox_module
from streams.broker import connection, producer
from streams.outbox import Acknowledged, Outbox, Record, Unacknowledged


def a_record(number: int, size: int = 1_000) -> Record:
    id_ = f"id-{number}"
    return Record(f"news.jsonl:{number}", id_, ARTICLES.name, id_.encode(), b"x" * size, {})


def send(outbox, records):
    for record in records:
        yield from outbox.send(record)


def test_every_record_that_was_sent_is_acknowledged_and_on_the_topic(broker):
    outbox = Outbox(producer(broker.settings, "test"), patience=30)
    outcomes = [*send(outbox, map(a_record, range(50))), *outbox.drain()]
    outbox.close()
    assert [(outcome.where, outcome.id) for outcome in outcomes] == [
        (f"news.jsonl:{number}", f"id-{number}") for number in range(50)
    ]
    assert {outcome.at: outcome.id for outcome in outcomes} == {
        (ARTICLES.name, record.partition, record.offset): record.key.decode()
        for record in broker.records(ARTICLES)
    }


def test_a_record_goes_with_its_key_headers_and_partition(broker):
    outbox = Outbox(producer(broker.settings, "test"), patience=30)
    for partition in (0, 1):
        list(outbox.send(Record("w", "i", ARTICLES.name, b"key", b"value", {"h": b"1"}, partition)))
    list(outbox.drain())
    outbox.close()
    assert [(r.partition, r.key, r.value, list(r.headers)) for r in broker.records(ARTICLES)] == [
        (partition, b"key", b"value", [("h", b"1")]) for partition in (0, 1)
    ]


def test_what_waits_for_the_broker_is_bounded(broker, monkeypatch):
    monkeypatch.setattr(outbox_module, "MAX_WAITING", 10)
    outbox = Outbox(producer(broker.settings, "test"), patience=30)
    known = list(send(outbox, map(a_record, range(100))))
    rest = list(outbox.drain())
    outbox.close()
    assert len(rest) < 10
    assert len(known) + len(rest) == 100


def test_a_record_too_large_for_the_producer_is_named_and_the_next_is_sent(broker):
    outbox = Outbox(producer(broker.settings, "test"), patience=30)
    records = [a_record(1, size=3 * LARGE), a_record(2)]
    large, fine = [*send(outbox, records), *outbox.drain()]
    outbox.close()
    assert isinstance(large, Unacknowledged)
    assert "MessageSizeTooLargeError" in large.why
    assert isinstance(fine, Acknowledged)
    assert fine.where == "news.jsonl:2"


def test_when_the_broker_dies_every_record_without_its_word_is_named(broker):
    outbox = Outbox(KafkaProducer(**connection(broker.settings), linger_ms=5), patience=3.0)
    before = [*send(outbox, map(a_record, range(20))), *outbox.drain()]
    broker.embedded.process.kill()
    broker.embedded.process.wait()
    after = [*send(outbox, map(a_record, range(20, 40))), *outbox.drain()]
    late = list(outbox.send(a_record(40)))
    assert {type(outcome) for outcome in before} == {Acknowledged}
    assert [outcome.id for outcome in after] == [f"id-{number}" for number in range(20, 40)]
    assert {outcome.why for outcome in after} == {"the broker stopped answering"}
    assert late == [Unacknowledged("news.jsonl:40", "id-40", "not sent, the broker had stopped answering")]
    began = time.monotonic()
    outbox.close()
    assert time.monotonic() - began < 30, "closing waits for a broker that is gone"
