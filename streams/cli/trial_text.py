"""A back-test as text or JSON: rules in a table, days as bars, samples with why, what a second version changes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from streams.delivery.text import headline
from streams.rehearsal.backtest import UNSURE

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from datetime import date

    from rich.console import RenderableType

    from streams.rehearsal.backtest import Difference, RuleTrial, Trial

BARS = 60  # rows of the picture at the most; more days share a row
WIDTH = 50  # characters of the longest bar
SHOWN = 5  # sentences of each kind of difference


def as_text(trial: Trial, changes: Iterable[Difference] | None) -> RenderableType:
    """Return the whole report. `changes`: against another version, None without one."""
    parts: list[RenderableType] = [
        _table(trial),
        *_silent(trial),
        Text(),
        *_picture(trial.per_day()),
        *_samples(trial),
    ]
    if changes is not None:
        parts += _changes(list(changes))
    return Group(*parts)


def as_json(trial: Trial, changes: Iterable[Difference] | None) -> dict[str, Any]:
    """Return the report for programs."""
    report: dict[str, Any] = {
        "days": len(trial.days),
        "first": f"{min(trial.days)}" if trial.days else None,
        "last": f"{max(trial.days)}" if trial.days else None,
        "untried": trial.untried,
        "rules": [
            {
                "rule": one.rule,
                "version": one.version,
                "messages": dict(one.messages),
                "per_day": {f"{day}": count for day, count in sorted(one.per_day().items())},
                "noise": one.noise(),
                "samples": [
                    {
                        "id": alert.id,
                        "story": alert.story.id if alert.story else None,
                        "summary": alert.summary,
                        "severity": alert.severity,
                        "polarity": alert.polarity.value,
                        "at": f"{alert.raised_at.isoformat()}",
                        "why": {why.name: why.value for why in alert.why},
                        "quote": alert.evidence[0].evidence.quote if alert.evidence else None,
                    }
                    for alert in one.samples
                ],
            }
            for one in trial.rules.values()
        ],
    }
    if changes is not None:
        report["changes"] = [
            {"rule": one.rule, "more": one.more, "less": one.less, "same": one.same} for one in changes
        ]
    return report


def _table(trial: Trial) -> Table:
    table = Table(
        title=f"{len(trial.days)} days with reports", title_justify="left", box=None, pad_edge=False
    )
    table.add_column("rule", no_wrap=True)
    shares = ("never confirmed", "one origin", f"confidence < {UNSURE:g}", "cancelled later")
    for name in ("alerts", "a day", "most", "updates", "cancels", *shares):
        table.add_column(name, justify="right")
    for one in trial.rules.values():
        if one.threads:
            table.add_row(*_row(one, max(1, len(trial.days))))
    return table


def _silent(trial: Trial) -> Iterator[RenderableType]:
    silent = [one.rule for one in trial.rules.values() if not one.threads and one.rule not in trial.untried]
    if silent:
        yield Text(f"never fired: {', '.join(silent)}")
    if trial.untried:
        yield Text(f"not tried, as they follow a clock or the tension index: {', '.join(trial.untried)}")


def _row(one: RuleTrial, days: int) -> Iterator[str]:
    alerts = one.messages["Alert"]
    yield f"{one.rule} v{one.version}"
    yield f"{alerts:,}"
    yield f"{alerts / days:.2f}"
    yield f"{max(one.per_day().values(), default=0):,}"
    yield f"{one.messages['Update']:,}"
    yield f"{one.messages['Cancel']:,}"
    yield from (f"{share:.0%}" for share in one.noise().values())


def _picture(per_day: Counter[date]) -> Iterator[RenderableType]:
    """Yield the days as bars, from the first with an alert to the last; many days share a bar."""
    if not per_day:
        yield Text("no alert\n")
        return
    first, last = min(per_day), max(per_day)
    step = -(-((last - first).days + 1) // BARS)
    sums = [
        (
            first + timedelta(days=start),
            sum(per_day[first + timedelta(days=start + at)] for at in range(step)),
        )
        for start in range(0, (last - first).days + 1, step)
    ]
    most = max(count for _, count in sums)
    yield Text("new alerts a day" if step == 1 else f"new alerts in {step} days from")
    for day, count in sums:
        yield Text(f"{day}  {'█' * -(-count * WIDTH // most)} {count:,}")
    yield Text()


def _samples(trial: Trial) -> Iterator[RenderableType]:
    for one in trial.rules.values():
        for number, alert in enumerate(one.samples):
            if number == 0:
                yield Text(f"{one.rule}: {one.title}", style="bold")
            yield Text(f"  {alert.raised_at:%Y-%m-%d} {headline(alert)}")
            yield Text(f"    as {', '.join(f'{why.name} is {why.value}' for why in alert.why)}", style="dim")
            for quote in alert.evidence[:1]:
                yield Text(f"    “{quote.evidence.quote}” — {quote.source}", style="dim")
        if one.samples:
            yield Text()


def _changes(changes: list[Difference]) -> Iterator[RenderableType]:
    yield Text("against the other version", style="bold")
    if not changes:
        yield Text("  the same alerts")
    for one in changes:
        yield Text(f"  {one.rule}: {len(one.more):,} more, {len(one.less):,} fewer, {one.same:,} the same")
        yield from (Text(f"    + {sentence}") for sentence in one.more[:SHOWN])
        yield from (Text(f"    - {sentence}") for sentence in one.less[:SHOWN])
