"""The feed agent on a broker of its own, killed while it publishes."""

from __future__ import annotations

import subprocess
from collections import Counter

import pytest
import yaml

from schemas import Article, decode
from schemas.topics import ARTICLES
from tests.delivery.hook import Hook
from tests.pipeline.waiting import wait_for

ITEMS = 400
TEXT = "The ministers spoke for an hour about the border and agreed to meet again. " * 12


@pytest.fixture
def hook():
    hook = Hook().start()
    items = "".join(
        f"<item><title>Talks {number}</title><link>/news/{number}</link><description>{TEXT * 2}</description></item>"
        for number in range(ITEMS)
    )
    hook.always = (200, {}, f"<rss><channel><title>N</title>{items}</channel></rss>".encode())
    yield hook
    hook.stop()


@pytest.fixture
def agent(broker, hook, tmp_path, monkeypatch):
    """The command that polls the feed once, and where its output goes."""
    source = {"id": "local", "name": "Local", "langs": ["en"], "kind": "online", "tier": 2}
    source |= {"feeds": [f"{hook.url}/feed"], "fetching": {"spacing": 0}}
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump({"sources": [source]}))
    for name, value in {
        "TOCSIN_SOURCES": tmp_path / "sources.yaml",
        "TOCSIN_FEEDS_STATE": tmp_path / "feeds.sqlite",
        "TOCSIN_SPOOL": tmp_path / "spool",
        "TOCSIN_FETCH_ALLOW": "127.0.0.1",
    }.items():
        monkeypatch.setenv(name, str(value))
    return broker.command("ingest", "feeds", "--once", "--only", "local")


def titles(broker) -> Counter:
    """Return how often each article is on its topic."""
    return Counter(decode(Article, record.value).title for record in broker.records(ARTICLES))


def test_an_agent_that_is_killed_while_it_publishes_leaves_no_gap(broker, agent):
    process = subprocess.Popen(agent, env=broker.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(lambda: len(titles(broker)) > 0 or process.poll() is not None, "the first articles")
    process.kill()
    process.communicate()
    published = titles(broker)
    assert subprocess.run(agent, env=broker.environment, check=False).returncode == 0
    assert set(titles(broker)) == {f"Talks {number}" for number in range(ITEMS)}
    again = subprocess.run(agent, env=broker.environment, capture_output=True, check=False)
    assert f"{ITEMS} seen".encode() in again.stdout
    ids = {decode(Article, record.value).id for record in broker.records(ARTICLES)}
    assert len(ids) == ITEMS, f"of {len(published)} published before the kill some came under another id"
