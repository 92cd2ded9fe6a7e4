"""The page of figures: its prose is written by people, the tables between its marks by the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BEGIN = "<!-- figures: written by `tocsin eval --pin` -->"
_END = "<!-- end of figures -->"
_TALLY = ("precision", "recall", "f1", "asked")


class UnmarkedPage(TocsinError):
    """The page lacks the marks between which the figures stand."""


def fill(page: str, figures: dict[str, Any]) -> str:
    """Return the page with these figures. Raises UnmarkedPage when it does not say where they go."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise UnmarkedPage(f"the page of figures needs the lines {_BEGIN} and {_END}")
    return "\n".join([before + begin, "", *_tables(figures), "", end + after])


def _tables(figures: dict[str, Any]) -> Iterator[str]:
    cases = {name: each for name, each in figures.items() if "all" in each}
    yield from _table(
        ("set", "texts", *_TALLY, "type alone, f1", "traps broken"),
        [
            (
                name,
                each["texts"],
                *_cells(each["all"]),
                each["type"]["f1"],
                "{broken} of {set}".format(**each["traps"]),
            )
            for name, each in cases.items()
        ],
    )
    for name, each in cases.items():
        for group, head in (("by_lang", "language"), ("by_status", "status"), ("by_role", "role")):
            yield ""
            rows = [(label, *_cells(tally)) for label, tally in each[group].items()]
            yield from _table((f"{name}, {head}", *_TALLY), rows)
        yield ""
        bins = [
            (bin_["from"], bin_["confidence"], bin_["right"], bin_["events"]) for bin_ in each["calibration"]
        ]
        yield from _table((f"{name}, confidence from", "mean", "right", "events"), bins)
    asked = [
        (name, *group.values()) for each in figures.values() for name, group in each.get("probes", {}).items()
    ]
    yield ""
    yield from _table(("probes", "n", "right", "seen"), asked)


def _cells(tally: dict[str, float]) -> list[float]:
    return [tally[name] for name in _TALLY]


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    heads = list(head)
    yield f"| {' | '.join(heads)} |"
    yield f"|---{'|---:' * (len(heads) - 1)}|"
    for row in rows:
        yield f"| {' | '.join(_shown(cell) for cell in row)} |"


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:.3f}"
    return "" if cell is None else str(cell)
