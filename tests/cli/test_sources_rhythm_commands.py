"""`tocsin sources learn` and `tocsin sources stats`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import orjson
import pytest
from click.testing import CliRunner

from schemas import Article, encode
from schemas.article import article_id
from schemas.topics import ARTICLES, EVENTS
from streams.cli.sources import command
from streams.sources import Registry
from tests.factories import an_event

NOW = datetime.now(UTC).replace(microsecond=0)
MINE = "sources:\n  - {id: my-paper, name: My Paper, langs: [uk], kind: newspaper, tier: 2}\n"


def run(*words, **environment):
    return CliRunner().invoke(command, [str(word) for word in words], env=environment)


def rows(*words, **environment):
    return {
        row["source"]: row
        for row in map(json.loads, run(*words, "--json", **environment).stdout.splitlines())
    }


def article(source, ago, **changes):
    return {
        "source": source,
        "title": "Title",
        "body": f"Body of {source} {ago}",
        "published_at": (NOW - ago).isoformat(),
    } | changes


@pytest.fixture
def articles(tmp_path):
    """Four days: afp every hour, bbc every two hours until a day ago, a source of nobody's, one with one article."""
    hours = [timedelta(hours=number) for number in range(96)]
    written = [article("afp", ago) for ago in hours]
    written += [article("bbc", ago) for ago in hours[24::2]]
    written += [article("nobody", ago) for ago in hours]
    written += [article("my-paper", ago) for ago in hours]
    written += [article("dpa", timedelta(minutes=1))]
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, written)))
    return path


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE)
    return path


def test_intervals_are_learnt_and_said_beside_what_is_expected(articles):
    learnt = rows("learn", "--file", articles)
    assert learnt["afp"]["learnt"] == "PT1H"
    assert learnt["afp"]["expected"] == "PT5M"
    assert learnt["bbc"]["learnt"] == "PT2H"
    assert (learnt["nobody"]["in_registry"], learnt["nobody"]["learnt"]) == (False, "PT1H")
    assert (learnt["dpa"]["learnt"], learnt["dpa"]["why_not"]) == (None, "few")
    table = run("learn", "--file", articles).stdout
    assert "too few articles, 20 are needed" in table
    assert "not in the registry" in table


def test_what_is_written_passes_the_check_and_changes_what_is_expected(articles, tmp_path, mine):
    target = tmp_path / "learnt.yaml"
    done = run("learn", "--file", articles, "--write", target, TOCSIN_SOURCES=str(mine))
    assert done.exit_code == 0
    assert f"3 intervals written to {target}" in done.stderr
    checked = run("check", target)
    assert checked.exit_code == 0, checked.output
    registry = Registry.load(mine, target)
    hour = timedelta(hours=1)
    assert [registry.find(name).expected_interval for name in ("afp", "bbc", "my-paper")] == [
        hour,
        2 * hour,
        hour,
    ]
    assert registry.find("dpa").expected_interval == Registry.load().find("dpa").expected_interval


def test_an_interval_set_by_hand_is_never_replaced(articles, tmp_path, mine):
    target = tmp_path / "learnt.yaml"
    before = rows("learn", "--file", articles, "--write", target, TOCSIN_SOURCES=str(mine))
    assert before["my-paper"]["by_hand"] is False
    mine.write_text(MINE.replace("tier: 2", "tier: 2, expected_interval: PT10M"))
    assert Registry.load(mine, target).find("my-paper").expected_interval == timedelta(minutes=10)
    after = rows("learn", "--file", articles, "--write", target, TOCSIN_SOURCES=str(mine))
    assert (after["my-paper"]["by_hand"], after["my-paper"]["learnt"]) == (True, "PT1H")
    assert "my-paper" not in target.read_text()


def test_nothing_learnt_leaves_the_file_as_it_was(tmp_path):
    target, few = tmp_path / "learnt.yaml", tmp_path / "few.jsonl"
    target.write_text("sources: kept\n")
    few.write_bytes(orjson.dumps(article("afp", timedelta(0))))
    assert "left as it is" in run("learn", "--file", few, "--write", target).stderr
    assert target.read_text() == "sources: kept\n"


