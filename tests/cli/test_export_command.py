from __future__ import annotations

import csv
import os
import subprocess
import sys

import pytest

from schemas import encode
from streams.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from tests.factories import an_event

STRIKE = an_event("air_missile_strike", actors=("RUS",), targets=("UKR",))
PLAN = an_event("invasion", status="planned", actors=("RUS",), targets=("UKR",))


def tocsin(*words, stdin: bytes = b"", **more):
    command = [sys.executable, "-m", "streams.cli", "export", *map(str, words)]
    return subprocess.run(
        command, input=stdin, capture_output=True, timeout=60, check=False, env=os.environ | more
    )


def lines(*events) -> bytes:
    return b"".join(encode(event) + b"\n" for event in events)


def test_gdelt_rows_come_out_without_a_header():
    done = tocsin("-", "--format", "gdelt", stdin=lines(STRIKE))
    assert done.returncode == 0, done.stderr
    (row,) = done.stdout.decode().splitlines()
    assert len(row.split("\t")) == len(EVENT_COLUMNS)
    assert b"exported 1 event\n" in done.stderr


def test_what_has_not_occurred_is_left_out_of_gdelt_and_said_so():
    done = tocsin("-", "--format", "gdelt", stdin=lines(STRIKE, PLAN))
    assert done.stdout.count(b"\n") == 1
    assert b"1 neither occurred nor ongoing" in done.stderr
    assert tocsin("-", "--format", "gdelt", "--all", stdin=lines(STRIKE, PLAN)).stdout.count(b"\n") == 2


def test_csv_has_every_status():
    done = tocsin("-", "--format", "csv", stdin=lines(STRIKE, PLAN))
    assert [row["status"] for row in csv.DictReader(done.stdout.decode().splitlines())] == [
        "occurred",
        "planned",
    ]


def test_mentions_go_into_a_table_of_their_own_that_refers_to_the_events(tmp_path):
    table, mentions = tmp_path / "events.tsv", tmp_path / "mentions.tsv"
    done = tocsin("-", "--format", "gdelt", "-o", table, "--mentions", mentions, stdin=lines(STRIKE))
    assert done.returncode == 0, done.stderr
    event, mention = table.read_text().split("\t"), mentions.read_text().split("\t")
    assert len(mention) == len(MENTION_COLUMNS)
    assert event[0] == mention[0]


def test_parquet_is_written_into_a_file(tmp_path):
    pq = pytest.importorskip("pyarrow.parquet")
    done = tocsin("-", "--format", "parquet", "-o", tmp_path / "a.parquet", stdin=lines(STRIKE, PLAN))
    assert done.returncode == 0, done.stderr
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 2


def test_without_pyarrow_it_says_what_to_install_and_leaves_no_file(tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ImportError")
    words = ("-", "--format", "parquet", "-o", tmp_path / "a.parquet")
    done = tocsin(*words, stdin=lines(STRIKE), PYTHONPATH=str(tmp_path))
    assert done.returncode == 1
    assert b"pip install 'tocsin[parquet]'" in done.stderr
    assert [path.name for path in tmp_path.glob("a.*")] == []


def test_an_event_that_comes_twice_is_written_once():
    done = tocsin("-", "--format", "gdelt", stdin=lines(STRIKE, STRIKE))
    assert done.stdout.count(b"\n") == 1
    assert b"1 that came again" in done.stderr


def test_what_is_no_event_is_named_the_rest_is_written_and_the_exit_code_is_1():
    done = tocsin("-", "--format", "csv", stdin=b"{nope\n\n" + lines(STRIKE))
    assert done.returncode == 1
    assert b"stdin:1: not an event" in done.stderr
    assert done.stdout.count(b"air_missile_strike") == 1


def test_a_field_of_a_newer_version_is_passed_over():
    newer = encode(STRIKE).replace(b'{"id"', b'{"of_tomorrow":1,"id"', 1)
    assert tocsin("-", "--format", "csv", stdin=newer).returncode == 0


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    done = tocsin("-", "--format", "csv", "-o", tmp_path / "no" / "a.csv", stdin=lines(STRIKE))
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words", [("--format", "csv", "--all"), ("--format", "csv", "--mentions", "m"), ("--format", "parquet")]
)
def test_words_that_do_not_go_together_are_refused(words):
    done = tocsin("-", *words, stdin=lines(STRIKE))
    assert done.returncode == 2


def test_a_reader_that_has_enough_is_no_error():
    command = f"{sys.executable} -m streams.cli export --format csv - | head -c 10"
    events = lines(*(an_event(article=str(number)) for number in range(2000)))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        input=events,
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_exporting_loads_no_kafka_client_and_no_tagger():
    code = (
        "import sys; from streams.cli import cli; cli.get_command(None, 'export');"
        "print(sorted({'faust', 'kafka', 'aiohttp', 'pyarrow', 'streams.tagging'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
