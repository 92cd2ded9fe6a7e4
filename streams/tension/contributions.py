"""What a story adds to dyads: as a message, and as the little that is held of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import log2
from typing import TYPE_CHECKING, Literal

from schemas import Contribution, Status
from streams.tension.sides import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import EventDate, Party, Story
    from streams.tension.formula import Formula

ATTRIBUTES = ("gap_days",)  # of a story, those that matter to a dyad
UNIT = 1000  # impulses are whole thousandths of a severity point, so that no order of adding them matters
LONGEST_GAP = 36_525  # days that a text may count back; beyond a century it is no count of days


def contribution_of(story: Story) -> Contribution:
    """Return what a story adds to the dyads that it is about."""
    return Contribution(
        id=story.id,
        revision=story.revision,
        type=story.type,
        family=story.family,
        polarity=story.polarity,
        severity=story.severity,
        status=story.status,
        actors=_ids(story.actors),
        targets=_ids(story.targets),
        rivals=_ids(story.rival),
        object=story.object,
        event_date=story.event_date,
        first_seen=story.first_seen,
        last_seen=story.last_seen,
        origins=story.origins,
        mentions=story.mentions,
        attributes={name: story.attributes[name] for name in ATTRIBUTES if name in story.attributes},
        headline=story.headline,
        cancelled=story.cancelled,
        backfill=story.backfill,
    )


def _ids(parties: Sequence[Party]) -> list[str]:
    return sorted({party.id for party in parties})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A story about watched dyads, as it is held. Days are ordinals of the Gregorian calendar.

    `day`: the day it counts on. `impulse`: signed thousandths of a severity point, 0 when it does not count.
    `dated`: how precisely the happening itself is dated, None when a contact cannot be placed by it.
    """

    id: str
    revision: int
    first_day: int
    last_day: int
    day: int
    impulse: int
    type: str
    status: Status
    severity: float
    origins: int
    object: str | None
    dated: Literal["day", "week", "month"] | None
    gap_days: int | None
    headline: str
    cancelled: bool
    parts: tuple[Part, ...]

    @property
    def is_event(self) -> bool:
        """Whether it tells what happened at its time; else it is a look back, a plan or a denial."""
        return self.status.counts and not self.cancelled

    @property
    def is_background(self) -> bool:
        """Whether it is a look back: it sets the state, and counts as no event."""
        return self.status is Status.HISTORICAL and not self.cancelled


def weigh(contribution: Contribution, parts: tuple[Part, ...], formula: Formula) -> Weighed:
    """Return what is held of a contribution that has these parts in watched dyads."""
    first_day = contribution.first_seen.toordinal()
    when = contribution.event_date
    return Weighed(
        id=contribution.id,
        revision=contribution.revision,
        first_day=first_day,
        last_day=contribution.last_seen.toordinal(),
        day=_day(when, first_day),
        impulse=_impulse(contribution, formula),
        type=contribution.type,
        status=contribution.status,
        severity=contribution.severity,
        origins=contribution.origins,
        object=contribution.object,
        dated=_dated(when),
        gap_days=_gap(contribution.attributes.get("gap_days")),
        headline=contribution.headline,
        cancelled=contribution.cancelled,
        parts=parts,
    )


def origin_weight(origins: int, formula: Formula) -> float:
    """Return how much a story weighs that so many reported independently; who is not known counts as one."""
    return float(min(1 + log2(max(1, origins)), formula.origin_weight_most.value))


def calendar(ordinal: int) -> date:
    """Return the day of an ordinal."""
    return date.fromordinal(ordinal)


def _impulse(contribution: Contribution, formula: Formula) -> int:
    if contribution.cancelled or contribution.status not in formula.statuses.value:
        return 0
    sign = formula.signs.value.get(contribution.polarity, 0)
    return round(sign * contribution.severity * origin_weight(contribution.origins, formula) * UNIT)


def _dated(when: EventDate) -> Literal["day", "week", "month"] | None:
    match when.precision:
        case "day" | "week" | "month":
            return when.precision
    return None


def _day(when: EventDate, first_day: int) -> int:
    """Return the day a story counts on: the last it may have happened on, never after its first report."""
    return min(when.end.toordinal(), first_day) if _dated(when) else first_day


def _gap(said: object) -> int | None:
    """Return the days since the contact before, as the text counts them."""
    is_count = isinstance(said, int) and not isinstance(said, bool)
    return said if is_count and 0 < said <= LONGEST_GAP else None  # type: ignore[operator,return-value]
