from __future__ import annotations

import json
import signal
import subprocess

import pytest

from schemas import encode
from schemas.topics import ALERTS
from tests.delivery.alerts import an_alert
from tests.factories import a_story


def send(broker, *alerts):
    for alert in alerts:
        broker.send(ALERTS, encode(alert))


def follow(broker, *words):
    return subprocess.Popen(
        broker.command("alerts", "--follow", *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=broker.environment | {"PYTHONUNBUFFERED": "1"},
    )


def test_new_alerts_are_printed_as_text_once(broker):
    send(broker, an_alert())
    done = broker.tocsin("alerts")
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().startswith("UNCONFIRMED [")
    again = broker.tocsin("alerts")
    assert (again.returncode, again.stdout) == (0, b"")
    assert "--from-beginning shows all that are kept" in again.stderr.decode()
    assert broker.tocsin("alerts", "--from-beginning").stdout == done.stdout


def test_json_is_the_message_one_a_line(broker):
    sent = an_alert()
    send(broker, sent)
    done = broker.tocsin("alerts", "--format", "json")
    [line] = done.stdout.splitlines()
    assert json.loads(line) == json.loads(encode(sent))


def test_only_what_is_wanted_is_printed(broker):
    wanted = an_alert(a_story(actors=["USA"], targets=["RUS"]), id="wanted", severity=6)
    send(
        broker,
        wanted,
        wanted.model_copy(update={"id": "mild", "severity": 2}),
        an_alert(a_story(actors=["CHN"], targets=["TWN"]), id="elsewhere", severity=6),
    )
    words = ("--min-severity", "5", "--dyad", "USA-RUS", "--rule", "talks", "--format", "json")
    done = broker.tocsin("alerts", *words)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["wanted"]


def test_a_message_that_is_no_alert_is_named_on_stderr(broker):
    broker.send(ALERTS, b"\x1b[2Jnonsense")
    send(broker, an_alert())
    done = broker.tocsin("alerts")
    assert done.returncode == 0
    assert b"is no alert: not_json" in done.stderr
    assert b"\x1b" not in done.stderr + done.stdout
    assert b"UNCONFIRMED" in done.stdout


@pytest.mark.parametrize("format_", ["text", "json"])
def test_a_hostile_article_cannot_command_the_terminal(broker, format_):
    send(broker, an_alert(a_story(quote="\x1b]0;owned\x07\x9b2J\u202e", source="\x1b[2J")))
    done = broker.tocsin("alerts", "--format", format_)
    printed = done.stdout.decode()
    assert printed
    assert all(char.isprintable() or char == "\n" for char in printed)
    if format_ == "json":
        assert json.loads(printed)["evidence"][0]["evidence"]["quote"] == "\x1b]0;owned\x07\x9b2J\u202e"


def test_following_prints_what_comes_until_ctrl_c(broker):
    process = follow(broker)
    try:
        send(broker, an_alert(summary="The first."))
        assert b"The first." in process.stdout.readline()
        while process.stdout.readline().strip():
            pass
        send(broker, an_alert(id="alert-2", summary="The second."))
        assert b"The second." in process.stdout.readline()
    finally:
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")


def test_a_reader_that_has_seen_enough_ends_it_quietly(broker):
    send(broker, *(an_alert(id=f"alert-{number}") for number in range(60)))
    process = follow(broker, "--format", "json")
    process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""


@pytest.mark.parametrize(
    "words",
    [("--dyad", "RUS"), ("--min-severity", "11"), ("--min-severity", "high"), ("--format", "xml"), ("x",)],
)
def test_wrong_words_are_told_with_exit_code_2(words, broker):
    done = broker.tocsin("alerts", *words)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Usage: ")


def test_without_topics_it_says_how_to_make_them(bare_broker):
    done = bare_broker.tocsin("alerts")
    assert done.returncode == 1
    assert "create it with `tocsin topics ensure`" in done.stderr.decode()
