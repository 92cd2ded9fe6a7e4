import json

import pytest

from schemas import DeadLetter, Reason
from schemas.topics import ARTICLES, DEADLETTERS
from streams.deadletters import BadPlace, Kept, NotReplayable, Place, again, read_place

RAW = b'\x1b[2J{"broken": \xff\x00' + b"x" * 1000
LETTER = DeadLetter(
    stage="tag",
    reason=Reason.NOT_JSON,
    exception="Unreadable",
    message="unexpected character",
    topic="tocsin.articles",
    partition=1,
    offset=7,
    attempt=1,
    failed_at="2026-11-24T07:00:00Z",
    key=b"article-1",
    value=RAW,
    headers={"trace": b"t-1"},
)


def change(letter=LETTER, **changes):
    return DeadLetter(**{name: getattr(letter, name) for name in letter.__slots__} | changes)


@pytest.fixture
def letters(broker):
    """Three dead letters and one message that is none."""
    for letter, partition in (
        (LETTER, 0),
        (change(reason=Reason.SCHEMA, key=b"article-2", value=b"{}", partition=0), 0),
        (change(stage="stories", key=None, value=b"{}"), 1),
    ):
        broker.send(
            DEADLETTERS, letter.value, key=letter.key, headers=letter.wire_headers(), partition=partition
        )
    broker.send(DEADLETTERS, b"stray", partition=1)
    return broker


def listed(broker, *words):
    done = broker.tocsin("deadletters", "list", "--json", *words)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_dead_letter_is_listed_with_place_stage_and_reason(letters):
    assert [(one["place"], one["stage"], one["reason"]) for one in listed(letters)] == [
        ("0:0", "tag", "not_json"),
        ("0:1", "tag", "schema"),
        ("1:0", "stories", "not_json"),
    ]


def test_the_list_can_be_narrowed(letters):
    assert [one["place"] for one in listed(letters, "--reason", "schema")] == ["0:1"]
    assert [one["place"] for one in listed(letters, "--stage", "stories")] == ["1:0"]


def test_a_message_that_is_no_dead_letter_is_named(letters):
    done = letters.tocsin("deadletters", "list")
    assert b"what lies at 1:1 is no dead letter: it has no header tocsin.dlq.stage" in done.stderr
    assert b"0:0 2026-11-24T07:00:00Z tag: not_json, 1,017 bytes, attempt 1" in done.stdout


def test_without_dead_letters_it_says_so(broker):
    done = broker.tocsin("deadletters", "list")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"no dead letters\n")


def test_one_is_shown_with_its_headers_and_first_bytes_fit_for_a_terminal(letters):
    done = letters.tocsin("deadletters", "show", "0:0")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "key article-1" in shown
    assert "header trace: t-1" in shown
    assert r"\x1b[2J" in shown
    assert "1,017 bytes, the first 600" in shown
    assert all(char.isprintable() or char == "\n" for char in shown)


def test_the_very_bytes_can_be_had(letters):
    assert letters.tocsin("deadletters", "show", "--raw", "0:0").stdout == RAW


def test_a_replay_sends_bytes_key_headers_and_partition_as_they_were_one_attempt_on(letters):
    done = letters.tocsin("deadletters", "replay", "0:0")
    assert (done.returncode, done.stdout) == (0, b"replayed 1\n")
    [record] = letters.records(ARTICLES)
    assert (record.key, record.value, record.partition) == (b"article-1", RAW, 1)
    assert dict(record.headers) == {"trace": b"t-1", "tocsin.dlq.attempt": b"2"}


def test_all_of_a_reason_can_be_replayed(letters):
    done = letters.tocsin("deadletters", "replay", "--all", "--reason", "not_json")
    assert (done.returncode, done.stdout) == (0, b"replayed 2\n")
    assert sorted(record.value for record in letters.records(ARTICLES)) == sorted([RAW, b"{}"])


def test_one_that_cannot_be_replayed_is_named_the_others_are(letters):
    foreign = change(topic="other.topic", key=b"k")
    letters.send(DEADLETTERS, b"v", key=b"k", headers=foreign.wire_headers(), partition=0)
    done = letters.tocsin("deadletters", "replay", "--all")
    assert (done.returncode, done.stdout) == (1, b"replayed 3; 1 failed, named above\n")
    assert b"0:2 (key k): not replayed: it comes from other.topic" in done.stderr


@pytest.mark.parametrize("place", ["0:99", "9:0"])
def test_a_place_where_none_lies_is_named(letters, place):
    done = letters.tocsin("deadletters", "show", place)
    assert done.returncode == 1
    assert done.stderr.decode().startswith(f"tocsin: no dead letter lies at {place}")


@pytest.mark.parametrize(
    "words", [("show", "x"), ("replay",), ("replay", "--all", "0:0"), ("replay", "0:0", "--reason", "schema")]
)
def test_wrong_words_are_told_with_exit_code_2(broker, words):
    done = broker.tocsin("deadletters", *words)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Usage: ")


def test_a_place_is_written_as_the_list_writes_it():
    assert str(read_place("2:15")) == "2:15"
    for word in ("2", "2:", "2-15", "-1:0", "a:b", "1:2:3"):
        with pytest.raises(BadPlace, match="write PARTITION:OFFSET"):
            read_place(word)


def test_a_message_of_nothing_at_all_cannot_be_replayed():
    with pytest.raises(NotReplayable, match="neither key nor value"):
        again(Kept(Place(0, 0), change(key=None, value=None)))
