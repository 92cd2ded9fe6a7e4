from datetime import date

import pytest

from streams.stories import block_key
from streams.stories.blocks import dyads, story_id
from streams.stories.rules import rules
from tests.factories import a_date, an_event


@pytest.mark.parametrize(
    "changes",
    [{"targets": []}, {"actors": []}, {"day": date(2022, 1, 1)}, {"status": "planned"}, {"lang": "fr"}],
)
def test_reports_that_may_tell_of_one_happening_meet_whatever_they_leave_out(changes):
    assert block_key(an_event(**changes)) == block_key(an_event())


def test_types_that_may_tell_of_one_happening_share_a_block():
    for block, types in rules().told_as.items():
        assert {block_key(an_event(type_)) for type_ in types} == {block}


def test_a_type_that_stands_alone_is_its_own_block():
    assert block_key(an_event("sanctions_imposed")) == "sanctions_imposed"


def test_two_who_met_are_a_dyad_without_any_target():
    assert dyads(an_event(actors=["USA", "RUS"], targets=[])) == ["RUS-USA"]


def test_two_parties_on_one_side_are_no_dyad_when_there_is_another_side():
    assert dyads(an_event(actors=["RUS"], targets=["FIN", "SWE"])) == ["FIN-RUS", "RUS-SWE"]


def test_a_rival_makes_a_dyad():
    event = an_event("alliance_support", actors=["FIN"], targets=[], rival=[{"id": "RUS", "name": "Russia"}])
    assert dyads(event) == ["FIN-RUS"]


def test_a_story_is_named_after_what_its_first_event_says_not_after_who_says_it():
    id_ = story_id(an_event())
    assert story_id(an_event(article="another", source="another", lang="fr", confidence=0.6)) == id_
    assert story_id(an_event(actors=["RUS"], targets=["USA"])) == id_, "who calls whom is not told alike"
    assert story_id(an_event("leader_communication")) != id_
    assert story_id(an_event(targets=["CHN"])) != id_
    assert story_id(an_event(day=date(2022, 5, 14))) != id_


def test_who_strikes_whom_is_part_of_the_name():
    there = an_event("air_missile_strike", actors=["RUS"], targets=["UKR"])
    back = an_event("air_missile_strike", actors=["UKR"], targets=["RUS"])
    assert story_id(there) != story_id(back)


def test_a_month_is_not_its_first_day():
    may = a_date(date(2022, 5, 1), date(2022, 5, 31), precision="month")
    assert story_id(an_event(event_date=may)) != story_id(an_event(day=date(2022, 5, 1)))
