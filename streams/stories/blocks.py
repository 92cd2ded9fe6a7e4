"""What must meet to be merged, which dyads an event is about, and the id of the story that it begins."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from schemas.base import stable_id
from streams.stories.outline import outline
from streams.stories.rules import block_of

if TYPE_CHECKING:
    from schemas import Event


def block_key(event: Event) -> str:
    """Return what must meet to be merged: the types that may tell of one happening, as `strike`.

    Nothing else is sure to be in every report: one leaves out a party, another the place, a third the date.
    """
    return block_of(event.type)


def dyads(event: Event) -> list[str]:
    """Return every undirected dyad that the event is about, in alphabetical order; a rival makes one too."""
    actors = {party.id for party in event.actors}
    targets = {party.id for party in event.targets}
    rivals = {party.id for party in event.rival}
    return sorted({*_dyads(actors, targets), *_between(actors, rivals)})


def story_id(event: Event) -> str:
    """Return the id of the story that an event begins: a function of what it says, not of who says it first."""
    says = outline(event)
    sides = sorted(says.parties) if says.mutual else [*sorted(says.actors), ">", *sorted(says.targets)]
    days = (event.event_date.start, event.event_date.end)
    return stable_id("story", says.block, *sides, *sorted(says.places), *days)


def _dyads(actors: set[str], targets: set[str]) -> set[str]:
    """Between the two sides; among the one side that there is, as when a text says 'the two met'."""
    across = _between(actors, targets)
    return across or {"-".join(pair) for pair in combinations(sorted(actors | targets), 2)}


def _between(one: set[str], other: set[str]) -> set[str]:
    return {"-".join(sorted(pair)) for pair in product(one, other) if pair[0] != pair[1]}
