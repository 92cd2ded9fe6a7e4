from __future__ import annotations

import io
from datetime import date

import pytest
import yaml

from schemas import Evidence, Place
from streams.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS, event_rows, mention_rows, write_gdelt
from streams.export.parties import ROLE_TYPES, parties
from streams.tagging.frames import DATA
from streams.tagging.lexicon import languages
from tests.factories import a_party, an_event

KYIV = Place(name="Kyiv", country="UKR", lat=50.45, lon=30.52)


def rows(event):
    return [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in event_rows(event)]


def row(event):
    (only,) = rows(event)
    return only


def mention(event):
    (only,) = mention_rows(event)
    return dict(zip(MENTION_COLUMNS, only, strict=True))


def lines(event):
    table, mentions = io.StringIO(), io.StringIO()
    write_gdelt([event], table, mentions)
    return table.getvalue(), mentions.getvalue()


def test_the_tables_have_the_columns_of_the_codebook():
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    assert len(set(EVENT_COLUMNS)) == 61
    assert EVENT_COLUMNS[5:8] == ("Actor1Code", "Actor1Name", "Actor1CountryCode")
    assert EVENT_COLUMNS[35:37] == ("Actor1Geo_Type", "Actor1Geo_Fullname")
    assert EVENT_COLUMNS[-2:] == ("DATEADDED", "SOURCEURL")


def test_an_action_is_given_at_its_three_levels():
    made = row(an_event("air_missile_strike"))
    code = made["EventCode"]
    assert (made["EventBaseCode"], made["EventRootCode"]) == (code[:3], code[:2])
    assert made["QuadClass"] == 4


# Days and fractions as they stand in GDELT's own files; the formula of the codebook gives others.
@pytest.mark.parametrize(
    ("day", "fraction"),
    [
        (date(2017, 7, 4), "2017.5041"),
        (date(2016, 7, 1), "2016.4959"),
        (date(2017, 6, 1), "2017.4137"),
    ],
)
def test_a_day_is_given_as_gdelt_gives_it(day, fraction):
    made = row(an_event(day=day))
    assert (made["Day"], made["MonthYear"], made["Year"]) == (f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}")
    assert made["FractionDate"] == fraction


def test_states_and_offices_are_coded_by_cameo():
    minister = a_party("ROU", role="defence", person="Vasile Dîncu")
    made = row(an_event(actors=(minister,), targets=("XKX",)))
    assert (made["Actor1Code"], made["Actor1CountryCode"]) == ("ROMGOVMIL", "ROM")
    assert (made["Actor1Type1Code"], made["Actor1Type2Code"], made["Actor1Type3Code"]) == ("GOV", "MIL", "")
    assert made["Actor1Name"] == "VASILE DÎNCU"
    assert (made["Actor2Code"], made["Actor2Name"]) == ("KSV", "KOSOVO")


def test_organisations_and_armed_groups_are_known_groups():
    made = row(an_event(actors=("NATO",), targets=("HAMAS",)))
    assert (made["Actor1Code"], made["Actor1KnownGroupCode"], made["Actor1Type1Code"]) == (
        "IGOWSTNAT",
        "NAT",
        "IGO",
    )
    assert (made["Actor2Code"], made["Actor2CountryCode"]) == ("PSEREBHMS", "PSE")


def test_a_party_that_the_table_does_not_have_keeps_its_name_and_role():
    made = row(an_event(actors=(a_party("NEW_FRONT", role="rebels"),)))
    assert (made["Actor1Name"], made["Actor1Code"], made["Actor1Type1Code"]) == ("NEW_FRONT", "REB", "REB")


def test_each_actor_stands_with_each_target_in_a_row_of_its_own_number():
    made = rows(an_event(actors=("USA", "GBR"), targets=("RUS", "BLR")))
    sides = [(each["Actor1Code"], each["Actor2Code"]) for each in made]
    assert sides == [("USA", "RUS"), ("USA", "BLR"), ("GBR", "RUS"), ("GBR", "BLR")]
    assert len({each["GlobalEventID"] for each in made}) == 4


def test_a_party_that_is_named_twice_makes_one_row():
    assert row(an_event(targets=("UKR", a_party("UKR", role="government"))))["Actor2Code"] == "UKR"


def test_a_joint_deed_pairs_those_who_did_it():
    assert [
        (made["Actor1Code"], made["Actor2Code"]) for made in rows(an_event(actors=("FRA", "DEU"), targets=()))
    ] == [("FRA", "DEU")]


@pytest.mark.parametrize(("actors", "targets"), [((), ("UKR",)), (("RUS",), ()), ((), ())])
def test_an_unknown_side_stays_empty(actors, targets):
    made = row(an_event(actors=actors, targets=targets))
    assert made["Actor1Code"] == "".join(actors)
    assert made["Actor2Code"] == "".join(targets)


