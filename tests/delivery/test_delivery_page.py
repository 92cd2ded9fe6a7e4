from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from schemas import Outcome
from streams.delivery.channels.signature import signature
from streams.delivery.policy import load_receivers
from streams.delivery.policy.receivers import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "delivery.md").read_text(encoding="utf-8")
BODY = '{"id": "alert-1", "summary": "ils se sont parlé"}'.encode()


@pytest.fixture
def is_genuine():
    """The function that the page shows."""
    [program] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict = {}
    exec(program, names)
    return names["is_genuine"]


def test_what_the_page_shows_knows_our_signature(is_genuine):
    assert is_genuine("the-key", signature("the-key", BODY, int(time.time())), BODY)


@pytest.mark.parametrize(
    ("secret", "body", "age"),
    [("another", BODY, 0), ("the-key", BODY + b" ", 0), ("the-key", BODY, 3600)],
    ids=["another key", "another body", "an old message"],
)
def test_and_nothing_else(is_genuine, secret, body, age):
    assert not is_genuine("the-key", signature(secret, BODY, int(time.time()) - age), body)


def test_the_receivers_that_the_page_shows_are_sound(tmp_path):
    [text] = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "receivers.yaml"
    file.write_text(text)
    assert [receiver.name for receiver in load_receivers(file).receivers] == ["desk", "phones"]


def test_every_kind_and_every_outcome_is_on_the_page():
    words = [*KINDS, *(outcome.value for outcome in Outcome)]
    assert [word for word in words if f"`{word}`" not in PAGE] == []
