"""A back-test: what rules would have said over a stretch of history, and how much of it was noise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from schemas import Alert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.alerting import Rules

UNSURE = 0.5  # an alert of lower confidence is more likely wrong than right
SAMPLES = 3  # alerts shown of each rule


@dataclass(slots=True)
class Fate:
    """What became of one alert, over all messages of its thread."""

    day: date
    confirmed: bool
    cancelled: bool
    single: bool
    unsure: bool


@dataclass(slots=True)
class RuleTrial:
    """What one rule said. `threads`: by the id of the first alert."""

    rule: str
    version: int
    title: str
    messages: Counter[str] = field(default_factory=Counter)
    threads: dict[str, Fate] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)  # dedup key → sentence
    samples: list[Alert] = field(default_factory=list)

    def take(self, alert: Alert) -> None:
        """Take note of one message."""
        self.messages[alert.msg_type] += 1
        first = alert.references[0] if alert.references else alert.id
        origins = (
            alert.story.origins if alert.story else max((one.origins for one in alert.stories), default=2)
        )
        if alert.msg_type == "Alert":
            self.about[alert.dedup_key] = alert.summary
            if len(self.samples) < SAMPLES:
                self.samples.append(alert)
        known = self.threads.get(first)
        self.threads[first] = Fate(
            day=known.day if known else alert.raised_at.date(),
            confirmed=alert.confirmed,
            cancelled=alert.msg_type == "Cancel",
            single=origins == 1,
            unsure=alert.confidence is not None and alert.confidence < UNSURE,
        )

    def per_day(self) -> Counter[date]:
        """Return how many new alerts each day had."""
        return Counter(fate.day for fate in self.threads.values())

    def noise(self) -> dict[str, float]:
        """Return the shares of alerts that were likely noise: estimates, not judgements."""
        fates = list(self.threads.values())
        number = len(fates) or 1
        return {
            "never confirmed": sum(not fate.confirmed for fate in fates) / number,
            "one origin": sum(fate.single for fate in fates) / number,
            "low confidence": sum(fate.unsure for fate in fates) / number,
            "cancelled later": sum(fate.cancelled for fate in fates) / number,
        }


@dataclass(slots=True)
class Trial:
    """What all rules said over the stretch."""

    rules: dict[str, RuleTrial]
    days: set[date] = field(default_factory=set)
    untried: list[str] = field(default_factory=list)  # rules that follow a real clock, or other messages

    def take(self, alerts: Iterable[Alert]) -> None:
        """Take note of alerts."""
        for alert in alerts:
            self.rules[alert.rule.id].take(alert)

    def per_day(self) -> Counter[date]:
        """Return how many new alerts each day had, over all rules."""
        return sum((one.per_day() for one in self.rules.values()), Counter[date]())


@dataclass(frozen=True, slots=True)
class Difference:
    """What one rule would say otherwise than another set of rules."""

    rule: str
    more: list[str]
    less: list[str]
    same: int


def begin(rules: Rules) -> Trial:
    """Return a trial of these rules in which nothing has happened yet."""
    untried = [rule.id for rule in rules.of_kind("silence", "always", "zscore")]
    return Trial(
        {rule.id: RuleTrial(rule.id, rule.version, rule.title) for rule in rules.rules}, untried=untried
    )


def differences(new: Trial, old: Trial) -> Iterator[Difference]:
    """Yield for each rule, by its id, what the new version tells that the old one did not, and the reverse."""
    for id_ in dict.fromkeys((*new.rules, *old.rules)):
        after = new.rules[id_].about if id_ in new.rules else {}
        before = old.rules[id_].about if id_ in old.rules else {}
        more = [sentence for key, sentence in after.items() if key not in before]
        less = [sentence for key, sentence in before.items() if key not in after]
        if more or less:
            yield Difference(id_, more, less, len(after.keys() & before.keys()))
