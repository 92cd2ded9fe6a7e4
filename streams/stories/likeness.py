"""How alike an event and a story are: a sum of what both say, or None when they cannot be one happening.

The formula and its constants are in likeness.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.stories.rules import rules

if TYPE_CHECKING:
    from streams.stories.outline import Names, Outline


def likeness(event: Outline, story: Outline, *, near_copy: bool = False) -> float | None:
    """Return how alike they are, None when one says what the other excludes.

    `near_copy`: the event's article is a near-copy of one that tells the story.
    """
    # The days first: they tell most of what lies in one drawer apart, and cost the least.
    if event.first > story.last or story.first > event.last:
        return None
    days = _days_alike(event, story)
    if days is None or _exclude_each_other(event, story) or (near_copy and _told_apart(event, story)):
        return None
    score = rules().score
    return (
        days
        + score.party * _shared_sides(event, story)
        + score.place * _share(event.places, story.places)
        + score.country * _share(event.struck, story.struck)
        + score.number * _share(event.numbers, story.numbers)
        + score.person * _share(event.people, story.people)
        + score.near_copy * near_copy
    )


def _days_alike(event: Outline, story: Outline) -> float | None:
    if event.dated and story.dated:
        return rules().score.day
    if event.tense == story.tense == "now" and not (event.dated or story.dated):
        apart = abs(event.published - story.published)
        if apart > rules().days.undated_apart:
            return None
    return rules().score.near_day


def _told_apart(event: Outline, story: Outline) -> bool:
    """Tell whether one text sets them apart: what it plans or looks back on is not what it reports as new."""
    return {event.tense, story.tense} in ({"now", "planned"}, {"now", "past"}) and not event.dated


def _exclude_each_other(event: Outline, story: Outline) -> bool:
    """Tell whether they name other parties, other people in the same office, or other places."""
    if not event.anywhere and _differ(event.places, story.places):
        return True
    if event.mutual:
        return _other_company(event.parties, story.parties) or _other_people(event, story)
    return _differ(event.actors, story.actors) or _differ(event.targets, story.targets)


def _other_company(one: Names, other: Names) -> bool:
    """Of mutual dealings: each names somebody whom the other does not, and they do not share two."""
    return len(one & other) < min(2, len(one), len(other))


def _other_people(event: Outline, story: Outline) -> bool:
    """Tell whether for some party both name a person, and none is the same."""
    for party, _ in event.people:
        here = {name for of, name in event.people if of == party}
        there = {name for of, name in story.people if of == party}
        if there and here.isdisjoint(there):
            return True
    return False


def _shared_sides(event: Outline, story: Outline) -> int:
    if event.mutual:
        return min(2, len(event.parties & story.parties))
    return _share(event.actors, story.actors) + _share(event.targets, story.targets)


def _share(one: frozenset[Any], other: frozenset[Any]) -> bool:
    return not one.isdisjoint(other)


def _differ(one: Names, other: Names) -> bool:
    """Tell whether both say something, and nothing alike."""
    return bool(one and other) and one.isdisjoint(other)
