from __future__ import annotations

import pytest

from streams.web.filters import BadParameter, read_filter
from tests.factories import a_story, an_event
from tests.web.made import kept, query

STORY = kept(
    a_story(an_event(actors=["USA"], targets=["RUS"], source="lemonde", lang="fr", quote="Ils se sont parlé"))
)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "type=military_communication",
        "type=air_missile_strike,military_communication",
        "type=air_missile_strike&type=military_communication",
        "family=communication",
        "status=occurred",
        "polarity=deescalatory",
        "min_severity=3",
        "dyad=RUS-USA",
        "dyad=usa-rus",
        "language=fr,en",
        "source=lemonde",
        "q=PARLÉ+usa",
        'q="se+sont+parlé"',
        "type=military_communication&dyad=RUS-USA&q=talks",
    ],
)
def test_a_story_meets_what_is_asked(words):
    assert read_filter(query(words))(STORY)


@pytest.mark.parametrize(
    "words",
    [
        "type=air_missile_strike",
        "family=use_of_force",
        "status=planned,denied",
        "polarity=escalatory",
        "min_severity=3.5",
        "dyad=IND-PAK",
        "language=en",
        "source=reuters",
        "rule=talks",
        "q=war",
        "q=headline",
        "type=military_communication&dyad=IND-PAK",
    ],
)
def test_a_story_does_not_meet_what_is_asked(words):
    assert not read_filter(query(words))(STORY)


def test_a_watched_dyad_of_blocs_stands_for_its_pairs():
    assert read_filter(query("dyad=RUS-WEST"), {"RUS-WEST": ["RUS-USA", "FRA-RUS"]})(STORY)
    assert not read_filter(query("dyad=RUS-WEST"), {"RUS-WEST": ["FRA-RUS"]})(STORY)


@pytest.mark.parametrize(
    ("words", "parameter", "problem"),
    [
        ("type=military_comunication", "type", "did you mean military_communication?"),
        ("family=talk", "family", "no family is called 'talk'"),
        ("status=happened", "status", "no status is called 'happened'"),
        ("polarity=up", "polarity", "no polarity is called 'up'"),
        ("min_severity=11", "min_severity", "is no number from 0 to 10"),
        ("min_severity=much", "min_severity", "is no number from 0 to 10"),
        ("min_severity=nan", "min_severity", "is no number from 0 to 10"),
        ("dyad=Russia", "dyad", "write two party ids, as RUS-USA"),
        ("source=" + "x" * 201, "source", "longer than 200 characters"),
        ("source=" + "x," * 61, "source", "61 values are more than 60"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_parameter(words, parameter, problem):
    with pytest.raises(BadParameter) as raised:
        read_filter(query(words))
    assert raised.value.parameter == parameter
    assert problem in raised.value.problem
