"""Article → events; a second version of an article → the withdrawal of what it no longer says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Article, Event, Reading, Withdrawal, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import ARTICLES, EVENTS, MATCHES, READINGS
from streams.stages.judge import SPEAKER
from streams.stages.record import ENTERED, OutRecord
from streams.stories import block_key

if TYPE_CHECKING:
    from datetime import datetime

    from streams.metrics import Metrics
    from streams.stages.heard import Listening
    from streams.stages.readings import Readings
    from streams.stages.record import InRecord
    from streams.tagging import Tagger


class Tag:
    """Reads articles; the events are keyed by what must meet to be merged."""

    name = "tag"
    source = ARTICLES

    def __init__(
        self, tagger: Tagger, readings: Readings, metrics: Metrics, listening: Listening | None = None
    ) -> None:
        """Make a stage; `listening` tells which sources are heard from, without it nobody is told."""
        self._tagger, self._readings, self._metrics = tagger, readings, metrics
        self._listening = listening

    def restore(self, value: bytes | None) -> None:
        """Take back which version of an article was read before."""
        self._readings.restore(decode(Reading, value))

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the events of an article, and what takes back those of its older versions."""
        article = decode(Article, record.value)
        self._metrics.articles.received(article, now)
        if not article.backfill:
            self._metrics.articles.heard(article.source, record.timestamp)
        heard = self._heard(article, record, now)
        if self._readings.is_outdated(article.id, record.offset):
            self._nothing("outdated", article)
            return heard
        article = self._readings.as_first_dated(article)
        events = self._events(article, now)
        taken = self._readings.take(article, record.offset, events, now)
        entered = {ENTERED: str(round(record.timestamp * 1000)).encode()}
        out = [self._out(event, block_key(event), entered, now) for event in events]
        if taken.withdrawal:
            out += [self._out(taken.withdrawal, block, entered, now) for block in taken.told_to]
        if taken.reading:
            headers = cloudevents(taken.reading, source=self.name, time=now)
            key, value = article.id.encode(), encode(taken.reading)
            out.append(OutRecord(READINGS.name, key, value, headers, record.partition))
        return [*out, *heard]

    def _heard(self, article: Article, record: InRecord, now: datetime) -> list[OutRecord]:
        heard = (
            self._listening.hear(article.source, record.timestamp)
            if self._listening and not article.backfill
            else None
        )
        if heard is None:
            return []
        headers = cloudevents(heard, source=self.name, time=now)
        return [OutRecord(MATCHES.name, heard.id.encode(), encode(heard), headers, SPEAKER)]

    def _events(self, article: Article, now: datetime) -> list[Event]:
        if article.retracted:
            self._nothing("retracted", article)
            return []
        tagged = self._tagger.tag(article, now=now)
        count = self._metrics.articles
        count.tagged(tagged.outcome, tagged.lang, article.source, len(tagged.events))
        count.candidates_dropped(tagged.dropped)
        if tagged.why_nothing:
            count.dropped(self.name, tagged.why_nothing)
        for event in tagged.events:
            self._metrics.events.emitted(event)
        return tagged.events

    def _nothing(self, outcome: str, article: Article) -> None:
        """Count an article that is not read for events."""
        self._metrics.articles.tagged(outcome, article.lang or "", article.source)
        self._metrics.articles.dropped(self.name, outcome)

    def _out(
        self, told: Event | Withdrawal, block: str, entered: dict[str, bytes], now: datetime
    ) -> OutRecord:
        headers = cloudevents(told, source=self.name, time=now) | entered
        return OutRecord(EVENTS.name, block.encode(), encode(told), headers)
