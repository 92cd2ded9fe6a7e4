"""What is compared of an event and of a story: types, parties, people, places, days, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from schemas import Status
from streams.stories.rules import block_of, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Event, Place, Story

Names = frozenset[str]

Tense = Literal["now", "planned", "past", "denied"]
_TENSES: dict[Status, Tense] = {
    Status.OCCURRED: "now",
    Status.ONGOING: "now",
    Status.PLANNED: "planned",
    Status.CONDITIONAL: "planned",
    Status.HISTORICAL: "past",
    Status.DENIED: "denied",
}
NOTHING_NAMED: Names = frozenset([""])
MOST_PAIRED = 6
_POINTS = ("city", "region", "sea")


@dataclass(frozen=True, slots=True)
class Outline:
    """The words of no language: two outlines of one happening are alike whatever was read.

    Days are ordinals of the proleptic calendar. The happening lies within `first` to `last`; `dated` when a
    text says so, else the interval is what the day of publication allows. `tense`: told as planned, past or
    denied, the day of publication says little. `struck`: whose ground it was, as far as anything says.
    """

    block: str
    mutual: bool
    anywhere: bool
    actors: Names
    targets: Names
    parties: Names
    people: frozenset[tuple[str, str]]
    places: Names
    struck: Names
    numbers: frozenset[tuple[str, float]]
    first: int
    last: int
    dated: bool
    tense: Tense
    published: int

    @property
    def filed(self) -> Names:
        """What a story is filed under: all that it names, its pairs of parties, and whether it lacks a side."""
        single, pairs = _combined(self.parties)
        return self.parties | self.places | (pairs if self._is_whole else single) or NOTHING_NAMED

    @property
    def sought(self) -> Names:
        """What a story of the same happening is filed under. One that lacks no side has a pair in common with this."""
        single, pairs = _combined(self.parties)
        return (pairs | single if self._is_whole else self.parties) | self.places or NOTHING_NAMED

    @property
    def _is_whole(self) -> bool:
        """Tell whether both sides are named, by few enough parties to file each pair."""
        are_sides = self.mutual or bool(self.actors and self.targets)
        return are_sides and 1 < len(self.parties) <= MOST_PAIRED


def outline(event: Event) -> Outline:
    """Return the outline of one event."""
    first, last, dated = _days(event)
    actors = _kept(frozenset([party.id for party in event.actors]))
    targets = _kept(frozenset([party.id for party in event.targets]))
    people = [(party.id, party.person) for party in (*event.actors, *event.targets) if party.person]
    places = [place for place in (event.place, *event.other_places) if place and place.role != "said_at"]
    return Outline(
        block=block_of(event.type),
        mutual=event.type in rules().mutual,
        anywhere=event.type in rules().anywhere,
        actors=actors,
        targets=targets,
        parties=_kept(actors | targets),
        people=frozenset(people),
        places=frozenset([key for place in places if (key := _point(place))]),
        struck=_kept(targets.union([place.country for place in places if place.country])),
        numbers=frozenset(
            [
                (name, float(value))
                for name, value in event.attributes.items()
                if isinstance(value, int | float) and not isinstance(value, bool)
            ]
        ),
        first=first,
        last=last,
        dated=dated,
        tense=_TENSES[event.status],
        published=event.article.published_at.toordinal(),
    )


class Outlines:
    """The outlines of stories. Those of the latest events are kept: a story is told by the same few for long."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._known: dict[str, Outline] = {}

    def of(self, story: Story) -> Outline:
        """Return the outline of a story: of the events that tell it best, which every copy of it holds."""
        return _together([self.of_event(event) for event in (story.lead, *story.next_best)])

    def of_event(self, event: Event) -> Outline:
        """Return the outline of one event."""
        if event.id not in self._known:
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[event.id] = outline(event)
        return self._known[event.id]


def _together(outlines: Sequence[Outline]) -> Outline:
    """Return what they say together, best told first: all names, and the days that all allow."""
    lead = outlines[0]
    if len(outlines) == 1:
        return lead
    then = [one for one in outlines if one.tense == "now"] or outlines
    dated = [one for one in then if one.dated] or [one for one in outlines if one.dated]
    first, last = _common_days(dated or outlines)
    return Outline(
        block=lead.block,
        mutual=lead.mutual,
        anywhere=lead.anywhere,
        actors=_kept(lead.actors.union(*[one.actors for one in outlines])),
        targets=_kept(lead.targets.union(*[one.targets for one in outlines])),
        parties=_kept(lead.parties.union(*[one.parties for one in outlines])),
        people=lead.people.union(*[one.people for one in outlines]),
        places=lead.places.union(*[one.places for one in outlines]),
        struck=_kept(lead.struck.union(*[one.struck for one in outlines])),
        numbers=lead.numbers.union(*[one.numbers for one in outlines]),
        first=first,
        last=last,
        dated=bool(dated),
        tense=then[0].tense,
        published=min(one.published for one in then),
    )


@lru_cache(maxsize=50_000)
def _kept(names: Names) -> Names:
    """Return the same object for the same names: a million stories tell of the same few thousand pairs."""
    return names


@lru_cache(maxsize=50_000)
def _combined(parties: Names) -> tuple[Names, Names]:
    """Return the keys of the parties for want of a pair, and those of their pairs."""
    single = frozenset([f"{party} and who" for party in parties])
    return single, frozenset([f"{one} and {other}" for one, other in combinations(sorted(parties), 2)])


def _common_days(outlines: Sequence[Outline]) -> tuple[int, int]:
    """Intersect the days, best told first, passing over what does not meet what was kept so far."""
    first, last = outlines[0].first, outlines[0].last
    for one in outlines[1:]:
        if one.first <= last and first <= one.last:
            first, last = max(first, one.first), min(last, one.last)
    return first, last


def _days(event: Event) -> tuple[int, int, bool]:
    """Return the days that it may have happened on, and whether the text says so."""
    when, days = event.event_date, rules().days
    if when.text is not None and when.precision != "unknown":
        return when.start.toordinal(), when.end.toordinal(), True
    published = event.article.published_at.toordinal()
    match _TENSES[event.status]:
        case "planned":
            return published, published + days.planned_ahead, False
        case "past":
            return published - days.looked_back, published, False
        case "denied":  # a report, or a plan
            return published - days.reported_within, published + days.planned_ahead, False
    often = event.type in rules().often
    return published - (days.often_within if often else days.reported_within), published, False


def _point(place: Place) -> str | None:
    """Return a name of the place that is the same in every language: where it is, to some ten kilometres."""
    if place.precision not in _POINTS:
        return None
    if place.lat is None or place.lon is None:
        return place.name.casefold()
    return f"{place.lat:.1f},{place.lon:.1f}"
