"""One picture of the line: two looks at its workers and the latest alerts → what there is to show. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from streams.delivery.terminal import one_line
from streams.sources.standing import Standing, standing
from streams.top.samples import Samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Alert

DAY = 86_400
MOST_LATE = 8  # sources named; the counts say how many there are


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker. `why` it does not answer; None when it does."""

    url: str
    why: str | None
    partitions: int = 0
    memory: float = 0.0  # bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What all workers said at one moment."""

    at: datetime
    workers: tuple[Worker, ...]
    samples: Samples

    @property
    def is_blind(self) -> bool:
        """Whether no worker answered."""
        return all(worker.why for worker in self.workers)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: messages a second, seconds of work on one, dead letters since its workers started."""

    name: str
    per_second: float
    work: float | None
    dead: int


@dataclass(frozen=True, slots=True)
class Silent:
    """A source that is late or dead."""

    id: str
    standing: Standing
    age: timedelta
    interval: timedelta


@dataclass(frozen=True, slots=True)
class Pair:
    """A watched dyad. None: not known yet."""

    id: str
    tension: float
    z: float | None
    days_since_contact: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """An alert in one line."""

    at: datetime
    msg_type: str
    rule: str
    severity: float
    polarity: str
    summary: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is shown. `no_alerts` says why the alerts could not be read; None when they were."""

    at: datetime
    over: timedelta
    workers: tuple[Worker, ...]
    stages: tuple[Stage, ...]
    waiting: dict[str, int]
    half_within: float | None  # seconds from an article to its alert, of half of them
    most_within: float | None  # of 99 in 100
    sources: dict[Standing, int]
    silent: tuple[Silent, ...]
    dyads: tuple[Pair, ...]
    alerts: tuple[Told, ...]
    no_alerts: str | None


def paint(before: Look, now: Look, alerts: Sequence[Alert], no_alerts: str | None = None) -> Picture:
    """Return the picture of now, with the rates since the look before; the latest alert comes first."""
    samples = now.samples
    sources = _sources(samples, now.at)
    standings = [source.standing for source in sources]
    silent = [source for source in sources if source.standing in (Standing.LATE, Standing.DEAD)]
    return Picture(
        at=now.at,
        over=now.at - before.at,
        workers=now.workers,
        stages=_stages(before, now),
        waiting={
            topic.removeprefix("tocsin."): int(lag)
            for topic, lag in sorted(samples.by("tocsin_consumer_lag_messages", "topic").items())
        },
        half_within=samples.quantile("tocsin_end_to_end_seconds", 0.5),
        most_within=samples.quantile("tocsin_end_to_end_seconds", 0.99),
        sources={each: standings.count(each) for each in Standing},
        silent=tuple(sorted(silent, key=lambda source: source.interval / source.age)[:MOST_LATE]),
        dyads=_dyads(samples, now.at),
        alerts=tuple(map(_told, sorted(alerts, key=lambda alert: alert.raised_at, reverse=True))),
        no_alerts=no_alerts,
    )


def _stages(before: Look, now: Look) -> tuple[Stage, ...]:
    counts, sums = (f"tocsin_stage_duration_seconds_{part}" for part in ("count", "sum"))
    earlier, worked = before.samples.by(counts, "stage"), before.samples.by(sums, "stage")
    dead = now.samples.by("tocsin_records_failed_total", "stage")
    seconds = (now.at - before.at).total_seconds()
    stages = []
    for name, count in now.samples.by(counts, "stage").items():
        done = _grown(count, earlier.get(name, 0.0))
        work = _grown(now.samples.by(sums, "stage").get(name, 0.0), worked.get(name, 0.0))
        stages.append(
            Stage(
                name=name,
                per_second=done / seconds if seconds > 0 else 0.0,
                work=work / done if done else None,
                dead=int(dead.get(name, 0)),
            )
        )
    return tuple(stages)


def _grown(now: float, before: float) -> float:
    """Return how much a counter grew; one that fell began anew."""
    return now - before if now >= before else now


def _sources(samples: Samples, at: datetime) -> list[Silent]:
    last = samples.by("tocsin_source_last_article_timestamp_seconds", "source")
    expected = samples.by("tocsin_source_expected_interval_seconds", "source")
    found = []
    for id_, heard in last.items():
        age = max(at - datetime.fromtimestamp(heard, at.tzinfo), timedelta(0))
        interval = timedelta(seconds=expected[id_]) if id_ in expected else None
        found.append(Silent(id_, standing(age, interval), age, interval or timedelta(0)))
    return found


def _dyads(samples: Samples, at: datetime) -> tuple[Pair, ...]:
    """Return the watched dyads, the most unusual first, whichever way."""
    z = samples.by("tocsin_dyad_tension_z", "dyad")
    contacts: dict[str, float] = {}
    for labels, when in samples.values.get("tocsin_dyad_last_contact_timestamp_seconds", {}).items():
        dyad = dict(labels)["dyad"]
        contacts[dyad] = max(when, contacts.get(dyad, 0.0))
    pairs = [
        Pair(
            id=dyad,
            tension=tension,
            z=z.get(dyad),
            days_since_contact=int((at.timestamp() - contacts[dyad]) // DAY) if dyad in contacts else None,
        )
        for dyad, tension in samples.by("tocsin_dyad_tension", "dyad").items()
        if ">" not in dyad  # both ways together, not what one did to the other
    ]
    return tuple(sorted(pairs, key=lambda pair: (-abs(pair.z or 0.0), -abs(pair.tension), pair.id)))


def _told(alert: Alert) -> Told:
    return Told(
        at=alert.raised_at,
        msg_type=alert.msg_type,
        rule=alert.rule.id,
        severity=alert.severity,
        polarity=alert.polarity.value,
        summary=one_line(alert.summary),
    )
