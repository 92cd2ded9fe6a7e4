"""Events or stories in, alerts out: what a worker does, in one process and in the time of the reports."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from schemas import Event, Withdrawal
from streams.alerting import Alerts, Surroundings, Windows
from streams.stages.heard import Listening
from streams.stories import Stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas import Alert, Story
    from streams.alerting import Rules
    from streams.sources import Registry

DAY = timedelta(days=1)


class Rehearsal:
    """One line over everything. The clock is the latest report's; at each midnight that it passes, time is judged.

    Rules that wait for the sources or only show that the work goes on (`silence`, `always`) follow a real clock, and
    fire in no rehearsal unless `tick` is called with `first`.
    """

    def __init__(
        self,
        rules: Rules,
        registry: Registry | None = None,
        family: Callable[[str], str | None] | None = None,
    ) -> None:
        """`family` returns the owner of a source; the registry's when it is not given."""
        owner = family or (registry.family if registry else None)
        self._stories = Stories(owner) if owner else Stories()
        self._alerts = Alerts(rules, Surroundings(registry))
        self.windows = Windows(rules)
        self._listening = Listening(registry) if registry else None
        self._timed = bool(list(rules.of_kind("absence")))
        self._now: datetime | None = None

    def add(self, told: Event | Withdrawal) -> list[Alert]:
        """Return the alerts that an event raises, or what takes one back."""
        if isinstance(told, Withdrawal):
            return [alert for story in self._stories.withdraw(told) for alert in self.tell(story)]
        story = self._stories.add(told)
        return self.tell(story) if story else []

    def tell(self, story: Story) -> list[Alert]:
        """Return the alerts that a revision of a story raises; from an archive it is judged as if it were news."""
        story = story.model_copy(update={"backfill": False})
        alerts = self._pass_to(story.last_seen)
        now = self._now or story.last_seen
        raised = self._alerts.on_story(story, now=now)
        alerts += raised.alerts
        for match in raised.matches:
            alerts += self.windows.on_match(match, now=now).alerts
        return alerts

    def hear(self, source: str, at: datetime) -> None:
        """Take note that an article of a source came in."""
        if self._listening and (heard := self._listening.hear(source, at.timestamp())):
            self.windows.on_match(heard, now=at)

    def finish(self, now: datetime) -> list[Alert]:
        """Return what time alone raises until the end of the stretch."""
        return self._pass_to(now)

    def tick(self, now: datetime, *, first: bool = False) -> list[Alert]:
        """Return the alerts that time alone raises."""
        self._now = max(now, self._now or now)
        return self.windows.tick(self._now, first=first).alerts

    def _pass_to(self, now: datetime) -> list[Alert]:
        """Move the clock, judging time at each midnight on the way."""
        alerts: list[Alert] = []
        if self._now is None or not self._timed:
            self._now = max(now, self._now or now)
            return alerts
        while (midnight := datetime.combine(self._now.date() + DAY, time(), self._now.tzinfo)) <= now:
            alerts += self.tick(midnight)
        self._now = max(now, self._now)
        return alerts