def test_the_number_of_an_event_never_changes_and_fits_a_64_bit_integer():
    numbers = {row(an_event())["GlobalEventID"] for _ in range(2)}
    assert numbers == {int(mention(an_event())["GlobalEventID"])}
    assert 0 < numbers.pop() < 2**63


def test_a_place_is_where_the_action_was_with_its_fips_code():
    made = row(an_event(place=KYIV))
    assert (made["ActionGeo_Type"], made["ActionGeo_Fullname"]) == (4, "Kyiv, Ukraine")
    assert (made["ActionGeo_CountryCode"], made["ActionGeo_Lat"], made["ActionGeo_Long"]) == (
        "UP",
        50.45,
        30.52,
    )
    assert (made["Actor1Geo_Type"], made["Actor2Geo_Type"]) == (0, 0)


def test_a_place_aimed_at_is_also_where_the_target_is_and_one_spoken_at_where_the_actor_is():
    made = row(
        an_event(
            place=KYIV.model_copy(update={"role": "aimed_at"}),
            other_places=[
                Place(name="Texas", country="USA", precision="region", role="said_at"),
            ],
        )
    )
    assert made["ActionGeo_Fullname"] == made["Actor2Geo_Fullname"] == "Kyiv, Ukraine"
    assert (made["Actor1Geo_Type"], made["Actor1Geo_Fullname"]) == (2, "Texas, United States")


def test_a_country_as_a_place_is_named_alone():
    made = row(an_event(place=Place(name="Mali", country="MLI", precision="country")))
    assert (made["ActionGeo_Type"], made["ActionGeo_Fullname"], made["ActionGeo_ADM1Code"]) == (
        1,
        "Mali",
        "ML",
    )


def test_a_mention_says_where_in_the_article_and_how_sure():
    quote = "Moscow said Kyiv struck a depot."
    event = an_event(
        actors=(a_party("UKR", start=112, end=116),),
        evidence=Evidence(quote=quote, start=100, end=100 + len(quote), lang="en", trigger="struck"),
    )
    made = mention(event)
    assert (made["Actor1CharOffset"], made["Actor2CharOffset"], made["ActionCharOffset"]) == (112, -1, 117)
    assert (made["Confidence"], made["InRawText"]) == (80, 1)
    assert made["MentionDocTranslationInfo"] == ""


def test_a_mention_on_the_web_is_named_by_its_site_any_other_is_cited():
    event = an_event()
    online = event.article.model_copy(update={"url": "https://www.example.org/a?b=1"})
    made = mention(event.model_copy(update={"article": online}))
    assert (made["MentionType"], made["MentionSourceName"]) == (1, "example.org")
    assert made["MentionIdentifier"] == "https://www.example.org/a?b=1"
    cited = mention(event)
    assert (cited["MentionType"], cited["MentionSourceName"]) == (2, "source-1")
    assert "article-1" in cited["MentionIdentifier"]


def test_a_mention_names_its_language_and_the_status_that_gdelt_has_no_column_for():
    made = mention(an_event(lang="fr", status="planned"))
    assert made["MentionDocTranslationInfo"] == "srclc:fra"
    assert "status:planned" in made["Extras"]


def test_no_text_breaks_a_row():
    hostile = a_party("USA", person="A\tB\nC\r\u2028D\x1b[31m")
    for text, columns in zip(
        lines(an_event(actors=(hostile,))), (EVENT_COLUMNS, MENTION_COLUMNS), strict=True
    ):
        assert text.count("\n") == 1
        assert len(text.splitlines()) == 1
        assert text.count("\t") == len(columns) - 1
        assert "\x1b" not in text


def entities(name):
    return yaml.safe_load(DATA.joinpath("actors", f"{name}.yaml").read_text("utf-8"))["entities"]


def test_every_party_that_the_tagger_knows_has_codes():
    known = {entity["id"] for entity in entities("countries")}
    for entity in entities("organisations"):  # a pair is told as its members, an agency as whom it serves
        if entity.get("kind") != "pair" and entity.get("party", entity["id"]) == entity["id"]:
            known.add(entity["id"])
    assert known - set(parties()) == set()
    assert [name for name, party in parties().items() if not party.code] == []


@pytest.mark.parametrize("lang", languages())
def test_every_role_of_a_lexicon_has_a_cameo_type(lang):
    lexicon = yaml.safe_load(DATA.joinpath("languages", lang, "lexicon.yaml").read_text("utf-8"))
    assert set(lexicon["roles"]) - set(ROLE_TYPES) == set()
