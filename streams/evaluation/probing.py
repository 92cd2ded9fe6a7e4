"""Probes: whether a sentence that says what did not happen yields an event that counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from streams.evaluation.comparing import RECIPROCAL, ids
from streams.evaluation.gold import Probe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas import Event


@dataclass(frozen=True, slots=True)
class Probed:
    """The answer to one probe: `right` if nothing counts that should not, `seen` if found in its status.

    What is merely requested has no status of its own: `seen` is None.
    """

    probe: Probe
    right: bool
    seen: bool | None


def probe(asked: Probe, events: list[Event]) -> Probed:
    """Return whether the actor of the probe is said to have done it only where the sentence says so."""
    of_type = [event for event in events if event.type == asked.type and _by(asked.actor, event)]
    counted = any(event.status.counts for event in of_type)
    happened = asked.probe == "occurred"
    if asked.status is None:
        return Probed(asked, right=not counted, seen=None)
    seen = counted if happened else any(event.status == asked.status for event in of_type)
    return Probed(asked, right=counted == happened, seen=seen)


def _by(actor: str | None, event: Event) -> bool:
    actors, targets = ids(event)
    return actor is None or not actors or actor in (actors | targets if event.type in RECIPROCAL else actors)


def probes_figures(answers: Iterable[Probed]) -> dict[str, Any]:
    """Return the shares of probes that are right and that are seen, by language and kind."""
    groups: dict[str, list[Probed]] = defaultdict(list)
    for answer in answers:
        groups[f"{answer.probe.lang} {answer.probe.probe}"].append(answer)
    return {name: _shares(group) for name, group in sorted(groups.items())}


def _shares(group: list[Probed]) -> dict[str, Any]:
    seen = [answer.seen for answer in group if answer.seen is not None]
    return {
        "probes": len(group),
        "right": round(sum(answer.right for answer in group) / len(group), 3),
        "seen": round(sum(seen) / len(seen), 3) if seen else None,
    }
