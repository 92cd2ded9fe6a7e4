"""The picture of the world that the page shows: messages in, what is known after them, and what is told live.

It knows no broker and no clock: time comes in with the messages and the questions.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

import orjson

from schemas import Dyad, Feedback, Silence, Unreadable, decode
from schemas.match import ARTICLES as HEARD
from schemas.topics import ALERTS, DYADS, EVENTS, FEEDBACK, MATCHES, SILENCES, STORIES
from streams.sources import Registry
from streams.web.answers import StatusAnswer
from streams.web.freshness import Freshness
from streams.web.gist import AlertGist, HeardGist, NotReadable, StoryGist, read
from streams.web.hub import Hub
from streams.web.kept import History
from streams.web.offsets import packed
from streams.web.recent import Alarms, LastDay, Places, alert_answer
from streams.web.revisions import Revisions

LOGGER = logging.getLogger(__name__)


class Message(NamedTuple):
    """A message as it lies on a topic. `ms`: milliseconds since 1970 when it came."""

    topic: str
    partition: int
    offset: int
    ms: int
    key: str
    value: bytes | None


@dataclass(slots=True)
class Bounds:
    """How much is kept, and how old data may be. Seconds and counts."""

    stories: int = 100_000
    events: int = 50_000
    stale_after: float = 900.0


@dataclass(slots=True)
class Picture:
    """What is known. Until `live` is set, nothing is told: what was said before is being read."""

    registry: Registry
    hub: Hub
    bounds: Bounds
    live: bool = False
    history: History = field(init=False)
    places: Places = field(init=False)
    freshness: Freshness = field(init=False)
    alarms: Alarms = field(default_factory=Alarms)
    last_day: LastDay = field(default_factory=LastDay)
    revisions: Revisions = field(default_factory=Revisions)
    dyads: dict[str, Dyad] = field(default_factory=dict)
    silences: dict[str, Silence] = field(default_factory=dict)
    verdicts: dict[str, Feedback] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make what the bounds shape."""
        self.history = History(self.bounds.stories)
        self.places = Places(self.bounds.events)
        self.freshness = Freshness(self.registry)

    def take(self, message: Message) -> None:
        """Take a message of any topic that the page reads; what is unreadable is passed over and logged."""
        try:
            _TAKE[message.topic](self, message)
        except (NotReadable, Unreadable) as error:
            LOGGER.warning(
                "passed over %s[%d]@%d: %s", message.topic, message.partition, message.offset, error
            )

    def begin(self) -> None:
        """Tell from now on what comes: what was there is read."""
        self.history.settle()
        self.live = True

    def status(self, now: datetime, *, failed: bool) -> StatusAnswer:
        """Return how fresh the data is, which sources are silent, and what fires."""
        newest = self.freshness.newest
        age = None if newest is None else max(0.0, now.timestamp() - newest)
        is_stale = age is None or age > self.bounds.stale_after
        return StatusAnswer(
            now=now,
            newest_article_at=None if newest is None else datetime.fromtimestamp(newest, UTC),
            data_age_seconds=None if age is None else round(age, 1),
            state="starting" if not self.live else "failed" if failed else "stale" if is_stale else "ok",
            sources=self.freshness.sources(now),
            sources_late=self.freshness.late(now),
            stories_24h=self.last_day.counts(now),
            rules_firing=self.alarms.firing(now),
            stories_kept=len(self.history),
        )

    def _take_story(self, message: Message) -> None:
        if message.value is None:
            self._gone(message.key, message.ms)
            return
        story = read(StoryGist, message.value)
        self.revisions.take(story, message.ms)
        self.last_day.take(story, datetime.fromtimestamp(message.ms / 1000, UTC))
        kept = self.history.take(story, message.ms, packed(message.partition, message.offset))
        if kept and self.live:
            self.hub.tell("story", kept.text(), kept, told_ms=message.ms)

    def _gone(self, id_: str, ms: int) -> None:
        self.history.forget(id_)
        self.revisions.forget(id_)
        self.last_day.forget(id_)
        if self.live:
            self.hub.tell("gone", orjson.dumps({"id": id_}), told_ms=ms)

    def _take_event(self, message: Message) -> None:
        if message.value:
            self.places.take(message.value, packed(message.partition, message.offset))

    def _take_alert(self, message: Message) -> None:
        alert = read(AlertGist, message.value or b"")
        if not self.alarms.take(alert):
            return
        changed = self.history.fired(alert.rule.id, alert.stories)
        if self.live:
            self.hub.tell("alert", alert_answer(alert).model_dump_json(exclude_none=True).encode())
            for kept in changed:
                self.hub.tell("story", kept.text(), kept)

    def _take_heard(self, message: Message) -> None:
        if HEARD.encode() not in (message.value or b""):
            return
        heard = read(HeardGist, message.value or b"")
        if heard.rule == HEARD:
            self.freshness.hear(heard.subject, heard.at.timestamp())

    def _take_dyad(self, message: Message) -> None:
        if message.value:
            self.dyads[message.key] = dyad = decode(Dyad, message.value)
            if self.live:
                self.hub.tell(
                    "dyad",
                    orjson.dumps({"dyad": dyad.id, "tension": dyad.tension.value, "z": dyad.tension.z}),
                )
        else:
            self.dyads.pop(message.key, None)

    def _take_silence(self, message: Message) -> None:
        self.silences.pop(message.key, None)
        if message.value:
            self.silences[message.key] = decode(Silence, message.value)

    def _take_feedback(self, message: Message) -> None:
        self.verdicts.pop(message.key, None)
        if message.value:
            self.verdicts[message.key] = decode(Feedback, message.value)


_TAKE = {
    STORIES.name: Picture._take_story,  # noqa: SLF001 - the table belongs to the class
    EVENTS.name: Picture._take_event,  # noqa: SLF001
    ALERTS.name: Picture._take_alert,  # noqa: SLF001
    MATCHES.name: Picture._take_heard,  # noqa: SLF001
    DYADS.name: Picture._take_dyad,  # noqa: SLF001
    SILENCES.name: Picture._take_silence,  # noqa: SLF001
    FEEDBACK.name: Picture._take_feedback,  # noqa: SLF001
}
