"""Which events must meet: the dyad they are about, and with type and date the story they belong to."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from schemas.base import stable_id

if TYPE_CHECKING:
    from schemas import Event, EventDate

NO_PARTY = "-"


def block_key(event: Event) -> str:
    """Return what must meet to be merged: the undirected dyad, as `RUS-USA`.

    With several parties it is the first in alphabetical order of the dyads between actors and targets,
    or of those among the actors where there is no target. One party gives `RUS-`, none gives `-`.
    """
    actors, targets = _ids(event)
    if dyads := _dyads(actors, targets):
        return dyads[0]
    return f"{min(actors | targets)}-" if actors | targets else NO_PARTY


def dyads(event: Event) -> list[str]:
    """Return every undirected dyad that the event is about, in alphabetical order; a rival makes one too."""
    actors, targets = _ids(event)
    return sorted({*_dyads(actors, targets), *_between(actors, {party.id for party in event.rival})})


def story_id(event: Event) -> str:
    """Return the id of the story an event belongs to: of its type, its block and its date."""
    return stable_id("story", event.type, block_key(event), _date_key(event.event_date))


def _date_key(when: EventDate) -> str:
    """Return the day or interval that is known; an unknown date never meets a known one that looks alike."""
    if when.precision == "unknown":
        return f"unknown, reported {when.start}"
    return str(when.start) if when.start == when.end else f"{when.start}/{when.end}"


def _ids(event: Event) -> tuple[set[str], set[str]]:
    return {party.id for party in event.actors}, {party.id for party in event.targets}


def _dyads(actors: set[str], targets: set[str]) -> list[str]:
    """Between the two sides; among the one side that there is, as when a text says 'the two met'."""
    across = _between(actors, targets)
    return across or ["-".join(pair) for pair in combinations(sorted(actors | targets), 2)]


def _between(one: set[str], other: set[str]) -> list[str]:
    return sorted({"-".join(sorted(pair)) for pair in product(one, other) if pair[0] != pair[1]})
