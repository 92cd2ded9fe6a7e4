"""Precision, recall and F1 of many comparisons: all in all, and by type, status, role and language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streams.evaluation.calibration import calibration
from streams.evaluation.comparing import RECIPROCAL, ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas import Event, Status
    from streams.evaluation.comparing import Comparison, Pair
    from streams.evaluation.gold import Want


@dataclass(slots=True)
class Tally:
    """Counts of what was asked for, what was found, and what of it is right."""

    right: int = 0
    found: int = 0
    asked: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was asked for that was found."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.found + self.asked
        return 2 * self.right / both if both else 0.0

    def as_dict(self) -> dict[str, float]:
        """Return the figures, rounded as they are printed and pinned."""
        return {
            "precision": round(self.precision, 3),
            "recall": round(self.recall, 3),
            "f1": round(self.f1, 3),
            "asked": self.asked,
            "found": self.found,
        }


Tallies = defaultdict[str, Tally]


def cases_figures(comparisons: list[Comparison]) -> dict[str, Any]:
    """Return the figures of these texts.

    `all` is right in type, status and roles; `type` in the type at least. What was found is what is right and
    what is spurious: counted, not neutral, of severity 3 or more, of a type that the gold does not name.
    """
    whole, typed, by_lang = Tally(), Tally(), Tallies(Tally)
    for each in comparisons:
        for pair in each.pairs:
            for tally in (whole, by_lang[each.case.lang]):
                _add(tally, right=pair.found is not None)
            _add(typed, right=(pair.found or pair.near) is not None)
        for tally in (whole, typed, by_lang[each.case.lang]):
            tally.found += len(each.spurious)
    traps = sum(len(each.case.absent) for each in comparisons)
    broken = sum(len(each.broken) for each in comparisons)
    return {
        "texts": len(comparisons),
        "all": whole.as_dict(),
        "type": typed.as_dict(),
        "traps": {"broken": broken, "set": traps},
        "by_lang": _sorted(by_lang),
        "by_status": _sorted(_by_status(comparisons)),
        "by_role": _sorted(_by_role(comparisons)),
        "by_type": _sorted(_by_type(comparisons)),
        "calibration": [each.as_dict() for each in calibration(comparisons)],
    }


def _add(tally: Tally, *, right: bool) -> None:
    tally.asked += 1
    tally.right += right
    tally.found += right


def _by_type(comparisons: Iterable[Comparison]) -> Tallies:
    tallies = Tallies(Tally)
    for each in comparisons:
        for pair in each.pairs:
            _add(tallies[pair.want.type], right=pair.found is not None)
        for event in each.spurious:
            tallies[event.type].found += 1
    return tallies


def _by_status(comparisons: Iterable[Comparison]) -> Tallies:
    """Return a tally for each status; an event in a wrong one counts against that."""
    tallies = Tallies(Tally)
    for each in comparisons:
        for pair in each.pairs:
            if asked := _asked_status(pair):
                _add(tallies[asked], right=pair.found is not None)
                if pair.near and pair.near.status not in pair.want.status:
                    tallies[pair.near.status].found += 1
        for event in each.spurious:
            tallies[event.status].found += 1
    return tallies


def _asked_status(pair: Pair) -> Status | None:
    if not pair.want.status:
        return None
    return pair.found.status if pair.found else pair.want.status[0]


def _by_role(comparisons: Iterable[Comparison]) -> Tallies:
    """Return a tally of ids for each role that the gold gives, where the type was found."""
    tallies = Tallies(Tally)
    for each in comparisons:
        for pair in each.pairs:
            if event := pair.found or pair.near:
                for role, asked, found in _roles(pair.want, event):
                    tallies[role].asked += len(asked)
                    tallies[role].found += len(found)
                    tallies[role].right += len(asked & found)
    return tallies


def _roles(want: Want, event: Event) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    actors, targets = ids(event)
    if event.type in RECIPROCAL:
        roles = [("sides", want.actors | want.targets, actors | targets)]
    else:
        roles = [("actors", want.actors, actors), ("targets", want.targets, targets)]
    if want.object:
        roles.append(("object", frozenset({want.object}), frozenset({event.object} if event.object else ())))
    return [role for role in roles if role[1]]


def _sorted(tallies: Tallies) -> dict[str, dict[str, float]]:
    return {str(name): tally.as_dict() for name, tally in sorted(tallies.items())}
