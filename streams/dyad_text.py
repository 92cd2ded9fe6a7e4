"""The state of a dyad as text: the number, what it is measured against, contacts, and the stories that make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from streams.delivery.terminal import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from schemas import Dyad
    from schemas.dyad import Contact, Tension
    from streams.tension import Explanation, Formula, Share

_KNOWN = {True: " (from a look back)", False: ""}


def show(console: Console, explanation: Explanation, formula: Formula, *, most: int) -> None:
    """Print a dyad and the `most` largest shares of its value; what the other stories add is told in one line."""
    dyad = explanation.dyad
    console.print(Text(f"{dyad.id} as of {dyad.as_of}, formula {dyad.formula}", style="bold"))
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column()
    for name, said in _facts(dyad, formula):
        grid.add_row(name, Text(one_line(said)))
    console.print(grid)
    console.print()
    shares = explanation.shares[dyad.id]
    value = explanation.values[dyad.id]
    console.print(Text(f"{dyad.id} = {value:+.3f}: {_count(len(shares), 'story', 'stories')}"))
    if shares:
        console.print(_table(shares, most))


def _facts(dyad: Dyad, formula: Formula) -> Iterator[tuple[str, str]]:
    yield "tension", _numbers(dyad.tension, dyad, formula)
    for tension in dyad.directed:
        yield "", _numbers(tension, dyad, formula)
    window = dyad.window
    baseline = f"{window.baseline_days} of {formula.baseline_days.value} days of baseline"
    monitored = f"{window.start} to {dyad.as_of}: {_count(window.monitored_days, 'day')} monitored"
    yield "window", f"{monitored}, {baseline}, volume {window.relative_volume:g} times the usual"
    silence = "no contact is held" if dyad.silence_days is None else _count(dyad.silence_days, "day")
    yield "silence", silence
    for contact in dyad.contacts:
        yield contact.channel, _contact(contact)
    refusals = dyad.refusals
    by = f" by {' and '.join(refusals.by)}" if refusals.by else ""
    last = f"; the last known {refusals.last}{_KNOWN[refusals.background]}" if refusals.last else ""
    yield "refusals", f"{refusals.in_a_row or 'none'} since the last contact{by}{last}"
    yield "lines", f"{dyad.lines_open} open, {dyad.lines_cut} cut"
    for line in dyad.lines:
        yield "", f"{line.name}: {line.state} since {line.since}{_KNOWN[line.background]}"


def _numbers(tension: Tension, dyad: Dyad, formula: Formula) -> str:
    said = f"{tension.direction} {tension.value:+.3f} of {_count(tension.stories, 'story', 'stories')}"
    match tension.no_z:
        case "few_days":
            needed = formula.baseline_minimum_days.value
            return f"{said}; no z with {dyad.window.baseline_days} days of baseline, it takes {needed}"
        case "no_spread":
            return f"{said}; no z, the baseline has no spread around {tension.median:+.3f}"
    return f"{said}; z {tension.z:+.2f} (median {tension.median:+.3f}, MAD {tension.mad:.3f})"


def _contact(contact: Contact) -> str:
    silence = f"{_count(contact.silence_days, 'day')} ago" if contact.silence_days else "on that day"
    said = f"{contact.day}, {silence}{_KNOWN[contact.background]}: {contact.headline}"
    return f"{said}. {contact.sentence}" if contact.sentence else said


def _table(shares: Sequence[Share], most: int) -> Table:
    table = Table(box=None, padding=(0, 1), pad_edge=False, header_style="dim")
    for name in ("share", "part", "severity", "origins", "decay", "volume"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("day", "way"):
        table.add_column(name, no_wrap=True)
    table.add_column("story", overflow="fold")
    for share in shares[:most]:
        table.add_row(
            f"{share.share:+.3f}",
            f"{share.part:.0%}",
            f"{share.severity:g}",
            f"{share.origins}",
            f"{share.decay:.3f}",
            f"{share.relative_volume:.2f}",
            f"{share.day}",
            share.way,
            Text(one_line(share.headline)),
        )
    if rest := shares[most:]:
        part = sum(share.part for share in rest)
        added = sum(share.share for share in rest)
        table.add_row(
            f"{added:+.3f}", f"{part:.0%}", *[""] * 6, _count(len(rest), "more story", "more stories")
        )
    return table


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"
