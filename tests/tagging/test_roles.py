"""Who faces whom, and against whom: what the roles of an event say beside its type."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from schemas import Article, Polarity
from streams.tagging import Tagger

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)


@cache
def tagger():
    return Tagger.load()


def events(text, lang="en"):
    article = Article(id="roles", body=text, lang=lang, published_at=NOON)
    return tagger().tag(article, now=NOON).events


def ids(parties):
    return [party.id for party in parties]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The United States will supply missiles to Taiwan to deter China."),
        ("en", "The United States will supply missiles to Taiwan against China."),
        ("fr", "Les États-Unis livrent des missiles à Taïwan pour contrer la Chine."),
        ("es", "Estados Unidos envía misiles a Taiwán para disuadir a China."),
        ("de", "Die USA liefern Taiwan Raketen, um China abzuschrecken."),
    ],
)
def test_arms_escalate_toward_the_rival_that_the_text_names(lang, text):
    (transfer,) = [event for event in events(text, lang) if event.type == "arms_transfer"]
    assert ids(transfer.rival) == ["CHN"]
    assert transfer.polarity is Polarity.ESCALATORY


def test_arms_without_a_rival_in_the_text_are_neutral():
    (transfer,) = events("The United States supplied missiles to Taiwan.")
    assert not transfer.rival
    assert transfer.polarity is Polarity.NEUTRAL


def test_two_sides_that_stand_together_face_each_other():
    (truce,) = events("Armenia and Azerbaijan agreed a truce on Wednesday.")
    assert (ids(truce.actors), ids(truce.targets)) == (["ARM"], ["AZE"])


def test_three_sides_stay_a_list():
    (pact,) = events("Kenya, Uganda and Rwanda signed a treaty on Wednesday.")
    assert (ids(pact.actors), ids(pact.targets)) == (["KEN", "UGA", "RWA"], [])


@pytest.mark.parametrize(
    "dateline",
    ["CAIRO -- ", "CAIRO, Egypt (AP) -- ", "CAIRO: ", "CAIRO, May 14 (Reuters) - ", ""],
)
def test_the_place_of_a_dateline_does_nothing(dateline):
    (strike,) = events(f"{dateline}Israeli jets bombed a depot in Syria.")
    assert (ids(strike.actors), ids(strike.targets)) == (["ISR"], ["SYR"])


def test_who_only_tells_it_is_no_target():
    (seizure,) = events("Burmese troops captured a rebel base, Thai police said.")
    assert "THA" not in ids(seizure.targets)


def test_police_and_president_of_one_state_are_two_parties_of_a_demand():
    (demand,) = events("Opposition groups in Zimbabwe demanded that the president of Zimbabwe resign.")
    assert (ids(demand.actors), ids(demand.targets)) == (["ZWE"], ["ZWE"])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Les présidents russe et ukrainien se sont rencontrés à Oslo mercredi."),
        ("en", "The Russian and Ukrainian presidents met in Oslo on Wednesday."),
    ],
)
def test_where_two_sides_meet_is_no_side(lang, text):
    (met,) = events(text, lang)
    assert {*ids(met.actors), *ids(met.targets)} == {"RUS", "UKR"}
    assert met.place.country == "NOR"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Poland declared two Russian diplomats persona non grata."),
        ("en", "Two Russian diplomats were declared persona non grata by Poland."),
        ("en", "Three Russian diplomats were expelled from Poland on Tuesday."),
        ("en", "Poland expelled three diplomats from Russia."),
        ("en", "Poland's expulsion of Russian diplomats was announced on Tuesday."),
        ("fr", "La Pologne a déclaré deux diplomates russes persona non grata."),
        ("fr", "La Pologne a déclaré persona non grata deux diplomates russes."),
        ("de", "Polen erklärte zwei russische Diplomaten zu unerwünschten Personen."),
        ("es", "Polonia declaró persona non grata a dos diplomáticos rusos."),
        ("ru", "Польша объявила двух российских дипломатов персонами нон грата."),
    ],
)
def test_who_sends_diplomats_away_acts_on_the_state_that_sent_them(lang, text):
    (cut,) = events(text, lang)
    assert cut.type == "diplomatic_ties_cut"
    assert (ids(cut.actors), ids(cut.targets)) == (["POL"], ["RUS"])


def test_who_calls_its_own_diplomats_home_acts_on_the_state_they_were_in():
    (cut,) = events("Russia recalled its ambassador from Poland.")
    assert (ids(cut.actors), ids(cut.targets)) == (["RUS"], ["POL"])


def test_forces_act_on_a_city_though_the_city_stands_first():
    (strike,) = events("Харьков обстреляли российские войска.", "ru")
    assert (ids(strike.actors), ids(strike.targets)) == (["RUS"], ["UKR"])


def test_a_place_and_what_was_held_there_are_two_phrases_in_german():
    (talks,) = events("Russland und die Ukraine haben in Genf Friedensgespräche geführt.", "de")
    assert {*ids(talks.actors), *ids(talks.targets)} == {"RUS", "UKR"}
    assert talks.place.country == "CHE"
