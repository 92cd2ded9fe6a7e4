from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from schemas import encode
from tests.factories import NOON, an_event

ROOT = Path(__file__).parents[2]
REPORTS = [
    an_event(status="planned", article="a", published=NOON - timedelta(hours=20)),
    an_event(article="b", lang="fr"),
    an_event("sanctions_imposed", article="c", published=NOON + timedelta(hours=2)),
]


def tocsin(*words, stdin: bytes = b""):
    command = [sys.executable, "-m", "streams.cli", *map(str, words)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False)


def lines(*events) -> bytes:
    return b"".join(encode(event) + b"\n" for event in events)


def told(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_last_revision_of_each_story_comes_out_first_told_first():
    one, other = told(tocsin("stories", "-", stdin=lines(*REPORTS)))
    assert (one["type"], one["status"], one["revision"], one["langs"]) == (
        "military_communication",
        "occurred",
        2,
        ["en", "fr"],
    )
    assert other["type"] == "sanctions_imposed"


def test_every_revision_comes_out_when_asked_for():
    revisions = told(tocsin("stories", "-", "--revisions", stdin=lines(*REPORTS)))
    assert [one["revision"] for one in revisions] == [1, 2, 1]


def test_an_event_that_comes_twice_changes_nothing():
    assert (
        tocsin("stories", "-", stdin=lines(*REPORTS, *REPORTS)).stdout
        == tocsin("stories", "-", stdin=lines(*REPORTS)).stdout
    )


def test_a_line_that_is_no_event_is_named_and_the_rest_is_merged():
    done = tocsin("stories", "-", stdin=b"nonsense\n" + lines(*REPORTS))
    assert done.returncode == 1
    assert b"stdin:1: not an event: not_json" in done.stderr
    assert len(done.stdout.splitlines()) == 2


def test_articles_become_stories_and_dyads_in_one_line_without_a_broker():
    events = tocsin("tag", ROOT / "seeds").stdout
    *stories, dyad = told(tocsin("stories", "-", "--dyads", ROOT / "tests/cli/usa-russia.yaml", stdin=events))
    assert {"military_communication", "ceasefire_call"} <= {story["type"] for story in stories}
    assert (dyad["id"], dyad["contacts"][0]["gap_days"]) == ("RUS-USA", 84)
