from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

ARTICLE = {
    "title": "News",
    "body": "Russia struck Ukraine on Monday. Poland threatened to close its border with Belarus.\x9b31m",
    "published_at": "2026-03-04T20:00:00Z",
    "lang": "en",
}
STDIN = (json.dumps(ARTICLE) + "\n").encode()


def command(*words):
    return [sys.executable, "-m", "streams.cli", "tag", "-", *words]


def tocsin(*words):
    return subprocess.run(command(*words), input=STDIN, capture_output=True, timeout=60, check=False)


def on_terminal(*words):
    """Return what the command prints on a terminal, and its exit code."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command(*words),
        stdin=subprocess.PIPE,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    process.stdin.write(STDIN)
    process.stdin.close()
    chunks = []
    try:
        while chunk := os.read(ours, 65_536):
            chunks.append(chunk)
    except OSError:  # the terminal hangs up when the last writer leaves
        pass
    os.close(ours)
    code = process.wait(timeout=60)
    process.stderr.close()
    return b"".join(chunks).decode(), code


def test_elsewhere_than_on_a_terminal_every_candidate_is_one_json_object():
    done = tocsin("--explain")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {bool(candidate["dropped"]) for candidate in found} == {True, False}
    for candidate in found:
        assert candidate["sentence"]["text"].startswith(("Russia", "Poland"))
        assert candidate["where"] == "stdin:1"
        assert {"type", "frame", "concept", "trigger", "status", "why", "actors", "guessed"} <= set(candidate)


def test_explaining_changes_no_event():
    plain = {json.loads(line)["id"] for line in tocsin().stdout.splitlines()}
    explained = {json.loads(line)["event"] for line in tocsin("--explain").stdout.splitlines()}
    assert explained - {None} == plain


def test_a_terminal_gets_the_sentences_in_colour():
    text, code = on_terminal("--explain")
    assert code == 0
    assert "\x1b[36mRussia\x1b[0m" in text
    assert "read as en" in text
    assert "\x9b" not in text


@pytest.mark.parametrize("words", [("--explain", "--json"), ()])
def test_json_on_a_terminal_is_still_json_and_commands_nothing(words):
    text, code = on_terminal(*words)
    assert code == 0
    assert "\x9b" not in text
    assert [json.loads(line) for line in text.splitlines()]
