"""The quality gate: no pinned figure of the tagger falls."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from streams.evaluation import drops, evaluate, pinned_figures, read_gold, read_pins, set_files
from streams.tagging import Tagger

GOLD = Path("tests/gold")


@cache
def tagger():
    return Tagger.load()


@pytest.mark.parametrize("name", ["dev", "frozen", "probes"])
def test_no_figure_falls_below_its_pin(name):
    texts = [text for file in set_files(GOLD)[name] for text in read_gold(file)]
    reached = pinned_figures(evaluate(tagger(), texts).figures())
    dropped = drops({name: read_pins(GOLD / "pinned.json")[name]}, {name: reached})
    assert not dropped, "\n".join(map(str, dropped))
