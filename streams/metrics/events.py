"""The instruments of the world: what happened, as events tell it and as stories report it first.

Archives that are back-filled are not in them: they tell of what was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Polarity, Status, taxonomy
from streams.metrics.labels import Label

if TYPE_CHECKING:
    from schemas import Event, Story
    from streams.metrics.instruments import Instruments


class EventMetrics:
    """The instruments, and one method for each thing that is counted."""

    def __init__(self, make: Instruments) -> None:
        self._labels = labels = make.labels
        self._known = Label("actor", values=("known", "unknown"))
        kind = (labels.type, labels.status, labels.polarity)
        self._events = make.counter(
            "tocsin_events_emitted", "Events sent, those of archives not counted.", *kind
        )
        self._actors = make.counter(
            "tocsin_event_actors", "Events by whether any list knows who acted.", self._known
        )
        self._first = make.counter(
            "tocsin_first_reports",
            "Stories when they are told first, and again when what was planned or denied has occurred; reprints and "
            "repetitions add nothing.",
            *kind,
        )
        self._severity = make.counter(
            "tocsin_severity_points",
            "Severity of first reports added up, of what occurred or is ongoing.",
            labels.family,
            labels.polarity,
        )

    def begin(self) -> None:
        """Show what may happen as not seen yet: Prometheus sees no growth in a counter that begins at 1."""
        for type_ in taxonomy().types:
            polarities = {type_.polarity, Polarity.NEUTRAL} if type_.needs_rival else {type_.polarity}
            for polarity in polarities:
                for status in filter(lambda status: status.counts, Status):
                    self._first.labels(type_.name, status, polarity)
                self._severity.labels(type_.family, polarity)

    def emitted(self, event: Event) -> None:
        """Count an event, unless it comes from an archive."""
        if event.article.backfill:
            return
        self._events.labels(*self._kind(event)).inc()
        self._actors.labels(self._known("known" if event.actors else "unknown")).inc()

    def told(self, story: Story) -> None:
        """Count a revision of a story that tells something for the first time."""
        if story.backfill or not _is_first_report(story):
            return
        self._first.labels(*self._kind(story)).inc()
        if story.status.counts:
            self._severity.labels(
                self._labels.family(story.family), self._labels.polarity(story.polarity)
            ).inc(story.severity)

    def _kind(self, message: Event | Story) -> tuple[str, str, str]:
        labels = self._labels
        return labels.type(message.type), labels.status(message.status), labels.polarity(message.polarity)


def _is_first_report(story: Story) -> bool:
    """Whether the story is new, or has come to count: what was planned has occurred."""
    if story.revision == 1:
        return True
    was = next((change.before for change in story.changes if change.field == "status"), story.status)
    return story.status.counts and not Status(str(was)).counts
