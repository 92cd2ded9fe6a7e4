from itertools import product

import pytest

from schemas import Status, taxonomy
from streams.stories.headline import headline, phrases
from tests.factories import a_party, an_event


def test_every_type_and_status_has_its_phrase():
    assert set(phrases().types) == {type_.name for type_ in taxonomy().types}
    assert set(phrases().statuses) == set(Status)


@pytest.mark.parametrize("type_", [type_.name for type_ in taxonomy().types])
def test_a_headline_is_one_whole_sentence(type_):
    for status, targets in product(Status, ([], ["RUS"])):
        said = headline(an_event(type_, status, actors=["USA"], targets=targets))
        assert "USA" in said
        assert not set("{}[]|") & set(said)
        assert "  " not in said
        assert said == said.strip()
        assert said[0].isupper()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("occurred", "USA urged a ceasefire toward RUS"),
        ("ongoing", "Under way: call by USA for a ceasefire toward RUS"),
        ("planned", "Planned: call by USA for a ceasefire toward RUS"),
        ("conditional", "Possible: call by USA for a ceasefire toward RUS"),
        ("denied", "Denied: call by USA for a ceasefire toward RUS"),
        ("historical", "In the past: call by USA for a ceasefire toward RUS"),
    ],
)
def test_only_what_happened_is_told_as_a_fact(status, said):
    assert headline(an_event("ceasefire_call", status)) == said


def test_who_speaks_for_a_party_is_named():
    austin, shoigu = a_party("USA", person="Lloyd Austin"), a_party("RUS", person="Sergei Shoigu")
    said = headline(an_event(actors=[austin], targets=[shoigu]))
    assert said == "Lloyd Austin (USA) held military talks with Sergei Shoigu (RUS)"


def test_several_parties_are_listed():
    said = headline(an_event("threat_force", actors=["RUS"], targets=["EST", "FIN", "SWE"]))
    assert said == "RUS threatened armed force against EST, FIN and SWE"


def test_an_actor_that_no_one_names_is_called_so():
    said = headline(an_event("sabotage", actors=[], targets=["FIN"]))
    assert said == "An unnamed party sabotaged infrastructure of FIN"


def test_the_alliance_is_named_when_it_is_known():
    event = an_event("alliance_support", actors=["FIN"], targets=[], object="NATO")
    assert headline(event) == "FIN backed joining NATO"
    assert headline(event.model_copy(update={"object": None})) == "FIN backed joining an alliance"


def test_a_number_is_told_only_when_the_quote_holds_it():
    known = {"attributes": {"gap_days": 84}}
    assert headline(an_event(**known, quote="le premier appel en 84 jours")).endswith(
        "(the first in 84 days)"
    )
    assert "84" not in headline(an_event(**known, quote="the first call since 18 February"))
    assert "84" not in headline(an_event(**known, quote="order 1842"))
