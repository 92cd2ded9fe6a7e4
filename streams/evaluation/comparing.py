"""One text: what its gold asks for beside what the tagger found."""

from __future__ import annotations

from dataclasses import dataclass

from schemas import Event, Polarity, taxonomy
from streams.evaluation.gold import Case, Trap, Want

# Both sides do it: they may be found in any order and in either role.
RECIPROCAL = frozenset(
    {
        "military_communication", "leader_communication", "communication_channel_opened",
        "risk_reduction_measure", "negotiation", "diplomatic_ties_restored", "diplomatic_ties_cut",
        "armed_clash", "ceasefire_agreed", "peace_agreement", "prisoner_exchange", "security_guarantee",
        "humanitarian_access", "cooperation_agreed", "cooperation",
    }
)  # fmt: skip

# A counted event that nobody asked for is an error from this severity of its type on: gold names every deed,
# not every remark.
_SPURIOUS_FROM = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """An event that the gold asks for, and the one that was found for it.

    `found` has the right type, status and roles; `near` the right type at least, where nothing is right.
    """

    want: Want
    found: Event | None
    near: Event | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one text yielded.

    `right` says of each event, in order, whether the gold has it; None where it may be found or not.
    """

    case: Case
    events: list[Event]
    pairs: list[Pair]
    spurious: list[Event]
    broken: list[Trap]
    right: list[bool | None]


def compare(case: Case, events: list[Event]) -> Comparison:
    """Return what of the case was found, missed and invented."""
    wanted = {want.type for want in case.events}.union(case.optional, *case.alt.values())
    return Comparison(
        case=case,
        events=events,
        pairs=_pairs(case, events),
        spurious=[event for event in events if _counts_as_error(event) and event.type not in wanted],
        broken=[trap for trap in case.absent if any(_falls_into(event, trap) for event in events)],
        right=[_right(case, event) for event in events],
    )


def _pairs(case: Case, events: list[Event]) -> list[Pair]:
    left = list(events)
    pairs: list[Pair] = []
    for want in case.events:
        found = next((event for event in left if _matches(case, want, event)), None)
        if found is not None:
            left.remove(found)
            pairs.append(Pair(want, found, None))
        elif want.type not in case.optional:
            near = [event for event in left if _of_type(case, want, event)]
            pairs.append(Pair(want, None, min(near, key=lambda event: _wrong(want, event), default=None)))
    return pairs


def _of_type(case: Case, want: Want, event: Event) -> bool:
    return event.type == want.type or event.type in case.alt.get(want.type, ())


def _matches(case: Case, want: Want, event: Event) -> bool:
    return _of_type(case, want, event) and _status_right(want, event) and _roles_right(want, event)


def _status_right(want: Want, event: Event) -> bool:
    return not want.status or event.status in want.status


def _roles_right(want: Want, event: Event) -> bool:
    actors, targets = ids(event)
    if event.type in RECIPROCAL:
        return want.actors | want.targets <= actors | targets
    return want.actors <= actors and want.targets <= targets


def _wrong(want: Want, event: Event) -> int:
    return 2 - _status_right(want, event) - _roles_right(want, event)


def ids(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the actors and of the targets."""
    return frozenset(party.id for party in event.actors), frozenset(party.id for party in event.targets)


def _counts_as_error(event: Event) -> bool:
    return (
        event.status.counts
        and taxonomy()[event.type].severity >= _SPURIOUS_FROM
        and event.polarity != Polarity.NEUTRAL
    )


def _falls_into(event: Event, trap: Trap) -> bool:
    return event.type == trap.type and trap.status in (None, event.status)


def _right(case: Case, event: Event) -> bool | None:
    if any(_matches(case, want, event) for want in case.events):
        return True
    return None if event.type in case.optional else False
