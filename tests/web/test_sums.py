from __future__ import annotations

from schemas import Place
from streams.alerting import load_rules
from streams.sources import Registry
from streams.tension import load_watched
from streams.web.pairs import Pairs
from streams.web.sums import Facets, Matrix, WhereAbouts
from tests.factories import a_story, an_event
from tests.web.made import kept

KYIV = Place(name="Kyiv", country="UKR", lat=50.45, lon=30.52, precision="city")


def somewhere(place, type_="air_missile_strike", **changes):
    return kept(a_story(an_event(type_, place=place, **changes)))


def test_a_cell_counts_what_one_party_did_to_another_by_polarity():
    matrix = Matrix()
    for one in (
        kept(type_="air_missile_strike", actors=["RUS"], targets=["UKR"]),
        kept(type_="leader_communication", actors=["RUS"], targets=["UKR"]),
        kept(type_="leader_communication", actors=["UKR"], targets=["RUS"]),
    ):
        matrix.add(one)
    cells = {(cell.actor, cell.target): cell for cell in matrix.answer().cells}
    assert (cells["RUS", "UKR"].escalatory, cells["RUS", "UKR"].deescalatory) == (1, 1)
    assert cells["RUS", "UKR"].severity == 7
    assert cells["UKR", "RUS"].escalatory == 0


def test_a_story_without_a_target_is_in_no_cell():
    matrix = Matrix()
    matrix.add(kept(type_="nuclear_signal", actors=["RUS"], targets=[]))
    assert matrix.answer().cells == []


def test_stories_of_one_area_stand_together_whatever_texts_call_it():
    places = WhereAbouts()
    places.add(somewhere(KYIV))
    places.add(somewhere(KYIV.model_copy(update={"name": "Kiew"}), "leader_communication"))
    [place] = places.answers()
    assert (place.stories, place.polarity, place.severity) == (2, "escalatory", 7)


def test_a_place_is_an_area_as_large_as_the_text_leaves_open():
    places = WhereAbouts()
    places.add(somewhere(KYIV))
    places.add(somewhere(KYIV.model_copy(update={"precision": "country", "lat": None, "lon": None})))
    places.add(somewhere(KYIV.model_copy(update={"precision": "region"})))
    told = {place.precision: place for place in places.answers()}
    assert told["city"].radius_km < told["region"].radius_km < told["country"].radius_km
    assert told["country"].lat is None
    assert told["country"].country == "UKR"


def test_a_story_of_which_nobody_says_where_is_on_no_map():
    places = WhereAbouts()
    places.add(somewhere(None))
    assert places.answers() == []


def test_facets_count_what_there_is_and_name_all_that_there_may_be():
    pairs = Pairs(load_watched())
    stories = [
        kept(actors=["USA"], targets=["RUS"], source="lemonde", lang="fr"),
        kept(actors=["IND"], targets=["PAK"]),
    ]
    counting = Facets(pairs)
    for story in stories:
        counting.add(story)
    told = counting.answer(Registry.load(), load_rules())
    counts = {facet.id: facet.stories for facet in told.types}
    assert counts["military_communication"] == 2
    assert counts["air_missile_strike"] == 0
    assert next(facet for facet in told.sources if facet.id == "lemonde").label == "Le Monde"
    dyads = {facet.id: facet.stories for facet in told.dyads}
    assert dyads["RUS-USA"] == 1
    assert dyads["RUS-WEST"] == 1
    assert {facet.id for facet in told.rules} == {rule.id for rule in load_rules().rules}
