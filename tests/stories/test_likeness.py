"""Which two reports tell of one happening."""

from datetime import date, timedelta

import pytest

from schemas import EventDate, Place
from streams.stories import Stories
from tests.factories import DAY, NOON, a_party, an_event

KHARKIV = Place(name="Kharkiv", country="UKR", lat=49.98, lon=36.25)
ODESA = Place(name="Одеса", country="UKR", lat=46.48, lon=30.73)


def on(day: date, end: date | None = None) -> EventDate:
    return EventDate(start=day, end=end or day, precision="day", text="on that day")


def a_strike(**changes):
    said = {"type_": "air_missile_strike", "actors": ["RUS"], "targets": ["UKR"], "place": KHARKIV}
    return an_event(**(said | {"event_date": on(DAY)} | changes))


def a_call(**changes):
    return an_event(**({"event_date": on(DAY)} | changes))


def stories_of(*events):
    stories = Stories()
    return [stories.add(event).id for event in events]


def are_one(one, other) -> bool:
    """Whether two reports make one story, in either order."""
    answers = {len(set(stories_of(*pair))) == 1 for pair in ((one, other), (other, one))}
    assert len(answers) == 1, "it depends on which came first"
    return answers.pop()


@pytest.mark.parametrize(
    "other",
    [
        {"lang": "uk", "place": KHARKIV.model_copy(update={"name": "Харків"})},
        {"actors": []},
        {"targets": []},
        {"actors": [], "targets": []},
        {"place": None},
        {"type_": "armed_violence_other"},
        {"event_date": on(DAY - timedelta(days=1), DAY)},
        {"day": DAY, "published": NOON + timedelta(days=2)},
        {"published": NOON + timedelta(days=9)},
        {"status": "denied"},
        {"status": "historical", "published": NOON + timedelta(days=9)},
        {"actors": ["RUS", "BLR"]},
    ],
    ids=str,
)
def test_reports_of_one_strike_differ_in_what_they_leave_out_and_how_they_say_it(other):
    assert are_one(a_strike(), a_strike(article="b", **other))


@pytest.mark.parametrize(
    "other",
    [
        {"place": ODESA},
        {"event_date": on(DAY + timedelta(days=2))},
        {"actors": ["UKR"], "targets": ["RUS"]},
        {"actors": ["BLR"]},
        {"type_": "sanctions_imposed"},
    ],
    ids=str,
)
def test_another_place_day_party_or_deed_is_another_strike(other):
    assert not are_one(a_strike(), a_strike(article="b", **other))


def test_two_undated_reports_two_days_apart_tell_of_two_strikes():
    first = a_strike(event_date=EventDate(start=DAY, end=DAY, precision="day"))
    later = an_event(
        "air_missile_strike",
        actors=["RUS"],
        targets=["UKR"],
        place=KHARKIV,
        article="b",
        published=NOON + timedelta(days=2),
    )
    assert not are_one(first, later)


def test_calls_of_other_people_on_one_day_are_two_calls():
    ministers = a_call(actors=[a_party("USA", person="Lloyd Austin")])
    chiefs = a_call(article="b", actors=[a_party("USA", person="Mark Milley")])
    assert not are_one(ministers, chiefs)
    assert are_one(ministers, a_call(article="c"))


def test_who_called_whom_does_not_matter():
    assert are_one(a_call(), a_call(article="b", actors=["RUS"], targets=["USA"]))
    assert are_one(a_call(), a_call(article="b", actors=["RUS", "USA"], targets=[]))


def test_a_call_with_somebody_else_is_another_call():
    assert not are_one(a_call(), a_call(article="b", targets=["TUR"]))


def test_a_plan_becomes_the_deed_and_not_another_deed():
    plan = a_call(status="planned", event_date=EventDate(start=DAY, end=DAY, precision="day"))
    held = a_call(article="b", published=NOON + timedelta(days=5), event_date=on(DAY + timedelta(days=5)))
    assert are_one(plan, held)
    assert not are_one(plan, held.model_copy(update={"targets": [a_party("TUR")]}))
    late = a_call(article="c", published=NOON + timedelta(days=40), event_date=on(DAY + timedelta(days=40)))
    assert not are_one(plan, late)


def test_a_vague_report_that_fits_two_stories_alike_joins_neither():
    kharkiv, odesa = a_strike(), a_strike(article="b", place=ODESA)
    vague = a_strike(article="c", place=None, actors=[])
    assert len(set(stories_of(kharkiv, odesa, vague))) == 3


def test_what_one_text_reports_as_new_is_not_what_it_looks_back_on_or_plans():
    undated = EventDate(start=DAY, end=DAY, precision="day")
    held = a_call(event_date=undated)
    for status in ("historical", "planned"):
        assert not are_one(held, a_call(event_date=undated, status=status))
        assert are_one(held, a_call(event_date=undated, status=status, article="another text"))
