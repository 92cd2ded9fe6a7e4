from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from schemas import Article, decode
from schemas.topics import ARTICLES
from streams.port import free_port
from tests.pipeline.waiting import wait_for

SEEDS = Path(__file__).parents[2] / "seeds"
GOOD = {"title": "A call", "body": "They spoke.", "published_at": "2022-05-13T20:00:00Z"}


def lines(*articles):
    return "".join(json.dumps(article) + "\n" for article in articles).encode()


def test_an_article_is_published_under_its_id_with_its_cloudevents_headers(broker):
    done = broker.tocsin("publish", SEEDS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("published 1 article in ")
    [record] = broker.records(ARTICLES)
    article = decode(Article, record.value)
    headers = dict(record.headers)
    assert record.key.decode() == article.id == headers["ce_id"].decode()
    assert (headers["ce_type"], headers["ce_source"]) == (b"dev.tocsin.article.v1", b"/tocsin/publish")
    assert article.lang == "fr"


def test_publishing_the_same_files_twice_gives_the_same_ids(broker, tmp_path):
    (tmp_path / "news.jsonl").write_bytes(lines(GOOD, GOOD | {"url": "https://example.org/a"}))
    for _ in range(2):
        assert broker.tocsin("publish", SEEDS, tmp_path).returncode == 0
    ids = [record.key for record in broker.records(ARTICLES)]
    assert len(ids) == 6
    assert len(set(ids)) == 3


def test_a_bad_article_is_named_the_others_are_published_and_the_exit_code_is_1(broker):
    done = broker.tocsin("publish", "-", stdin=lines(GOOD, {"body": "no date"}, GOOD | {"body": "Another."}))
    assert done.returncode == 1
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(
        "tocsin: stdin:2: not an article: published_at: is missing; add it, as 2022-05-13T20"
    )
    assert "published 2 articles" in done.stdout.decode()
    assert len(broker.records(ARTICLES)) == 2


def test_an_article_larger_than_any_message_may_be_is_named_not_sent(broker):
    lines_of_it = "\n".join(["漢" * 50_000] * 19)
    done = broker.tocsin("publish", "-", stdin=lines(GOOD | {"body": lines_of_it}))
    assert done.returncode == 1
    assert b"stdin:1: not an article: is 2850" in done.stderr
    assert b"the limit is 2000000" in done.stderr
    assert broker.records(ARTICLES) == []


def test_the_summary_comes_as_json_with_every_failure(broker):
    done = broker.tocsin("publish", "--json", "-", stdin=lines(GOOD) + b"nonsense\n")
    summary = json.loads(done.stdout)
    assert (summary["published"], summary["failed"]) == (1, 1)
    assert [failure["where"] for failure in summary["failures"]] == ["stdin:2"]
    assert done.returncode == 1


def test_a_text_without_a_date_is_published_with_a_warning_that_names_the_file(broker, tmp_path):
    (tmp_path / "a.txt").write_text("Title\nBody")
    done = broker.tocsin("publish", tmp_path / "a.txt")
    assert done.returncode == 0
    assert f"{tmp_path / 'a.txt'}: no date of publication, it counts as published now" in done.stderr.decode()


def test_hostile_text_in_an_error_cannot_command_the_terminal(broker):
    done = broker.tocsin("publish", "-", stdin=lines(GOOD | {"\x1b]0;owned\x07": 1}))
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr


def test_ctrl_c_flushes_what_was_sent_and_says_from_where_to_go_on(broker):
    process = subprocess.Popen(
        broker.command("publish", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=broker.environment,
    )
    process.stdin.write(lines(GOOD, GOOD | {"body": "Another."}))
    process.stdin.flush()  # and no end: it waits for the next line
    wait_for(lambda: len(broker.records(ARTICLES)) == 2, "both articles to arrive")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "published 2 articles" in out.decode()
    assert "interrupted, what stands after stdin:2 is to be published again" in out.decode()


def test_a_broker_that_dies_while_publishing_ends_it_with_every_article_named(broker):
    process = subprocess.Popen(
        broker.command("publish", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=broker.environment | {"TOCSIN_DELIVERY_TIMEOUT": "3"},
    )
    process.stdin.write(lines(GOOD))
    process.stdin.flush()
    wait_for(lambda: len(broker.records(ARTICLES)) == 1, "the first article to arrive")
    broker.embedded.process.kill()
    broker.embedded.process.wait()
    out, err = process.communicate(
        lines(*(GOOD | {"body": f"Number {n}."} for n in range(2, 12))), timeout=100
    )
    assert process.returncode == 1, err
    named = [line for line in err.decode().splitlines() if "not acknowledged" in line]
    assert [line.split()[1] for line in named] == [f"stdin:{number}" for number in range(2, 12)]
    assert "published 1 article in" in out.decode()
    assert "10 failed, named above" in out.decode()
    assert b"Traceback" not in err


def test_without_topics_it_says_how_to_make_them(bare_broker):
    done = bare_broker.tocsin("publish", SEEDS)
    assert done.returncode == 1
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("tocsin: no topic tocsin.articles at ")
    assert line.endswith("create it with `tocsin topics ensure`")


def test_without_a_broker_it_says_so_in_one_line(broker):
    nowhere = f"127.0.0.1:{free_port('127.0.0.1')}"
    done = broker.tocsin("publish", "--bootstrap", nowhere, SEEDS)
    assert done.returncode == 1
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(f"tocsin: no Kafka broker answers at {nowhere}")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("no-such-file.txt",),
        ("--published-at", "2022", SEEDS),
        ("--published-at", "2022-05-13T20:00:00", SEEDS),
        ("--lang", "French", SEEDS),
        ("--url", "https://example.org", SEEDS / "austin-choigou.fr.txt", SEEDS / "austin-choigou.fr.txt"),
    ],
)
def test_wrong_words_are_told_with_exit_code_2(broker, words):
    done = broker.tocsin("publish", *words)
    assert done.returncode == 2, done.stderr
    assert done.stderr.decode().startswith("Usage: ")


def test_a_folder_without_articles_is_named(broker, tmp_path):
    done = broker.tocsin("publish", tmp_path)
    assert done.returncode == 1
    assert "no article file (.txt .html .json .jsonl) in " in done.stderr.decode()
