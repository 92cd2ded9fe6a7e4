from __future__ import annotations

import json

import pytest
import yaml
from click.testing import CliRunner

from streams.cli.receivers import command
from streams.cli.silence import command as silence
from streams.errors import TocsinError
from tests.delivery.hook import Hook


@pytest.fixture
def hook():
    made = Hook().start()
    yield made
    made.stop()


@pytest.fixture
def run(tmp_path, hook):
    """Run a subcommand with a file that names one webhook."""
    receiver = {"name": "desk", "kind": "webhook", "url": hook.url, "secret": {"env": "DESK_KEY"}}
    file = tmp_path / "receivers.yaml"
    file.write_text(yaml.safe_dump({"receivers": [receiver], "routes": [{"receivers": ["desk"]}]}))

    def run_(*words, key="the-key"):
        environment = {"TOCSIN_RECEIVERS": str(file), "DESK_KEY": key}
        return CliRunner().invoke(command, words, env=environment)

    return run_


def test_receivers_are_checked_with_their_secrets(run):
    assert run("check").output == "desk  webhook, at most 30 messages an hour\n"
    missing = run("check", key=None)
    assert missing.exit_code == 1
    assert "the environment variable DESK_KEY is missing or empty" in missing.output
    assert json.loads(run("check", "--json").output)["ok"] is True


def test_a_test_alert_is_marked_as_one(run, hook):
    result = run("test", "desk")
    assert (result.exit_code, result.output) == (0, "desk took the test (200)\n")
    event = json.loads(hook.got[0].body)
    assert event["tocsintest"] is True
    assert event["tocsintext"].startswith("TEST, no alert")


def test_a_test_that_fails_says_what_was_answered(run, hook):
    hook.always = (503, {}, b"")
    result = run("test", "desk")
    assert isinstance(result.exception, TocsinError)
    assert str(result.exception) == "desk did not take the test: HTTP 503"
    assert "did you mean desk?" in str(run("test", "dessk").exception)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dyad"], "'dyad' is no NAME=VALUE"),
        (["dyat=RUS-USA"], "'dyat' is none of"),
        (["type=nuclear_sign"], "no type is named nuclear_sign"),
        (["dyad=Russia"], "dyad: String should match pattern"),
        (["dyad=RUS-USA", "--for", "2 weeks"], "must be a number and a unit"),
    ],
)
def test_what_cannot_be_silenced_is_told_before_any_broker_is_asked(words, said):
    result = CliRunner().invoke(silence, ["add", "--for", "2h", "--reason", "x", *words])
    assert result.exit_code == 2
    assert said in result.output.replace("\n", " ")
