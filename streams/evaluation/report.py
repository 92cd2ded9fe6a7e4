"""The figures as tables for people, and the misses one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from schemas import Event
    from streams.evaluation.comparing import Comparison
    from streams.evaluation.gold import Want
    from streams.evaluation.probing import Probed

_HEAD = ("precision", "recall", "F1", "asked", "found")
_WIDTH = 28  # of the first column; the longest name of a type is 26
_TABLES = {"by_lang": "language", "by_status": "status", "by_role": "role", "by_type": "type"}


def as_text(name: str, figures: dict[str, Any]) -> str:
    """Return the figures of one set as tables."""
    rate = figures["texts"] / figures["seconds"] if figures["seconds"] else 0.0
    lines = [f"{name}: {figures['texts']:,} texts in {figures['seconds']:.2f} s ({rate:,.0f}/s)"]
    if "all" in figures:
        lines += [
            "",
            _row("", _HEAD),
            _tally("type, status and roles", figures["all"]),
            _tally("type alone", figures["type"]),
        ]
        lines += [_row("traps broken", [f"{figures['traps']['broken']} of {figures['traps']['set']}"])]
        for table, head in _TABLES.items():
            lines += [
                "",
                _row(head, _HEAD),
                *(_tally(label, tally) for label, tally in figures[table].items()),
            ]
        lines += ["", *_calibration(figures["calibration"])]
    if "probes" in figures:
        lines += ["", _row("probes", ("right", "seen", "probes")), *_probes(figures["probes"])]
    return "\n".join(lines)


def _row(label: str, cells: Iterable[str]) -> str:
    return f"{label:<{_WIDTH}}" + "".join(f"{cell:>10}" for cell in cells)


def _tally(label: str, tally: dict[str, float]) -> str:
    shares = [f"{tally[name]:.3f}" for name in ("precision", "recall", "f1")]
    return _row(label, [*shares, f"{tally['asked']:,}", f"{tally['found']:,}"])


def _calibration(bins: list[dict[str, float]]) -> Iterator[str]:
    yield _row("confidence", ("mean", "right", "events"))
    for each in bins:
        label = f"{each['from']:.1f} to {each['from'] + 0.1:.1f}"
        yield _row(label, [f"{each['confidence']:.3f}", f"{each['right']:.3f}", f"{each['events']:,}"])


def _probes(groups: dict[str, dict[str, Any]]) -> Iterator[str]:
    for label, group in groups.items():
        seen = "-" if group["seen"] is None else f"{group['seen']:.3f}"
        yield _row(label, [f"{group['right']:.3f}", seen, f"{group['probes']:,}"])


def misses(comparisons: Iterable[Comparison], probed: Iterable[Probed]) -> Iterator[str]:
    """Yield a line for every event missed or invented, every trap broken, every probe failed."""
    for each in comparisons:
        found = _found(each.events)
        for pair in each.pairs:
            if pair.found is None:
                yield f"missed    {each.case.id}  {_asked(pair.want)}  found: {found}"
        for event in each.spurious:
            yield f"invented  {each.case.id}  {_said(event)}  in: {event.evidence.quote}"
        for trap in each.broken:
            yield f"trapped   {each.case.id}  {trap}  found: {found}"
    for answer in probed:
        if not answer.right:
            yield f"probe     {answer.probe.id}  {answer.probe.body}"


def _asked(want: Want) -> str:
    return f"{want.type} {'|'.join(want.status) or 'any'} {_ids(want.actors)} > {_ids(want.targets)}"


def _found(events: list[Event]) -> str:
    return "; ".join(_said(event) for event in events) or "nothing"


def _said(event: Event) -> str:
    actors, targets = ([party.id for party in side] for side in (event.actors, event.targets))
    return f"{event.type} {event.status} {_ids(actors)} > {_ids(targets)} ({event.confidence:.2f})"


def _ids(parties: Iterable[str]) -> str:
    return ",".join(sorted(parties)) or "-"
