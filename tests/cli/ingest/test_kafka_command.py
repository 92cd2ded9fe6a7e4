from __future__ import annotations

import json
import signal
import subprocess

import pytest

from schemas import Article, DeadLetter, decode
from schemas.topics import ARTICLES, DEADLETTERS, Topic
from streams.broker import admin, producer
from streams.ingest.adapter import AT_ONCE
from tests.pipeline.waiting import wait_for

NEWS = Topic("partner.news", "", None, "delete", None, 1_000_000, "Another system's.")
MAPPING = """
only: "kind == 'story'"
fields:
  url: link
  title: headline
  body: paragraphs
  published_at: date
  source: {value: partner}
"""


def a_message(number, **changes):
    message = {
        "kind": "story",
        "link": f"https://example.org/{number}",
        "headline": f"Call {number}",
        "paragraphs": ["They spoke.", "For an hour."],
        "date": 1652472000 + number,
    }
    return json.dumps(message | changes).encode()


@pytest.fixture
def news(broker, tmp_path):
    """The broker with a topic of another system, and a mapping in a file."""
    client = admin(broker.settings)
    client.create_topics({NEWS.name: {"num_partitions": 2, "replication_factor": 1}}, wait_for_metadata=True)
    client.close()
    broker.mapping = tmp_path / "map.yaml"
    broker.mapping.write_text(MAPPING)
    broker.words = ("ingest", "kafka", "--topic", NEWS.name, "--mapping", broker.mapping)
    return broker


def test_what_another_topic_holds_is_published_once(news):
    for number in range(6):
        news.send(NEWS, a_message(number), partition=number % 2)
    news.send(NEWS, a_message(9, kind="advert"), partition=0)
    done = news.tocsin(*news.words, "--once")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("published 6 articles in ")
    articles = [decode(Article, record.value) for record in news.records(ARTICLES)]
    assert {article.title for article in articles} == {f"Call {number}" for number in range(6)}
    assert {(article.source, article.body) for article in articles} == {
        ("partner", "They spoke.\n\nFor an hour.")
    }


def test_it_goes_on_behind_what_it_had_read(news):
    news.send(NEWS, a_message(1), partition=0)
    assert news.tocsin(*news.words, "--once").returncode == 0
    news.send(NEWS, a_message(2), partition=1)
    done = news.tocsin(*news.words, "--once")
    assert done.stdout.decode().startswith("published 1 article in "), done.stderr
    assert len(news.records(ARTICLES)) == 2


def test_what_does_not_fit_is_a_dead_letter_with_its_bytes_key_and_headers(news):
    news.send(NEWS, b"<xml/>", key=b"k", headers={"trace": b"1"}, partition=1)
    done = news.tocsin(*news.words, "--once")
    assert done.returncode == 1
    assert b"tocsin: partner.news[1]@0: not an article: is not JSON" in done.stderr
    [record] = news.records(DEADLETTERS)
    letter = DeadLetter.from_wire(record.key, record.value, dict(record.headers))
    assert (letter.key, letter.value, letter.headers) == (b"k", b"<xml/>", {"trace": b"1"})
    assert (letter.topic, letter.partition, letter.offset) == (NEWS.name, 1, 0)
    assert (letter.stage, letter.reason) == ("ingest", "not_json")


def test_it_follows_the_topic_until_it_is_told_to_stop(news):
    process = subprocess.Popen(
        news.command(*news.words, "--port", "0"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=news.environment,
    )
    for number in range(3):
        news.send(NEWS, a_message(number), partition=0)
        wait_for(lambda least=number: len(news.records(ARTICLES)) > least, f"article {number}")
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert b"published 3 articles" in out


def test_a_mapping_is_tried_on_a_message_without_a_broker(news, tmp_path):
    (tmp_path / "message.json").write_bytes(a_message(1))
    done = news.tocsin("ingest", "kafka", "--check", news.mapping, "--sample", tmp_path / "message.json")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert (shown["title"], shown["published_at"]) == ("Call 1", "2022-05-13T20:00:01Z")


def test_a_mapping_with_mistakes_is_refused_before_anything_is_read(news):
    news.mapping.write_text(MAPPING + "  titel: headline\n")
    for words in (news.words, ("ingest", "kafka", "--check", news.mapping)):
        done = news.tocsin(*words)
        assert done.returncode == 1
        assert b"map.yaml:9: field titel: an article has no field titel (did you mean title?)" in done.stderr


def test_a_topic_that_is_not_there_is_named(news):
    done = news.tocsin("ingest", "kafka", "--topic", "partner.olds", "--mapping", news.mapping, "--once")
    assert done.returncode == 1
    assert b"no topic partner.olds to read from" in done.stderr


def test_a_killed_adapter_goes_on_and_loses_nothing(news):
    count = 4_000
    sender = producer(news.settings, "test")
    for number in range(count):
        sender.send(NEWS.name, a_message(number), partition=number % 2)
    sender.flush()
    sender.close()
    environment = news.environment | {"TOCSIN_WORKER_ID": "adapter-1", "TOCSIN_INGEST_KAFKA_PORT": "0"}
    for killed_at in (500, 2_000):
        process = subprocess.Popen(
            news.command(*news.words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        wait_for(lambda least=killed_at: len(news.records(ARTICLES)) >= least, f"{killed_at} articles")
        process.kill()
        process.communicate()
    done = subprocess.run(
        news.command(*news.words, "--once"), capture_output=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    arrived = [record.key for record in news.records(ARTICLES)]
    assert len(set(arrived)) == count
    assert len(arrived) <= count + 2 * AT_ONCE  # what was not committed is sent again, under the same ids
