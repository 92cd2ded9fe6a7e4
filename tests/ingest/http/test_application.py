"""What a sender is answered is true: 202 is on the topic, everything else says what to do."""

import gzip
import json
import os
import signal
import socket
import time
import zlib

import pytest
from jsonschema import Draft202012Validator

from schemas import Article, decode
from schemas.article import canonical_url
from schemas.base import stable_id
from schemas.topics import ARTICLES, DEADLETTERS
from streams.embedded import embedded_broker
from streams.ingest.http.body import MOST, MOST_ITEMS
from streams.ingest.http.openapi import document
from tests.ingest.http.service import Service, an_article
from tests.onbroker import OnBroker
from tests.pipeline.waiting import wait_for


@pytest.fixture(scope="module")
def broker(tmp_path_factory):
    with embedded_broker(tmp_path_factory.mktemp("broker")) as embedded:
        running = OnBroker(embedded)
        running.provision()
        yield running


@pytest.fixture(scope="module")
def service(broker, tmp_path_factory):
    running = Service(broker.environment, tmp_path_factory.mktemp("service")).start()
    yield running
    running.stop()


def id_of(number):
    return stable_id("url", canonical_url(f"https://example.org/{number}"))


def on_topic(broker, *ids):
    found = [record.key.decode() for record in broker.records(ARTICLES)]
    return [id_ for id_ in found if id_ in ids]


def lines(*articles):
    return b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in articles)


def test_an_article_that_is_answered_202_is_on_the_topic_under_the_id_that_was_told(service, broker):
    answer = service.post(an_article("one"))
    assert (answer.status, answer.said) == (202, {"id": id_of("one"), "outcome": "published"})
    [record] = [record for record in broker.records(ARTICLES) if record.key.decode() == id_of("one")]
    assert decode(Article, record.value).title == "Report one"


def test_the_same_article_twice_has_the_same_id_and_is_published_once(service, broker):
    first, second = service.post(an_article("twice")), service.post(an_article("twice"))
    assert (first.status, second.status) == (202, 202)
    assert first.said["id"] == second.said["id"]
    assert second.said["outcome"] == "duplicate"
    assert len(on_topic(broker, id_of("twice"))) == 1


@pytest.mark.parametrize(
    ("kind", "pack"),
    [
        ("application/json", lambda *articles: json.dumps(articles).encode()),
        ("application/x-ndjson", lines),
        ("application/jsonl", lambda *articles: lines(*articles) + b"\n\n"),
    ],
)
def test_a_batch_is_told_item_by_item(service, broker, kind, pack):
    numbers = [f"{kind}-{number}" for number in range(3)]
    answer = service.post(pack(*(an_article(number) for number in numbers)), kind=kind)
    assert answer.status == 202
    assert answer.said["accepted"] == 3
    assert [item["id"] for item in answer.said["items"]] == [id_of(number) for number in numbers]
    assert len(on_topic(broker, *map(id_of, numbers))) == 3


def test_items_that_are_no_articles_are_named_by_place_and_field_and_the_others_are_published(
    service, broker
):
    wrong = an_article("wrong", published_at="yesterday", publised="2022")
    answer = service.post(lines(an_article("right"), wrong, b"{broken", b"[1]"), kind="application/x-ndjson")
    assert answer.status == 207
    assert (answer.said["accepted"], answer.said["failed"]) == (1, 3)
    right, faulty, broken, listed = answer.said["items"]
    assert (right["status"], right["id"]) == (202, id_of("right"))
    assert {fault["field"] for fault in faulty["errors"]} == {"published_at"}
    assert "is no JSON" in broken["errors"][0]["message"]
    assert listed["errors"][0]["message"] == "is no JSON object; an article is one"
    assert len(on_topic(broker, id_of("right"))) == 1


def test_an_article_alone_that_is_none_is_answered_422_with_every_field(service):
    answer = service.post({"title": "No text", "sorce": "x", "lang": "French"})
    assert answer.status == 422
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    told = {fault["field"]: fault["message"] for fault in answer.said["errors"]}
    assert set(told) == {"body", "published_at", "sorce", "lang"}
    assert told["body"].startswith("is missing")
    assert told["sorce"].startswith("no such field")


def test_what_cannot_be_read_is_kept_as_a_dead_letter_with_its_bytes(service, broker):
    raw = b'{"title": "half'
    assert service.post(raw).status == 400
    assert service.post(lines(b'{"n": 1}'), kind="application/x-ndjson").status == 422
    kept = {record.value: dict(record.headers) for record in broker.records(DEADLETTERS)}
    assert kept[raw]["tocsin.dlq.reason"] == b"not_json"
    assert kept[b'{"n": 1}']["tocsin.dlq.reason"] == b"schema"
    assert kept[b'{"n": 1}']["tocsin.dlq.message"].startswith(b"POST /v1/articles item 0: body: is missing")


