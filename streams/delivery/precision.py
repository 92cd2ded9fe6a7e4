"""Precision: of the stories that readers judged, how many were right, per rule, type and source. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from schemas import Feedback, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("rule", "type", "source")


@dataclass(slots=True)
class Judged:
    """What readers say of the stories of one rule, one type or one source."""

    verdicts: Counter[Verdict] = field(default_factory=Counter)

    @property
    def stories(self) -> int:
        """How many were judged."""
        return self.verdicts.total()

    @property
    def precision(self) -> float:
        """Return the share that was right."""
        return self.verdicts[Verdict.RIGHT] / self.stories


class Precision:
    """The latest word on each story."""

    def __init__(self) -> None:
        self._latest: dict[str, Feedback] = {}

    def take(self, feedback: Feedback) -> None:
        """Take a word on a story; of two the later holds."""
        known = self._latest.get(feedback.story)
        if known is None or known.given_at <= feedback.given_at:
            self._latest[feedback.story] = feedback

    def forget(self, story: str) -> None:
        """Forget what was said of a story."""
        self._latest.pop(story, None)

    def verdicts(self) -> Counter[Verdict]:
        """Return how many stories were judged how."""
        return Counter(feedback.verdict for feedback in self._latest.values())

    def table(self) -> dict[tuple[str, str], Judged]:
        """Return what is said of each rule, type and source; those with the most stories first."""
        table: dict[tuple[str, str], Judged] = {}
        for feedback in self._latest.values():
            for kind, name in _concerned(feedback):
                table.setdefault((kind, name), Judged()).verdicts[feedback.verdict] += 1
        order = sorted(table.items(), key=lambda row: (KINDS.index(row[0][0]), -row[1].stories, row[0][1]))
        return dict(order)


def _concerned(feedback: Feedback) -> Iterator[tuple[str, str]]:
    if feedback.type:
        yield "type", feedback.type
    for rule in dict.fromkeys(feedback.rules):
        yield "rule", rule
    for source in dict.fromkeys(feedback.sources):
        yield "source", source
