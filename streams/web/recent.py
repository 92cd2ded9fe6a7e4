"""What was told within the last day, and the latest alerts. Pure."""

from __future__ import annotations

import re
from collections import Counter, deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from schemas import Novelty, Polarity
from schemas.alert import WATCHDOG
from streams.web.answers import AlertAnswer, ByPolarity, FiringRule
from streams.web.offsets import unpacked

if TYPE_CHECKING:
    from streams.web.gist import AlertGist, StoryGist

DAY = timedelta(days=1)
MOST_ALERTS = 1_000  # of which it is known why they were raised; two kilobytes each
_ID = re.compile(rb'\{"id":"([0-9a-f]{1,64})","type":"')


class Places:
    """Where each event lies on its topic, of the latest ones: a mention is read when somebody looks at its story."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at: dict[int, int] = {}

    def take(self, raw: bytes, place: int) -> None:
        """Note where an event lies; what is none is passed over."""
        head = _ID.match(raw)
        if head is None:
            return
        self._at[_key(head[1].decode())] = place
        if len(self._at) > self._most:
            del self._at[next(iter(self._at))]

    def __len__(self) -> int:
        return len(self._at)

    def of(self, event: str) -> tuple[int, int] | None:
        """Return partition and offset of an event; None when it is not known."""
        found = self._at.get(_key(event))
        return None if found is None else unpacked(found)


class LastDay:
    """What happened, as stories that were first told within a day: two hundred reports of one thing are one."""

    def __init__(self) -> None:
        self._told: dict[str, tuple[datetime, Polarity]] = {}  # story → when it was first told

    def take(self, story: StoryGist, now: datetime) -> None:
        """Take a revision of a story, which comes in now. Background, plans and what was taken back do not count."""
        happened = story.status.counts and story.novelty is not Novelty.BACKGROUND and not story.cancelled
        if happened and story.first_seen > now - DAY:
            self._told[story.id] = story.first_seen, story.polarity
        else:
            self._told.pop(story.id, None)

    def forget(self, id_: str) -> None:
        """Let go of a story."""
        self._told.pop(id_, None)

    def counts(self, now: datetime) -> ByPolarity:
        """Return how many stories of each polarity there are."""
        self._told = {id_: told for id_, told in self._told.items() if told[0] > now - DAY}
        totals = Counter(polarity for _, polarity in self._told.values())
        return ByPolarity(**{polarity.value: totals[polarity] for polarity in Polarity})


def _key(event: str) -> int:
    """Return sixty bits of an id: a tenth of its memory, and two of a million events that share them are unheard of."""
    try:
        return int(event[:15], 16)
    except ValueError:
        return hash(event)


class Alarms:
    """The latest alerts, each once, save those that say nothing but that the alerting works."""

    def __init__(self, most: int = MOST_ALERTS) -> None:
        self._alerts: deque[AlertGist] = deque(maxlen=most)
        self._known: dict[str, None] = {}

    def take(self, alert: AlertGist) -> bool:
        """Take an alert; tell whether it is new."""
        if alert.id in self._known or WATCHDOG in alert.labels:
            return False
        if len(self._known) > 4 * MOST_ALERTS:
            del self._known[next(iter(self._known))]
        self._known[alert.id] = None
        self._alerts.append(alert)
        return True

    def on(self, story: str) -> list[AlertGist]:
        """Return the alerts that tell of a story, the latest last."""
        return [alert for alert in self._alerts if story in alert.stories]

    def firing(self, now: datetime) -> list[FiringRule]:
        """Return the rules that alerted within a day, the latest first."""
        since = now - DAY
        by_rule: dict[str, list[AlertGist]] = {}
        for alert in self._alerts:
            if alert.raised_at >= since and alert.msg_type != "Cancel":
                by_rule.setdefault(alert.rule.id, []).append(alert)
        told = [
            FiringRule(
                rule=id_,
                title=alerts[-1].rule.title,
                severity=max(alert.severity for alert in alerts),
                alerts_24h=sum(alert.msg_type == "Alert" for alert in alerts),
                last_raised_at=max(alert.raised_at for alert in alerts),
            )
            for id_, alerts in by_rule.items()
        ]
        return sorted(told, key=lambda one: one.last_raised_at, reverse=True)


def alert_answer(alert: AlertGist) -> AlertAnswer:
    """Return an alert as the stream tells it."""
    return AlertAnswer(
        id=alert.id,
        msg_type=alert.msg_type,
        rule=alert.rule.id,
        title=alert.rule.title,
        severity=alert.severity,
        polarity=alert.polarity,
        confirmed=alert.confirmed,
        summary=alert.summary,
        stories=list(alert.stories),
        dyads=alert.dyads,
        raised_at=alert.raised_at.astimezone(UTC),
    )
