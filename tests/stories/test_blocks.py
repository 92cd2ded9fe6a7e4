from datetime import date

import pytest

from streams.stories import block_key
from streams.stories.blocks import dyads, story_id
from tests.factories import DAY, a_date, an_event


def test_a_block_is_the_dyad_whoever_acts():
    assert block_key(an_event(actors=["USA"], targets=["RUS"])) == "RUS-USA"
    assert block_key(an_event(actors=["RUS"], targets=["USA"])) == "RUS-USA"


def test_two_who_met_are_a_dyad_without_any_target():
    assert block_key(an_event(actors=["USA", "RUS"], targets=[])) == "RUS-USA"


def test_one_party_and_none_have_blocks_of_their_own():
    assert block_key(an_event(actors=["RUS"], targets=[])) == "RUS-"
    assert block_key(an_event(actors=[], targets=["RUS"])) == "RUS-"
    assert block_key(an_event(actors=["RUS"], targets=["RUS"])) == "RUS-"
    assert block_key(an_event(actors=[], targets=[])) == "-"


@pytest.mark.parametrize("targets", [["FIN", "SWE"], ["SWE", "FIN"]])
def test_of_several_dyads_the_first_in_the_alphabet_is_the_block(targets):
    assert block_key(an_event(actors=["RUS"], targets=targets)) == "FIN-RUS"


def test_two_parties_on_one_side_are_no_dyad_when_there_is_another_side():
    assert dyads(an_event(actors=["RUS"], targets=["FIN", "SWE"])) == ["FIN-RUS", "RUS-SWE"]


def test_a_rival_makes_a_dyad_but_no_block():
    event = an_event("alliance_support", actors=["FIN"], targets=[], rival=[{"id": "RUS", "name": "Russia"}])
    assert dyads(event) == ["FIN-RUS"]
    assert block_key(event) == "FIN-"


def test_type_dyad_and_date_make_a_story():
    id_ = story_id(an_event())
    assert story_id(an_event(actors=["RUS"], targets=["USA"], article="another")) == id_
    assert story_id(an_event("leader_communication")) != id_
    assert story_id(an_event(targets=["CHN"])) != id_
    assert story_id(an_event(day=date(2022, 5, 14))) != id_


def test_a_plan_and_its_deed_on_one_day_are_one_story():
    assert story_id(an_event(status="planned")) == story_id(an_event(status="occurred"))


def test_an_unknown_date_meets_no_known_one():
    unknown = a_date(DAY, precision="unknown")
    assert story_id(an_event(event_date=unknown)) != story_id(an_event())


def test_a_month_is_not_its_first_day():
    may = a_date(date(2022, 5, 1), date(2022, 5, 31), precision="month")
    assert story_id(an_event(event_date=may)) != story_id(an_event(day=date(2022, 5, 1)))