@pytest.mark.parametrize("token", [None, "", "a-token-for-the-test", "a-token-for-the-testsx", "\u00e4" * 20])
def test_without_the_token_nothing_is_taken(service, token):
    answer = service.post(an_article("stranger"), token=token and token.encode().decode("latin-1"))
    assert answer.status == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_packed_body_is_unpacked_also_one_of_several_parts(service):
    packed = b"".join(gzip.compress(json.dumps(an_article(f"z{n}")).encode() + b"\n") for n in range(3))
    answer = service.post(packed, kind="application/x-ndjson", Content_Encoding="gzip")
    assert (answer.status, answer.said["accepted"]) == (202, 3)


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x" * (MOST + 1), {}, 413),
        (b"[" + b"1," * MOST_ITEMS + b"1]", {}, 413),
        (b"1\n" * (MOST_ITEMS + 1), {"kind": "application/x-ndjson"}, 413),
        (gzip.compress(b"[" + b" " * (100 * 1024 * 1024)), {"Content_Encoding": "gzip"}, 413),
        (b"no gzip", {"Content_Encoding": "gzip"}, 400),
        (gzip.compress(b"[]")[:-9], {"Content_Encoding": "gzip"}, 400),
        (b"{}", {"Content_Encoding": "br"}, 415),
        (b"<rss/>", {"kind": "application/xml"}, 415),
        (b"[]", {}, 202),
        (b"", {}, 400),
        (b"null", {}, 422),
    ],
    ids=[
        "too large",
        "too many",
        "too many lines",
        "a bomb",
        "no gzip",
        "half a gzip",
        "brotli",
        "XML",
        "an empty batch",
        "nothing",
        "null",
    ],
)
def test_bodies_that_are_not_articles_have_an_answer_of_their_own(service, body, headers, status):
    assert service.post(body, **headers).status == status


def test_other_paths_and_methods_are_told_as_problems(service):
    assert service.get("/nowhere").status == 404
    answer = service.get("/v1/articles")
    assert answer.status == 405
    assert "POST" in answer.headers["Allow"]


def test_a_body_that_does_not_end_takes_no_other_senders_time(service):
    with socket.create_connection(("127.0.0.1", service.port)) as slow:
        slow.sendall(
            b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a-token-for-the-tests\r\n"
            b"Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"
        )
        began = time.monotonic()
        assert service.post(an_article("quick")).status == 202
        assert time.monotonic() - began < 5


def test_what_is_counted_is_what_was_answered(service):
    before = service.sample('tocsin_ingest_http_requests_total{status="202"}')
    published = service.sample('tocsin_ingest_articles_total{agent="http",outcome="published"}')
    service.post(an_article("counted"))
    assert service.sample('tocsin_ingest_http_requests_total{status="202"}') == before + 1
    assert service.sample('tocsin_ingest_articles_total{agent="http",outcome="published"}') == published + 1
    assert service.sample("tocsin_ingest_http_bytes") == 0


def test_the_document_that_is_served_describes_what_is_answered(service):
    served = service.get("/openapi.json").said
    assert served == json.loads(json.dumps(document()))
    post = served["paths"]["/v1/articles"]["post"]["responses"]
    for answer in (
        service.post(an_article("doc")),
        service.post([an_article("doc"), {}]),
        service.post({}),
        service.post(b"{", token=None),
        service.post(b"{"),
    ):
        content = post[str(answer.status)]["content"]
        schema = content[answer.headers["Content-Type"].partition(";")[0]]["schema"]
        Draft202012Validator(schema | {"components": served["components"]}).validate(answer.said)


def test_silent_brokers_are_told_and_what_is_sent_again_is_published_once(service, broker):
    os.kill(broker.embedded.process.pid, signal.SIGSTOP)
    try:
        answers = [service.post(an_article("silent")) for _ in range(2)]
        answers.append(service.post([an_article("silent-too")]))
        assert service.get("/readyz").status == 503
        assert service.get("/healthz").status == 200
    finally:
        os.kill(broker.embedded.process.pid, signal.SIGCONT)
    assert [answer.status for answer in answers] == [503, 503, 503]
    assert {answer.headers["Retry-After"] for answer in answers} == {"5"}
    wait_for(lambda: service.get("/readyz").status == 200, "the brokers to be heard again")
    assert service.post(an_article("silent")).status == 202
    assert len(on_topic(broker, id_of("silent"))) == 1


def test_a_gzip_that_never_says_its_end_is_no_body(service):
    packer = zlib.compressobj(wbits=31)
    packed = packer.compress(b"[]") + packer.flush(zlib.Z_SYNC_FLUSH)
    assert service.post(packed, Content_Encoding="gzip").status == 400


def test_more_than_there_is_room_for_is_asked_to_come_later_and_takes_no_memory(broker, tmp_path):
    crowded = Service(broker.environment, tmp_path).start(TOCSIN_INGEST_ROOM="1000000")
    head = (
        b"POST /v1/articles HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a-token-for-the-tests\r\n"
        b"Content-Type: application/json\r\nContent-Length: 900000\r\n\r\n"
    )
    try:
        with socket.create_connection(("127.0.0.1", crowded.port)) as slow:
            slow.sendall(head + b"[" + b" " * 800_000)
            wait_for(lambda: (crowded.sample("tocsin_ingest_http_bytes") or 0) > 700_000, "the first body")
            answer = crowded.post([an_article("crowd", body="xx\n" * 100_000)])
            assert (answer.status, answer.headers["Retry-After"]) == (429, "1")
            assert crowded.post(an_article("small")).status == 202
        wait_for(lambda: not crowded.sample("tocsin_ingest_http_bytes"), "the room to be given back")
        assert crowded.post([an_article("crowd", body="xx\n" * 100_000)]).status == 202
    finally:
        crowded.stop()


def test_an_open_service_takes_nothing_that_a_web_page_sends_it_under_another_name(broker, tmp_path):
    opened = Service(broker.environment, tmp_path, "--open").start(TOCSIN_INGEST_TOKEN="")
    try:
        assert opened.post(an_article("open"), token=None).status == 202
        assert opened.post(an_article("open"), token=None, Host="evil.example").status == 403
        assert opened.post(an_article("open"), token=None, kind="text/plain").status == 415
    finally:
        opened.stop()
