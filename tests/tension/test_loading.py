from __future__ import annotations

from importlib.resources import files

import pytest

from schemas import taxonomy
from streams.tagging.lexicon import entities
from streams.tension import WatchErrors, formula, load_watched, watch_file_schema
from streams.tension.watch import MOST_DYADS


def mistakes(folder, text):
    file = folder / "my.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WatchErrors) as caught:
        load_watched(file)
    return [str(mistake).replace(f"{file}:", "") for mistake in caught.value.mistakes]


def test_the_list_that_ships_watches_a_dozen_dyads_and_a_bloc():
    watched = {dyad.id: dyad for dyad in load_watched()}
    assert len(watched) >= 12
    assert {"USA", "GBR", "WEST"} <= watched["RUS-WEST"].parties[1]
    assert watched["RUS-WEST"].blocs["WEST"] == sorted(watched["RUS-WEST"].parties[1])


def test_the_formula_names_types_of_the_taxonomy():
    assert all(type_ in taxonomy() for type_ in formula().contact_types)


def test_a_side_is_a_bloc_where_the_file_says_so_else_a_party(tmp_path):
    file = tmp_path / "dyads.yaml"
    file.write_text(
        "blocs:\n  AXIS: {title: Two, members: [IRN, SYR]}\ndyads:\n  - {id: AXIS-ISR, title: They}\n"
    )
    [dyad] = load_watched(file)
    assert dyad.sides == ("AXIS", "ISR")
    assert dyad.parties == (frozenset({"AXIS", "IRN", "SYR"}), frozenset({"ISR"}))


def test_every_mistake_is_listed_with_its_line_and_entry(tmp_path):
    text = """\
blocs:
  WEST:
    titel: The West
    members: [usa]
dyads:
  - id: RUS/USA
    title: They
  - title: No id
  - id: RUS-UKR
    title: They
    title: Again
  - just text
dyad: []
"""
    assert mistakes(tmp_path, text) == [
        "2: WEST: the field title is missing",
        "3: WEST: no field is named titel (did you mean title?)",
        "4: WEST: 'usa' is no id of a party; write capitals, as USA or NATO",
        "6: RUS/USA: 'RUS/USA' names no dyad; write two ids, as RUS-USA",
        "8: dyad number 2: the field id is missing",
        "11: RUS-UKR: the field title stands twice",
        "12: dyad number 4: fields are expected here, as in `dyads:` or `id: RUS-USA`",
        "13: no field is named dyad (did you mean dyads?)",
    ]


def test_what_is_well_written_and_cannot_be_watched_is_a_mistake(tmp_path):
    text = """\
blocs:
  WEST: {title: The West, members: [USA, GBR]}
  EAST: {title: Nobody names it, members: [RUS]}
dyads:
  - {id: USA-RUS, title: They}
  - {id: RUS-RUS, title: One}
  - {id: USA-WEST, title: A member}
  - {id: RUS-USA, title: They}
  - {id: RUS-USA, title: Again}
"""
    assert mistakes(tmp_path, text) == [
        "3: EAST: no dyad names this bloc",
        "5: USA-RUS: the sides are in alphabetical order (did you mean RUS-USA?)",
        "6: RUS-RUS: both sides are the same",
        "7: USA-WEST: USA would stand on both sides",
        "9: RUS-USA: it is watched already, by the entry at line 8",
    ]


def test_more_dyads_than_metrics_have_room_for_are_refused(tmp_path):
    listed = "".join(f"  - {{id: AAA-B{number:02d}, title: They}}\n" for number in range(MOST_DYADS + 1))
    [mistake] = mistakes(tmp_path, f"dyads:\n{listed}")
    assert f"at most {MOST_DYADS}" in mistake


@pytest.mark.parametrize(
    "text", ["", "dyads:\n", "dyads: []\n", "- a\n", "dyads: 5\n", "dyads: [&a [*a]]\n", "\0"]
)
def test_a_file_that_watches_nothing_is_a_mistake(tmp_path, text):
    assert mistakes(tmp_path, text)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(WatchErrors, match=r"none.yaml: the file cannot be read"):
        load_watched(tmp_path / "none.yaml")


def test_the_schema_for_editors_is_in_step():
    shipped = files("streams.tension").joinpath("dyads.schema.json").read_text(encoding="utf-8")
    assert shipped == watch_file_schema()


def test_every_party_that_the_list_names_is_one_that_the_tagger_knows():
    known = {entity.party for entity in entities()} | {"WEST"}
    assert {party for dyad in load_watched() for side in dyad.parties for party in side} <= known
