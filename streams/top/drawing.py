"""A picture, drawn for a terminal of any width. Colours say nothing that words do not say too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from streams.sources.standing import Standing

if TYPE_CHECKING:
    from datetime import timedelta

    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

    from streams.top.picture import Picture, Worker

SIDE_BY_SIDE = 100  # columns from which on two parts stand beside each other
NARROW = 60  # columns below which what is least needed is left out
MOST_DYADS = 12
MOST_ALERTS = 10
FEWEST = 3  # of dyads and of alerts, however low the terminal is

UP, DOWN, WELL, LOOK, WRONG, DIM = "dark_orange", "dodger_blue2", "green", "yellow", "red", "dim"
SIGNS = {"escalatory": ("▲", UP), "deescalatory": ("▼", DOWN), "neutral": ("•", DIM)}
STANDS = {Standing.ALIVE: WELL, Standing.LATE: LOOK, Standing.DEAD: WRONG, Standing.UNKNOWN: DIM}


class Drawing:
    """Draws a picture as wide as the terminal is. `lines`: how high it is; None where that does not matter."""

    def __init__(self, picture: Picture, *, lines: int | None = None) -> None:
        self._picture, self._lines = picture, lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the parts, beside each other where there is room; alerts get the lines that are left."""
        width = options.max_width
        is_narrow = width < NARROW
        left = Group(self._stages(is_narrow=is_narrow), Text(), self._waiting())
        if width >= SIDE_BY_SIDE:
            beside = Table.grid(expand=True, padding=(0, 2))
            beside.add_column(ratio=1)
            beside.add_column(ratio=1)
            beside.add_row(left, Group(self._sources(), Text(), self._dyads(MOST_DYADS, is_narrow=is_narrow)))
            body: RenderableType = beside
        else:
            dyads = MOST_DYADS if self._lines is None else max(self._lines // 8, FEWEST)
            right = Group(self._sources(), Text(), self._dyads(dyads, is_narrow=is_narrow))
            body = Group(left, Text(), right)
        above = Group(self._head(), Text(), body, Text())
        yield above
        alerts = MOST_ALERTS
        if self._lines is not None:
            alerts = max(self._lines - 1 - len(console.render_lines(above, options)), FEWEST)
        yield self._latest(alerts, is_narrow=is_narrow)

    def _head(self) -> RenderableType:
        picture = self._picture
        up = sum(worker.why is None for worker in picture.workers)
        head = Text(f"tocsin {picture.at:%H:%M:%S}  ", style="bold")
        head.append(
            f"{up} of {len(picture.workers)} worker{'s' * (len(picture.workers) != 1)} up",
            WELL if up == len(picture.workers) else WRONG,
        )
        if picture.half_within is not None and picture.most_within is not None:
            head.append(
                f"  article to alert: half within {_seconds(picture.half_within)}, "
                f"99 in 100 within {_seconds(picture.most_within)}",
                "",
            )
        return Group(head, *map(_worker, picture.workers))

    def _stages(self, *, is_narrow: bool) -> RenderableType:
        table = _table("stage", "per second", *(() if is_narrow else ("work",)), "dead letters")
        for stage in self._picture.stages:
            work = "-" if stage.work is None else f"{1000 * stage.work:.1f} ms"
            dead = Text(f"{stage.dead:,}", WRONG if stage.dead else DIM)
            table.add_row(stage.name, f"{stage.per_second:,.1f}", *(() if is_narrow else (work,)), dead)
        return table

    def _waiting(self) -> RenderableType:
        waiting = {topic: lag for topic, lag in self._picture.waiting.items() if lag}
        if not waiting:
            return Text("nothing waits", DIM)
        table = _table("topic", "waiting")
        for topic, lag in waiting.items():
            table.add_row(topic, Text(f"{lag:,}", LOOK))
        return table

    def _sources(self) -> RenderableType:
        counts = Text("sources  ", style="bold")
        for standing, count in self._picture.sources.items():
            counts.append(f"{count} {standing.value}  ", STANDS[standing] if count else DIM)
        table = _table("silent", "for", "expected every")
        for source in self._picture.silent:
            table.add_row(
                Text(f"{source.id} ({source.standing.value})", STANDS[source.standing]),
                _span(source.age),
                _span(source.interval),
            )
        return Group(counts, table) if self._picture.silent else counts

    def _dyads(self, most: int, *, is_narrow: bool) -> RenderableType:
        table = _table("dyad", "z", "tension", *(() if is_narrow else ("days since contact",)))
        for pair in self._picture.dyads[:most]:
            contact = "-" if pair.days_since_contact is None else str(pair.days_since_contact)
            style = "" if pair.z is None else UP if pair.z >= 2 else DOWN if pair.z <= -2 else ""  # noqa: PLR2004 - unusual
            z = Text("-" if pair.z is None else f"{pair.z:+.1f}", style)
            table.add_row(pair.id, z, f"{pair.tension:.1f}", *(() if is_narrow else (contact,)))
        beyond = len(self._picture.dyads) - most
        return Group(table, Text(f"and {beyond} that are nearer to the usual", DIM)) if beyond > 0 else table

    def _latest(self, most: int, *, is_narrow: bool) -> RenderableType:
        picture = self._picture
        if picture.no_alerts:
            return Text(f"alerts: {picture.no_alerts}", LOOK)
        if not picture.alerts:
            return Text("no alerts yet", DIM)
        table = Table(box=None, expand=True, padding=(0, 1), show_edge=False, title_justify="left")
        for name in ("at", "", "", *(() if is_narrow else ("rule",)), "alert"):
            table.add_column(name, header_style="bold", no_wrap=name != "alert", overflow="ellipsis")
        table.columns[-1].ratio = 1
        for told in picture.alerts[:most]:
            sign, colour = SIGNS.get(told.polarity, SIGNS["neutral"])
            kind = "" if told.msg_type == "Alert" else f"{told.msg_type}: "
            table.add_row(
                f"{told.at:%H:%M}",
                Text(sign, colour),
                Text(f"{told.severity:.0f}", colour),
                *(() if is_narrow else (told.rule,)),
                Text(f"{kind}{told.summary}"),
            )
        return table


def _worker(worker: Worker) -> Text:
    if worker.why:
        return Text(f"{worker.url}: {worker.why}", WRONG)
    return Text(f"{worker.url}: {worker.partitions} partitions, {worker.memory / 1e6:,.0f} MB", DIM)


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, padding=(0, 1), show_edge=False)
    table.add_column(first, header_style="bold", overflow="ellipsis", no_wrap=True)
    for number in numbers:
        table.add_column(number, header_style="bold", justify="right", overflow="ellipsis", no_wrap=True)
    return table


def _seconds(seconds: float) -> str:
    return "longer" if seconds == float("inf") else f"{seconds:g} s"


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
