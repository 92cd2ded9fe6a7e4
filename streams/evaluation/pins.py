"""Pinned figures: what the tagger has reached and must not fall below again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from streams.evaluation.gold import GoldError

if TYPE_CHECKING:
    from pathlib import Path

TOLERANCE = 0.005  # a word list that helps a hundred texts may cost one

Pins = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Drop:
    """A figure that fell below its pin."""

    set: str
    figure: str
    pinned: float
    reached: float

    def __str__(self) -> str:
        return f"{self.set} {self.figure}: {self.reached:.3f}, pinned {self.pinned:.3f}"


def pinned_figures(figures: dict[str, Any]) -> dict[str, float]:
    """Return the figures of a run that are pinned: each is better the higher it is."""
    pins: dict[str, float] = {}
    if whole := figures.get("all"):
        pins |= {name: whole[name] for name in ("precision", "recall", "f1")}
        pins |= {f"f1 {lang}": tally["f1"] for lang, tally in figures["by_lang"].items()}
        traps = figures["traps"]
        pins["traps kept"] = round(1 - traps["broken"] / traps["set"], 3) if traps["set"] else 1.0
    return pins | {name: group["right"] for name, group in figures.get("probes", {}).items()}


def drops(pins: Pins, reached: Pins) -> list[Drop]:
    """Return every pinned figure that is lower now, by more than the tolerance; one that is gone is 0 now."""
    return [
        Drop(set_, figure, pin, now)
        for set_, figures in pins.items()
        for figure, pin in figures.items()
        if (now := reached.get(set_, {}).get(figure, 0.0)) < pin - TOLERANCE
    ]


def read_pins(path: Path) -> Pins:
    """Return the pins of this file. Raises GoldError when it is not there."""
    try:
        pins: Pins = orjson.loads(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; write it with tocsin eval --pin") from error
    return pins


def write_pins(path: Path, pins: Pins) -> None:
    """Write the pins, so that a change of one figure is a change of one line."""
    path.write_bytes(orjson.dumps(pins, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