def test_what_is_dug_up_or_from_an_archive_is_no_part_of_the_rhythm(tmp_path):
    path = tmp_path / "articles.jsonl"
    hourly = [article("afp", timedelta(hours=number)) for number in range(96)]
    dug_up = article("afp", timedelta(days=20), fetched_at=NOW.isoformat())
    archived = article("afp", timedelta(days=12), backfill=True)
    path.write_bytes(b"\n".join(map(orjson.dumps, [*hourly, dug_up, archived])))
    assert rows("learn", "--file", path)["afp"]["learnt"] == "PT1H"
    assert rows("stats", "--file", path)["afp"]["articles"] == 97


def test_inputs_that_are_no_article_are_named_and_the_exit_code_is_1(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(orjson.dumps(article("afp", timedelta(0))) + b"\n{nope\n")
    done = run("learn", "--file", path)
    assert done.exit_code == 1
    assert f"{path}:2: not an article" in done.stderr
    assert "afp" in done.stdout


def test_stats_tell_who_is_alive_and_who_is_dead(articles, tmp_path):
    learnt = tmp_path / "learnt.yaml"
    run("learn", "--file", articles, "--write", learnt)
    found = rows("stats", "--file", articles, TOCSIN_SOURCES_LEARNT=str(learnt))
    assert {name: row["stands"] for name, row in found.items()} == {
        "afp": "alive",
        "bbc": "dead",
        "dpa": "alive",
        "nobody": "unknown",
        "my-paper": "unknown",
    }
    assert (found["bbc"]["articles"], found["bbc"]["expected"], found["bbc"]["seen"]) == (36, "PT2H", "PT2H")
    late = run("stats", "--file", articles, "--late", TOCSIN_SOURCES_LEARNT=str(learnt))
    assert late.exit_code == 1
    assert late.stdout.splitlines()[-1] == "1 source"
    assert "dead" in late.stdout


def test_the_share_of_articles_that_yield_events_is_told_where_events_are_known(articles, tmp_path):
    assert rows("stats", "--file", articles)["afp"]["yields_events"] is None
    ids = [
        article_id(url=None, source="afp", title=one["title"], body=one["body"])
        for one in map(json.loads, articles.read_text().splitlines())
        if one["source"] == "afp"
    ]
    events = tmp_path / "events.jsonl"
    events.write_bytes(
        b"\n".join(encode(an_event(article=id_, source="afp")) for id_ in [*ids[:24], *ids[:3]])
    )
    assert rows("stats", "--file", articles, "--events", events)["afp"]["yields_events"] == 0.25
    assert run("stats", "--events", events).exit_code == 2


def test_sources_of_which_nothing_was_heard_are_shown_when_asked_for(articles):
    assert len(rows("stats", "--file", articles, "--all")) > len(Registry.load())


def test_articles_and_events_are_read_from_their_topics(broker, tmp_path):
    hours = [timedelta(hours=number) for number in range(72)]
    told = [Article(id=f"a{at}", **article("afp", ago)) for at, ago in enumerate(hours)]
    for one in told:
        broker.send(ARTICLES, encode(one), key=one.id.encode())
    broker.send(EVENTS, encode(an_event(article="a0", source="afp")))
    target = tmp_path / "learnt.yaml"
    learnt = broker.tocsin("sources", "learn", "--write", target)
    assert learnt.returncode == 0, learnt.stderr
    assert Registry.load(None, target).find("afp").expected_interval == timedelta(hours=1)
    stats = broker.tocsin("sources", "stats", "--json")
    assert stats.returncode == 0, stats.stderr
    [afp] = map(json.loads, stats.stdout.splitlines())
    assert (afp["articles"], afp["yields_events"]) == (72, pytest.approx(1 / 72))
