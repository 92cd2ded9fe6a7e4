from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from schemas import Article, decode
from schemas.topics import ARTICLES, EVENTS
from tests.cli.ingest.serving import serving
from tests.ingest.archive_files import page
from tests.ingest.gdelt.gdelt_files import TIME, a_document, a_list, a_mention, an_event, packed

MENTIONS, GKG, EXPORT = (f"{TIME}.{kind}.zip" for kind in ("mentions.CSV", "gkg.csv", "export.CSV"))


@pytest.fixture
def served():
    """A site with articles and, below /g, the files and the list of GDELT that name them."""
    files = {}
    with serving(files) as (base, asked):
        tables = {
            EXPORT: packed([an_event(SOURCEURL=f"{base}/1")]),
            MENTIONS: packed([a_mention(f"{base}/1"), a_mention(f"{base}/gone")]),
            GKG: packed([a_document(f"{base}/1"), a_document(f"{base}/2")]),
        }
        files |= {f"/g/{name}": raw for name, raw in tables.items()}
        files["/g/lastupdate.txt"] = a_list(f"{base}/g", tables).encode()
        files |= {"/1": page(1), "/2": page(2, dated=False)}
        yield base, files, asked


def gdelt(*words, allow="127.0.0.1", **environment):
    environment = os.environ | {"TOCSIN_FETCH_ALLOW": allow, "PYTHONUTF8": "1"} | environment
    command = [sys.executable, "-m", "streams.cli", "ingest", "gdelt", *map(str, words)]
    return subprocess.run(command, capture_output=True, env=environment, check=False)


def objects(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_addresses_of_a_list_are_printed_each_once(served):
    base, _, _ = served
    done = gdelt("addresses", "--list", f"{base}/g/lastupdate.txt")
    assert done.returncode == 0, done.stderr
    assert [one["url"] for one in objects(done)] == [f"{base}/1", f"{base}/gone", f"{base}/2"]


def test_local_files_need_no_network(tmp_path):
    (tmp_path / GKG).write_bytes(packed([a_document("https://example.org/1")]))
    done = gdelt("addresses", tmp_path / GKG, allow="")
    assert [one["title"] for one in objects(done)] == ["A call & more"]


def test_events_are_printed_for_comparison_and_marked_as_gdelts(served):
    base, _, _ = served
    [event] = objects(gdelt("events", "--list", f"{base}/g/lastupdate.txt"))
    assert event["of"] == "gdelt"
    assert "leader_communication" in event["types"]


def test_a_file_that_is_not_the_one_listed_is_named_and_the_others_are_read(served):
    base, files, _ = served
    files[f"/g/{MENTIONS}"] = packed([a_mention(f"{base}/forged")])
    done = gdelt("addresses", "--list", f"{base}/g/lastupdate.txt")
    assert done.returncode == 1
    assert f"{MENTIONS}: is not the file that is listed" in done.stderr.decode()
    assert [one["url"] for one in objects(done)] == [f"{base}/1", f"{base}/2"]


def test_of_a_list_only_the_time_that_is_asked_for_is_fetched(served):
    base, _, asked = served
    done = gdelt("addresses", "--list", f"{base}/g/lastupdate.txt", "--since", "2022-05-14")
    assert (done.returncode, done.stdout) == (0, b"")
    assert asked == ["/g/lastupdate.txt"]


def test_a_list_at_a_private_address_is_refused_unless_allowed(served):
    base, _, asked = served
    done = gdelt("addresses", "--list", f"{base}/g/lastupdate.txt", allow="")
    assert done.returncode == 1
    assert b"is no public address" in done.stderr
    assert asked == []


def test_the_articles_of_a_list_are_published_and_a_second_run_publishes_nothing(broker, served, tmp_path):
    base, _, _ = served
    environment = broker.environment | {"TOCSIN_SPOOL": str(tmp_path / "spool")}
    words = ("articles", "--list", f"{base}/g/lastupdate.txt", "--json")
    done = gdelt(*words, **environment)
    assert json.loads(done.stdout) == {"published": 2, "not_found": 1}
    assert b"/gone: not fetched: HTTP 404" in done.stderr
    articles = {
        one.url: one for one in (decode(Article, record.value) for record in broker.records(ARTICLES))
    }
    assert set(articles) == {f"{base}/1", f"{base}/2"}
    assert articles[f"{base}/1"].source == "127.0.0.1"  # its site, not GDELT
    gdelt(*words, **environment)
    assert len(broker.records(ARTICLES)) == 2
    assert broker.records(EVENTS) == []
