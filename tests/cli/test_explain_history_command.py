from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from schemas import encode
from streams.cli import cli
from tests.factories import DAY, NOON, a_story


@pytest.fixture
def stories(tmp_path):
    """A file of two stories of one dyad, four days apart."""
    told = [a_story(published=NOON + timedelta(days=days), day=DAY + timedelta(days=days)) for days in (0, 4)]
    file = tmp_path / "stories.jsonl"
    file.write_bytes(b"".join(encode(story) + b"\n" for story in told))
    return file


@pytest.fixture
def explain(stories):
    """Return what `tocsin explain` prints of the file, by lines."""

    def ask(*words):
        done = CliRunner().invoke(cli, ["explain", *words, "--file", str(stories)])
        assert done.exit_code == 0, done.output
        return done.stdout.splitlines()

    return ask


def test_the_tension_of_a_dyad_is_told_day_by_day_and_ends_as_it_is_now(explain):
    days = [json.loads(line) for line in explain("history", "usa-rus", "--json")]
    assert [day["as_of"] for day in days] == [f"{DAY + timedelta(days=number)}" for number in range(5)]
    assert [day["tension"]["stories"] for day in days] == [1, 1, 1, 1, 2]
    [now] = explain("dyad", "RUS-USA", "--json")
    assert days[-1]["tension"] == json.loads(now)["dyad"]["tension"]


def test_no_more_days_are_told_than_are_asked_for(explain):
    assert len(explain("history", "RUS-USA", "--days", "2")) == 2


def test_without_a_name_every_watched_dyad_is_told(explain):
    dyads = {json.loads(line)["dyad"] for line in explain("history", "--json", "--days", "1")}
    assert {"RUS-USA", "RUS-WEST"} <= dyads
