"""How well copies are told from independent reports: `python -m tools.measure_copies` prints it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path

import yaml

from streams.copies import Copies, signature
from tests.copies.variants import KINDS

SEEDS = range(8)
DAY = datetime(2022, 5, 13, tzinfo=UTC)


@dataclass(frozen=True)
class Found:
    """Pairs of a text and its copy that were made and found, by kind; and wrong pairs among independent texts."""

    made: dict[str, int]
    found: dict[str, int]
    independent: int
    taken_for_copies: int

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / sum(self.made.values())

    @property
    def precision(self) -> float:
        right = sum(self.found.values())
        return right / (right + self.taken_for_copies)


def reports() -> list[str]:
    """Return all reports, those of one happening side by side."""
    happenings = yaml.safe_load(Path(__file__).with_name("reports.yaml").read_text(encoding="utf-8"))
    return [report for happening in happenings["happenings"] for report in happening["reports"]]


def measure() -> Found:
    """Make copies of every kind of every report, and look each up in an index of all reports."""
    texts = reports()
    index = Copies(timedelta(days=1), limit=10_000)
    firsts = [index.find_or_add(signature(text), f"{at}", DAY) for at, text in enumerate(texts)]
    made = dict.fromkeys(KINDS, 0)
    found = dict.fromkeys(KINDS, 0)
    wrong = sum(one == other for one, other in combinations(firsts, 2))
    for at, text in enumerate(texts):
        for kind, changed in KINDS.items():
            for seed in SEEDS:
                first = index.find_or_add(signature(changed(text, seed)), f"{at} {kind} {seed}", DAY)
                made[kind] += 1
                found[kind] += first == f"{at}"
                wrong += first.isdecimal() and first != f"{at}"
    return Found(made, found, len(list(combinations(texts, 2))), wrong)
