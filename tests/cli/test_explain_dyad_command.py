from __future__ import annotations

import json
import subprocess
import sys

import pytest

from schemas import encode
from schemas.topics import CONTRIBUTIONS
from streams.tension import contribution_of
from tests.factories import DAY, NOON, a_story, an_event


@pytest.fixture
def stories(tmp_path):
    """A file of two stories: a call, and a threat two days before."""
    call = a_story(attributes={"gap_days": 84})
    threat = a_story(
        an_event("threat_force", actors=("RUS",), targets=("USA",), day=DAY.replace(day=11), article="a2")
    )
    file = tmp_path / "stories.jsonl"
    file.write_bytes(b"".join(encode(story) + b"\n" for story in (call, threat)))
    return file


def explain(tocsin, *words):
    done = tocsin("explain", "dyad", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_a_dyad_is_explained_without_a_broker(bare_tocsin, stories):
    said = explain(bare_tocsin, "RUS-USA", "--file", stories)
    assert "RUS-USA as of 2022-05-13, formula 1" in said
    assert "First military contact in 84 days" in said
    assert "no z with 0 days of baseline, it takes 30" in said
    assert "RUS>USA" in said


def test_sides_may_be_written_in_any_order_and_in_small_letters(bare_tocsin, stories):
    said = explain(bare_tocsin, "usa-rus", "--file", stories)
    assert said == explain(bare_tocsin, "RUS-USA", "--file", stories)


def test_json_holds_the_dyad_and_the_shares_that_add_up_to_its_value(bare_tocsin, stories):
    said = json.loads(explain(bare_tocsin, "RUS-USA", "--file", stories, "--json"))
    shares = said["shares"]["RUS-USA"]
    assert sum(share["share"] for share in shares) == pytest.approx(said["values"]["RUS-USA"])
    assert {share["way"] for share in shares} == {"USA>RUS", "RUS>USA"}
    assert said["dyad"]["contacts"][0]["gap_days"] == 84


def test_as_of_a_day_gone_by_what_was_reported_later_is_not_known(bare_tocsin, tmp_path):
    later = a_story(published=NOON.replace(day=20), day=DAY.replace(day=20))
    file = tmp_path / "stories.jsonl"
    file.write_bytes(encode(a_story()) + b"\n" + encode(later) + b"\n")
    said = json.loads(explain(bare_tocsin, "RUS-USA", "--file", file, "--json", "--as-of", "2022-05-14"))
    assert said["dyad"]["as_of"] == "2022-05-14"
    assert said["dyad"]["silence_days"] == 1
    assert len(said["shares"]["RUS-USA"]) == 1


def test_what_is_held_no_more_is_not_told(bare_tocsin, tmp_path):
    old = a_story(published=NOON.replace(year=2020), day=DAY.replace(year=2020))
    file = tmp_path / "stories.jsonl"
    threat = a_story(type_="threat_force", actors=("RUS",), targets=("USA",))
    file.write_bytes(encode(old) + b"\n" + encode(threat) + b"\n")
    said = json.loads(explain(bare_tocsin, "RUS-USA", "--file", file, "--json"))
    assert said["dyad"]["contacts"] == []


def test_a_long_table_ends_with_what_the_rest_adds(bare_tocsin, stories):
    assert "1 more story" in explain(bare_tocsin, "RUS-USA", "--file", stories, "--most", "1")


def test_stories_may_come_from_standard_input(bare_tocsin, stories):
    done = bare_tocsin("explain", "dyad", "RUS-USA", "--file", "-", stdin=stories.read_bytes())
    assert b"RUS-USA as of 2022-05-13" in done.stdout


def test_a_watch_list_of_ones_own_may_name_other_dyads(bare_tocsin, stories, tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("blocs:\n  OURS: {title: Ours, members: [USA]}\ndyads:\n  - {id: OURS-RUS, title: They}\n")
    assert "OURS-RUS as of" in explain(bare_tocsin, "OURS-RUS", "--file", stories, "--dyads", own)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("RUS-XXX",), 1, "RUS-XXX is not watched"),
        (("RUS",), 2, "names no dyad"),
        (("RUS-USA", "--as-of", "May"), 2, "does not match the format"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(bare_tocsin, stories, words, code, said):
    done = bare_tocsin("explain", "dyad", *words, "--file", stories)
    assert done.returncode == code
    assert said in done.stderr.decode()


def test_a_line_that_is_no_story_is_named(bare_tocsin, stories):
    stories.write_bytes(stories.read_bytes() + b'{"id": "x"}\n')
    done = bare_tocsin("explain", "dyad", "RUS-USA", "--file", stories)
    assert done.returncode == 1
    assert f"{stories}:3 is no story" in done.stderr.decode()


def test_no_story_at_all_is_said(bare_tocsin, tmp_path):
    empty = tmp_path / "none.jsonl"
    empty.touch()
    done = bare_tocsin("explain", "dyad", "RUS-USA", "--file", empty)
    assert done.returncode == 1
    assert "no story is held" in done.stderr.decode()


def test_the_topic_of_contributions_is_read(broker):
    story = a_story(attributes={"gap_days": 84})
    broker.send(CONTRIBUTIONS, encode(contribution_of(story)), key=story.id.encode(), partition=0)
    broker.send(CONTRIBUTIONS, b"{nope", key=b"x", partition=0)
    done = broker.tocsin("explain", "dyad", "RUS-USA")
    assert b"First military contact in 84 days" in done.stdout
    assert b"tocsin.contributions[0]@1 is no contribution" in done.stderr


def test_topics_that_are_not_there_are_named(bare_broker):
    done = bare_broker.tocsin("explain", "dyad", "RUS-USA")
    assert done.returncode == 1
    assert b"tocsin topics ensure" in done.stderr


@pytest.fixture
def bare_tocsin():
    """Return a call of the command, without any broker."""

    def call(*words, stdin=b""):
        return subprocess.run(
            [sys.executable, "-m", "streams.cli", *map(str, words)],
            input=stdin,
            capture_output=True,
            check=False,
        )

    return call
