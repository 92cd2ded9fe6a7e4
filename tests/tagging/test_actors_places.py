"""The names of countries, cities, regions and waters, as the look-up files of every language get them."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from lookups.actors import Actors  # noqa: E402

from streams.tagging.tokens import flatten  # noqa: E402

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "pl", "tr", "ru", "uk", "ar", "zh")
PLACES = ("city", "region", "sea")


@pytest.fixture(scope="module")
def actors():
    return Actors.read(ROOT / "streams/tagging/data/actors", "actors")


@pytest.fixture(scope="module")
def rows(actors):
    return actors.rows()


@pytest.fixture(scope="module")
def named(actors, rows):
    """What a form of a language stands for: (language, form) -> {(entity id, how, cases)}."""
    found = {}
    for language in LANGUAGES:
        for form in actors.forms(language):
            _, index, how, _, *cases = form.sense
            uses = found.setdefault((language, flatten(form.text)), set())
            uses.add((rows[index]["id"], how, "".join(cases).replace("?", "")))
    return found


def ids(named, language, form):
    return {id_ for id_, _, _ in named.get((language, form), ())}


@pytest.mark.parametrize(
    ("language", "form", "meant"),
    [
        ("fr", "Moscou", "Moscow, RUS"),
        ("de", "Peking", "Beijing, CHN"),
        ("es", "Moscú", "Moscow, RUS"),
        ("fr", "Le Caire", "Cairo, EGY"),
        ("de", "Genf", "Geneva, CHE"),
        ("pl", "Kijowie", "Kyiv, UKR"),
        ("it", "Mosca", "Moscow, RUS"),
        ("tr", "Şam", "Damascus, SYR"),
        ("ar", "غزة", "gaza-strip"),
        ("zh", "台海", "taiwan-strait"),
        ("ru", "Киеве", "Kyiv, UKR"),
        ("uk", "Харкова", "Kharkiv, UKR"),
        ("en", "Chasiv Yar", "Chasiv Yar, UKR"),
        ("fr", "Khan Younès", "Khān Yūnis, PSE"),
        ("de", "Saporischschja", "Zaporizhzhya, UKR"),
        ("en", "Kharkiv region", "kharkiv-oblast"),
        ("fr", "détroit d'Ormuz", "strait-of-hormuz"),
        ("de", "Schwarzen Meer", "black-sea"),
        ("ru", "Красном море", "red-sea"),
        ("uk", "Чорного моря", "black-sea"),
        ("es", "Franja de Gaza", "gaza-strip"),
        ("de", "Vereinigten Staaten", "USA"),
        ("es", "EE.UU.", "USA"),
        ("fr", "RDC", "COD"),
        ("en", "Equatorial Guinea", "GNQ"),
        ("en", "Papua New Guinea", "PNG"),
        ("it", "statunitensi", "USA"),
        ("pt", "norte-americana", "USA"),
    ],
)
def test_news_calls_it_so(named, language, form, meant):
    assert meant in ids(named, language, form)


@pytest.mark.parametrize(
    ("language", "form", "case"),
    [
        ("ru", "Россия", "n"),
        ("ru", "России", "gdl"),
        ("ru", "Россию", "a"),
        ("ru", "Россией", "i"),
        ("uk", "Росію", "a"),
        ("uk", "росією", "i"),
    ],
)
def test_the_case_tells_who_acts_and_who_is_acted_on(named, language, form, case):
    assert ("RUS", "name", case) in named[language, form]


def test_adjectives_are_told_from_the_people(named):
    assert ("RUS", "adj", "") in named["ru", "российск*"]
    assert ("RUS", "adj", "") in named["de", "russische"]
    assert ("RUS", "people", "") in named["de", "Russen"]
    assert ("FRA", "people", "n") in named["uk", "французи"]


@pytest.mark.parametrize(
    "form", ["Tours", "Mary", "Austin", "Jackson", "Van", "Most", "Reading", "Essen", "Orange", "Siri"]
)
def test_no_city_bears_the_name_of_a_person_or_a_common_word(named, rows, form):
    cities = {row["id"] for row in rows if row["kind"] == "city"}
    assert not cities & {id_ for language in ("en", "de", "es") for id_ in ids(named, language, form)}


def test_every_sovereign_state_has_a_capital(rows):
    capitals = {row["country"] for row in rows if row["kind"] == "city" and row.get("capital")}
    assert {
        "USA",
        "RUS",
        "UKR",
        "CHN",
        "ISR",
        "PSE",
        "IRN",
        "COD",
        "XKX",
        "TWN",
        "ZAF",
        "KAZ",
        "BOL",
    } <= capitals
    assert len(capitals) > 200


def test_every_place_lies_on_the_globe(rows):
    for row in rows:
        if row["kind"] in PLACES:
            assert -90 <= row["lat"] <= 90, row["id"]
            assert -180 <= row["lon"] <= 180, row["id"]


def test_waters_belong_to_nobody_but_straits_and_canals_of_one_state(rows):
    owned = {row["id"] for row in rows if row["kind"] == "sea" and row.get("country")}
    assert owned == {"bosphorus", "dardanelles", "suez-canal", "panama-canal"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_a_name_in_every_language(named, rows, language):
    named_here = {id_ for (other, _), uses in named.items() if other == language for id_, _, _ in uses}
    assert {row["id"] for row in rows if row["kind"] == "country"} <= named_here
