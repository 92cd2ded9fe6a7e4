"""The labels, and how many values each can take: a label that others fill must not make time series without end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Novelty, Outcome, Polarity, Reason, Status, Verdict, taxonomy
from schemas.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection

OTHER = "other"  # stands for every value beyond the bound

# How many values a label takes that is filled from outside the code.
MOST_SOURCES = 1_000  # the registry that ships names 220
MOST_LANGS = 40
MOST_RULES = 200
MOST_RECEIVERS = 30
MOST_JUDGED = 600  # rules, types and sources that readers have judged
MOST_PARTITIONS = 64  # of a topic, held by one worker


class Label:
    """A label by name. Values beyond the bound, or outside the closed set, count as `other`.

    With `values` these alone are named; without, the first `most` that come.
    """

    def __init__(self, name: str, most: int = 0, values: Collection[str] | None = None) -> None:
        self.name = name
        self._bound = most if values is None else len(values)
        self._named = set(values or ())
        self._is_open = values is None

    def __call__(self, value: object) -> str:
        """Return the value to count under."""
        text = str(value)
        if text in self._named:
            return text
        if not self._is_open or len(self._named) >= self._bound:
            return OTHER
        self._named.add(text)
        return text

    def __contains__(self, value: str) -> bool:
        """Tell whether this value is named rather than counted as `other`."""
        return value in self._named

    @property
    def most(self) -> int:
        """How many values there can be, `other` among them."""
        return self._bound + 1

    def name_only(self, values: Collection[str]) -> None:
        """From now on name these alone, the first of them where they are too many."""
        self._named = set(sorted(values)[: self._bound])
        self._is_open = False


class Labels:
    """The labels that instruments share: one bound each, whoever counts."""

    def __init__(self) -> None:
        types = taxonomy()
        self.source = Label("source", MOST_SOURCES)
        self.lang = Label("lang", MOST_LANGS)
        self.type = Label("type", values=[type_.name for type_ in types.types])
        self.family = Label("family", values=types.families)
        self.status = Label("status", values=list(Status))
        self.polarity = Label("polarity", values=list(Polarity))
        self.novelty = Label("novelty", values=list(Novelty))
        self.rule = Label("rule", MOST_RULES)
        self.receiver = Label("receiver", MOST_RECEIVERS)
        self.outcome = Label("outcome", values=list(Outcome))
        self.verdict = Label("verdict", values=list(Verdict))
        self.stage = Label("stage", 15)  # the names of ours; ten today
        self.failure = Label("reason", values=list(Reason))
        self.topic = Label("topic", values=[topic.name for topic in TOPICS])
        self.partition = Label("partition", MOST_PARTITIONS)
