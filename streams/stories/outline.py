"""What is compared of an event and of a story: types, parties, people, places, days, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas import Status
from streams.stories.rules import block_of, rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas import Event, Place, Story

Names = tuple[str, ...]

_PLANS = (Status.PLANNED, Status.CONDITIONAL)
_ELSEWHEN = (*_PLANS, Status.HISTORICAL)
_POINTS = ("city", "region", "sea")


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of no language: two outlines of one happening are alike whatever was read.

    Days are ordinals of the proleptic calendar. The happening lies within `first` to `last`; `dated` when a
    text says so, else the interval is what the day of publication allows. `elsewhen`: told as planned or past, so
    that the day of publication says little. Tuples are sorted: a million of them weigh a third of as many sets.
    """

    block: str
    mutual: bool
    actors: Names
    targets: Names
    people: tuple[tuple[str, str], ...]
    places: Names
    countries: Names
    numbers: tuple[tuple[str, float], ...]
    first: int
    last: int
    dated: bool
    elsewhen: bool
    published: int

    @property
    def parties(self) -> Names:
        """Everybody on either side."""
        return tuple({*self.actors, *self.targets})

    @property
    def keys(self) -> Names:
        """What a story of the same happening shares at least one of."""
        return tuple({*self.actors, *self.targets, *self.places}) or ("",)


def outline(event: Event) -> Outline:
    """Return the outline of one event."""
    first, last, dated = _days(event)
    sides = (*event.actors, *event.targets)
    places = [place for place in (event.place, *event.other_places) if place and place.role != "said_at"]
    return Outline(
        block=block_of(event.type),
        mutual=event.type in rules().mutual,
        actors=_names(party.id for party in event.actors),
        targets=_names(party.id for party in event.targets),
        people=tuple(sorted({(party.id, party.person) for party in sides if party.person})),
        places=_names(key for place in places if (key := _point(place))),
        countries=_names(place.country for place in places if place.country),
        numbers=tuple(
            sorted(
                (name, float(value))
                for name, value in event.attributes.items()
                if isinstance(value, int | float) and not isinstance(value, bool)
            )
        ),
        first=first,
        last=last,
        dated=dated,
        elsewhen=event.status in _ELSEWHEN,
        published=event.article.published_at.toordinal(),
    )


def outline_of(story: Story) -> Outline:
    """Return the outline of a story: of the events that tell it best, which every copy of it holds."""
    return _together([outline(event) for event in (story.lead, *story.next_best)])


def _together(outlines: Sequence[Outline]) -> Outline:
    """Return what they say together: all names, and the days that all allow."""
    lead = outlines[0]
    if len(outlines) == 1:
        return lead
    dated = [one for one in outlines if one.dated and not one.elsewhen]
    first, last = _common_days(dated or outlines)
    return Outline(
        block=lead.block,
        mutual=lead.mutual,
        actors=_names(name for one in outlines for name in one.actors),
        targets=_names(name for one in outlines for name in one.targets),
        people=tuple(sorted({pair for one in outlines for pair in one.people})),
        places=_names(name for one in outlines for name in one.places),
        countries=_names(name for one in outlines for name in one.countries),
        numbers=tuple(sorted({pair for one in outlines for pair in one.numbers})),
        first=first,
        last=last,
        dated=bool(dated),
        elsewhen=all(one.elsewhen for one in outlines),
        published=min(one.published for one in outlines),
    )


def _common_days(outlines: Sequence[Outline]) -> tuple[int, int]:
    """Intersect the days, best told first, passing over what does not meet what was kept so far."""
    first, last = outlines[0].first, outlines[0].last
    for one in outlines[1:]:
        if max(first, one.first) <= min(last, one.last):
            first, last = max(first, one.first), min(last, one.last)
    return first, last


def _days(event: Event) -> tuple[int, int, bool]:
    """Return the days that it may have happened on, and whether the text says so."""
    when, days = event.event_date, rules().days
    published = event.article.published_at.toordinal()
    if when.text is not None and when.precision != "unknown":
        return when.start.toordinal(), when.end.toordinal(), True
    if event.status in _PLANS:
        return published, published + days.planned_ahead, False
    reach = days.looked_back if event.status is Status.HISTORICAL else days.reported_within
    return published - reach, published, False


def _point(place: Place) -> str | None:
    """Return a name of the place that is the same in every language: where it is, to some ten kilometres."""
    if place.precision not in _POINTS:
        return None
    if place.lat is None or place.lon is None:
        return place.name.casefold()
    return f"{place.lat:.1f},{place.lon:.1f}"


def _names(names: Iterable[str]) -> Names:
    return tuple(sorted(set(names)))
