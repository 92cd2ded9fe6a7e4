"""Event → the story that it changes; withdrawal → the stories that an article no longer tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Event, Story, Withdrawal, decode, encode
from schemas.cloudevents import event_type
from schemas.cloudevents import headers as cloudevents
from schemas.contracts import CONTRACTS
from schemas.topics import EVENTS, STORIES
from streams.stages.record import ENTERED, OutRecord

if TYPE_CHECKING:
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.stages.record import InRecord
    from streams.stories import Stories

_WITHDRAWAL = CONTRACTS[Withdrawal].event_type


class Correlate:
    """Keeps the stories of a partition on the partition of its events, so that they are rebuilt from there."""

    name = "stories"
    source = EVENTS

    def __init__(self, stories: Stories, metrics: Metrics) -> None:
        self._stories, self._metrics = stories, metrics

    def restore(self, value: bytes | None) -> None:
        """Take back what this stage sent before."""
        self._stories.restore(decode(Story, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the new revision of each story that the message changes; nothing when it is known."""
        changed = self._changed(record)
        self._metrics.stories.holds(record.partition, len(self._stories), self._stories.mentions)
        for reason, number in self._stories.let_go.items():
            self._metrics.stories.let_go(reason, number)
        self._stories.let_go.clear()
        return [self._out(story, record, now) for story in changed]

    def _changed(self, record: InRecord) -> list[Story]:
        if event_type(record.headers) == _WITHDRAWAL:
            return self._stories.withdraw(decode(Withdrawal, record.value))
        event = decode(Event, record.value)
        story = self._stories.add(event)
        if story is None:
            self._metrics.flow.passed_over(self.name, "known")
            return []
        self._metrics.stories.merged(story, event.article.id)
        return [story]

    def _out(self, story: Story, record: InRecord, now: datetime) -> OutRecord:
        self._metrics.stories.emitted(story)
        self._metrics.events.told(story)
        entered = record.entered
        if (since := entered.get(ENTERED, b"")).isdigit() and not story.backfill:
            self._metrics.stories.told_after(now.timestamp() - int(since) / 1000)
        headers = cloudevents(story, source=self.name, time=now) | entered
        return OutRecord(STORIES.name, story.id.encode(), encode(story), headers, record.partition)
