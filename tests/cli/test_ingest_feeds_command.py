from __future__ import annotations

import json
import signal
import subprocess
import urllib.request

import pytest
import yaml

from schemas import Article, decode
from schemas.topics import ARTICLES, DEADLETTERS
from streams.port import free_port
from tests.delivery.hook import Hook
from tests.pipeline.waiting import wait_for

ITEM = "<item><title>Talks {n}</title><link>/news/{n}</link><description>They met, {n}.</description></item>"
FEED = "<rss version='2.0'><channel><title>N</title>{}</channel></rss>"


def a_feed(count: int) -> bytes:
    return FEED.format("".join(ITEM.format(n=number) for number in range(count))).encode()


@pytest.fixture
def hook():
    hook = Hook().start()
    hook.always = (200, {"Content-Type": "application/rss+xml"}, a_feed(3))
    yield hook
    hook.stop()


@pytest.fixture
def desk(broker, hook, tmp_path, monkeypatch):
    """A broker, a site with one feed, and the settings that lead to both."""
    source = {
        "id": "local",
        "name": "Local",
        "langs": ["en"],
        "kind": "online",
        "tier": 2,
        "feeds": [f"{hook.url}/feed?key=hush"],
        "fetching": {"full_text": "never", "spacing": 0},
    }
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump({"sources": [source]}))
    for name, value in {
        "TOCSIN_SOURCES": tmp_path / "sources.yaml",
        "TOCSIN_FEEDS_STATE": tmp_path / "feeds.sqlite",
        "TOCSIN_SPOOL": tmp_path / "spool",
        "TOCSIN_FETCH_ALLOW": "127.0.0.1",
        "TOCSIN_FETCH_CONTACT": "desk@example.org",
    }.items():
        monkeypatch.setenv(name, str(value))
    return broker


def once(desk, *words) -> subprocess.CompletedProcess:
    return desk.tocsin("ingest", "feeds", "--once", "--only", "local", *words)


def articles(desk) -> list[Article]:
    return [decode(Article, record.value) for record in desk.records(ARTICLES)]


def test_what_is_new_is_published_once_and_the_summary_says_what_came(desk, hook):
    first = once(desk)
    assert first.returncode == 0, first.stderr
    assert first.stdout.decode().startswith("1 poll in ")
    assert "1 new\nitems: 3 new, 3 undated\n" in first.stdout.decode()
    assert {article.source for article in articles(desk)} == {"local"}

    hook.always = (200, {}, a_feed(4))
    second = json.loads(once(desk, "--json").stdout)
    assert (second["polls"], second["items"]) == ({"new": 1}, {"seen": 3, "new": 1, "undated": 1})
    assert sorted(article.title for article in articles(desk)) == [f"Talks {number}" for number in range(4)]
    assert hook.got[0].headers["User-Agent"].endswith("(+desk@example.org)")


def test_a_feed_that_fails_is_named_with_its_reason_and_without_its_key(desk, hook):
    hook.always = (200, {}, b"<html>Soon</html>")
    failed = once(desk)
    assert failed.returncode == 1
    assert (
        b"tocsin: local: " + hook.url.encode() + b"/feed?\xe2\x80\xa6: not_feed: is a page of HTML"
        in failed.stderr
    )
    assert b"hush" not in failed.stderr + failed.stdout
    (letter,) = desk.records(DEADLETTERS)
    assert letter.value == b"<html>Soon</html>"


def test_the_machine_itself_is_not_asked_unless_it_is_allowed(desk, hook, monkeypatch):
    monkeypatch.setenv("TOCSIN_FETCH_ALLOW", "")
    refused = once(desk)
    assert (
        b"refused_address: 127.0.0.1 is no public address; where it is meant, allow its network"
        in refused.stderr
    )
    assert hook.got == []


def test_a_source_that_is_not_known_is_told(desk):
    told = desk.tocsin("ingest", "feeds", "--once", "--only", "locale")
    assert (told.returncode, told.stderr) == (
        1,
        b"tocsin: no source is called locale; did you mean local?\n",
    )


def test_it_polls_until_told_to_stop_and_shows_its_metrics_meanwhile(desk):
    port = free_port("127.0.0.1")
    words = desk.command("ingest", "feeds", "--only", "local", "--port", port)
    process = subprocess.Popen(words, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def shown(path) -> str:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5).read().decode()
        except OSError:
            return ""

    counted = 'tocsin_source_fetches_total{result="new",source="local"} 1.0'
    wait_for(lambda: counted in shown("/metrics"), "the feed to be polled")
    metrics = shown("/metrics")
    assert 'tocsin_source_items_total{outcome="new",source="local"} 3.0' in metrics
    assert 'tocsin_source_last_success_timestamp_seconds{source="local"}' in metrics
    assert 'tocsin_ingest_articles_total{agent="feeds",outcome="published"} 3.0' in metrics
    assert json.loads(shown("/healthz"))["ok"]
    assert json.loads(shown("/readyz"))["ok"]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert b"1 poll in " in out
