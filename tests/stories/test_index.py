from datetime import timedelta

import pytest

from schemas import Place
from streams.stories.index import Index
from streams.stories.outline import outline
from tests.factories import DAY, an_event


def near(event, *, of):
    """Return which of the events' stories are looked at for an event."""
    index = Index()
    for name, known in of.items():
        index.put(name, outline(known))
    return index.near(outline(event))


def strike(actors, targets, **changes):
    return an_event("air_missile_strike", actors=actors, targets=targets, **changes)


def test_a_report_that_names_both_sides_looks_at_stories_of_the_two_and_at_those_that_lack_a_side():
    of = {
        "the two": strike(["RUS"], ["UKR"]),
        "lacks the target": strike(["RUS"], []),
        "lacks the actor": strike([], ["UKR"]),
        "another target": strike(["RUS"], ["SYR"]),
        "another actor": strike(["USA"], ["UKR"]),
    }
    assert near(strike(["RUS"], ["UKR"]), of=of) == {"the two", "lacks the target", "lacks the actor"}


def test_a_report_that_lacks_a_side_looks_at_every_story_of_the_other():
    of = {
        "one": strike(["RUS"], ["UKR"]),
        "other": strike(["USA"], ["UKR"]),
        "none": strike(["USA"], ["SYR"]),
    }
    assert near(strike([], ["UKR"]), of=of) == {"one", "other"}


def test_a_report_of_many_looks_at_stories_of_each():
    many = ["USA", "GBR", "FRA", "DEU", "ITA", "CAN", "JPN"]
    of = {"many": strike(many, ["RUS"]), "two": strike(["JPN"], ["RUS"]), "none": strike(["USA"], ["SYR"])}
    assert near(strike(many, ["RUS"]), of=of) >= {"many", "two"}
    assert near(strike(["JPN"], ["RUS"]), of=of) == {"many", "two"}


def test_a_state_that_fights_within_itself_finds_its_story():
    assert near(strike(["SYR"], ["SYR"]), of={"inside": strike(["SYR"], ["SYR"])}) == {"inside"}


def test_a_place_in_common_is_enough():
    there = Place(name="Idlib", country="SYR", lat=35.9, lon=36.6)
    assert near(strike(["RUS"], ["SYR"], place=there), of={"there": strike([], [], place=there)}) == {"there"}


def test_what_names_nothing_looks_at_what_names_nothing():
    of = {"nothing": strike([], []), "something": strike(["RUS"], ["UKR"])}
    assert near(strike([], []), of=of) == {"nothing"}


@pytest.mark.parametrize(("days", "found"), [(0, {"then"}), (20, set())])
def test_days_far_apart_are_not_looked_at(days, found):
    later = an_event(day=DAY + timedelta(days=days))
    later = later.model_copy(update={"event_date": later.event_date.model_copy(update={"text": "that day"})})
    then = later.model_copy(
        update={"event_date": later.event_date.model_copy(update={"start": DAY, "end": DAY})}
    )
    assert near(later, of={"then": then}) == found


def test_a_story_that_was_taken_out_is_not_found():
    index, says = Index(), outline(strike(["RUS"], ["UKR"]))
    index.put("story", says)
    index.drop("story", says)
    assert index.near(says) == set()
