"""The builder: what it makes of the data, and what it says when the data is wrong."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import orjson
import pytest

from streams.tagging.table import Table

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from lookups.build import build  # noqa: E402
from lookups.source import BadData  # noqa: E402

FRAMES = """\
defaults:
  verb: {actor: [subj], target: [obj]}
  noun: {actor: [gen], target: [on]}
groups:
  PROJECTILE: [MISSILE]
frames:
  - {type: air_missile_strike, head: [STRIKE], target: [obj]}
  - {type: ceasefire_call, head: [CALL_FOR], with: [TRUCE]}
  - {type: negotiation, head: [TALK]}
operators:
  denied: [DENY]
"""

GRAMMAR = """\
language: en
functions:
  prep: {on: [on, upon], of: [of]}
  neg: {"": [not, "'t"]}
  det: {"": [at least]}
cues: {planned: [next week]}
"""

LEXICON = """\
language: en
concepts:
  STRIKE:
    verbs: [strike, carry out air strike]
    nouns: [strike, air strike]
    phrases: [opened fire on, {text: hail of fire, pos: noun}]
  TRUCE:
    nouns: [[truce, cease-fire], ceasefire]
  DENY:
    verbs: [deny]
  CALL_FOR:
    verbs: [call for]
verbs: [open, say, deny]
roles:
  head: [president, head of state]
blockers:
  metaphor: [strike a chord, charm offensive]
"""

PARADIGMS = """\
language: en
verbs:
  irregular:
    strike: {D: [struck], N: [struck, stricken]}
  rules:
    - {match: 'e$', endings: {I: [e], P: [e, es], D: [ed], N: [ed], G: [ing]}}
    - {match: 'y$', endings: {I: [y], P: [y, ies], D: [ied], N: [ied], G: [ying]}}
    - {match: '$', endings: {I: [''], P: ['', s], D: [ed], N: [ed], G: [ing]}}
nouns:
  head_before: [of]
  rules: [{match: '$', endings: ['', s]}]
adjectives: {}
"""

COUNTRIES = """\
kind: country
entities:
  - id: USA
    name: United States
    names: {en: [United States, US, U.S.], fr: [États-Unis]}
    adjectives: {en: [American]}
    people_nouns: {en: [American | Americans]}
  - id: RUS
    name: Russia
    names: {latin: [Rossiya], en: [Russia], ru: [Россия/n | России/gdl]}
    adjectives: {en: [Russian*]}
"""

PEOPLE = """\
kind: person
entities:
  - id: lloyd-austin
    name: Lloyd Austin
    party: USA
    role: defence
    offices:
      - {role: defence, title: secretary of defense, since: 2021-01-22, until: 2025-01-20}
    names: {latin: [Lloyd Austin]}
    alone: {latin: [{text: Austin, ambiguous: true}]}
    unless: {en: [Texas]}
"""

CITIES = """\
# Cities.
name\tcountry\tlat\tlon\tpopulation\tcapital\tlatin\tfr
Moscow\tRUS\t55.75\t37.62\t10381222\tyes\t\tMoscou
Austin\tUSA\t30.27\t-97.74\t931830\t\tAustin\t
"""

FILES = {
    "frames.yaml": FRAMES,
    "languages/en/grammar.yaml": GRAMMAR,
    "languages/en/lexicon.yaml": LEXICON,
    "languages/en/paradigms.yaml": PARADIGMS,
    "actors/countries.yaml": COUNTRIES,
    "actors/people.yaml": PEOPLE,
    "actors/cities.tsv": CITIES,
}


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "streams/tagging/data"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(data, name, before, after):
    path = data / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def english(data):
    files = build(data, "data").files
    return {**tables(files["en.tsv"]), "grammar": orjson.loads(files["en.json"])}


def tables(lines):
    found = {"words": {}, "stems": {}, "phrases": defaultdict(dict)}
    for first, rest, senses in Table(lines):
        if rest:
            found["phrases"][first][rest] = senses
        else:
            found["stems" if first.endswith("*") else "words"][first] = senses
    return found


def mistakes(data):
    with pytest.raises(BadData) as error:
        build(data, "data")
    return error.value.mistakes


def phrases(table, first):
    return table["phrases"][first]


def test_every_form_of_a_verb_and_a_noun_stands_under_the_concept(english):
    assert english["words"]["struck"] == "v STRIKE DN"
    assert english["words"]["strike"] == "v STRIKE IP|n STRIKE"
    assert english["words"]["truce"] == "n TRUCE"
    assert english["words"]["cease-fire"] == "n TRUCE"


def test_only_the_first_word_of_a_verb_and_the_last_of_a_noun_changes(english):
    assert phrases(english, "carried") == {"out air strike": "v STRIKE DN"}
    assert phrases(english, "air") == {"strike": "n STRIKE", "strikes": "n STRIKE"}


def test_the_longest_phrase_stands_first(data):
    change(
        data,
        "languages/en/lexicon.yaml",
        "nouns: [strike, air strike]",
        "nouns: [air strike, air strike campaign]",
    )
    table = tables(build(data, "data").files["en.tsv"])
    assert set(phrases(table, "air")) == {"strike campaign", "strike campaigns", "strike", "strikes"}


def test_a_fixed_phrase_takes_the_letters_of_its_verb(english):
    assert phrases(english, "opened")["fire on"] == "v STRIKE DN"
    assert phrases(english, "hail")["of fire"] == "n STRIKE"


def test_a_common_verb_has_no_concept_unless_it_stands_under_one(english):
    assert english["words"]["opens"] == "v  P"
    assert english["words"]["denies"] == "v DENY P"


def test_function_words_keep_their_category_and_value(english):
    assert english["words"]["upon"] == "f prep on"
    assert english["words"]["'t"] == "f neg "
    assert phrases(english, "at") == {"least": "f det "}
    assert english["grammar"] == {"cues": {"planned": ["next week"]}}


def test_a_role_noun_has_its_plural(english):
    assert english["words"]["presidents"] == "r head"
    assert set(phrases(english, "heads")) == {"of state"}


def test_a_metaphor_is_inflected_and_longer_than_the_trigger_in_it(english):
    assert phrases(english, "struck")["a chord"] == "x metaphor"
    assert phrases(english, "striking")["a chord"] == "x metaphor"
    assert set(phrases(english, "charm")) == {"offensive", "offensives"}


def test_capitals_are_asked_for_as_the_name_is_written(english):
    assert english["words"]["us"] == "e 1 name 2"
    assert english["words"]["u.s."] == "e 1 name 2"
    assert english["words"]["russia"] == "e 0 name 1"
    assert english["words"]["rossiya"] == "e 0 name 1"
    assert phrases(english, "united") == {"states": "e 1 name 1"}


def test_a_name_is_only_in_the_languages_it_is_written_in(english):
    assert "états-unis" not in english["words"]
    assert "россия" not in english["words"]


def test_adjective_and_people_of_one_form_are_both_kept(english):
    assert english["words"]["american"] == "e 1 adj 1|e 1 people 1"


def test_a_word_with_an_asterisk_is_a_stem(english):
    assert english["stems"] == {"russian*": "e 0 adj 1"}


def test_entities_stand_in_the_order_that_the_names_count_in(data):
    rows = orjson.loads(build(data, "data").files["entities.json"])
    assert [row["id"] for row in rows] == ["RUS", "USA", "lloyd-austin", "Moscow, RUS", "Austin, USA"]
    assert rows[1] == {"id": "USA", "kind": "country", "name": "United States", "party": "USA"}
    assert rows[2] == {
        "id": "lloyd-austin", "kind": "person", "name": "Lloyd Austin", "party": "USA", "role": "defence",
        "offices": [
            {"role": "defence", "title": "secretary of defense", "since": "2021-01-22", "until": "2025-01-20"}
        ],
        "unless": ["texas"],
    }  # fmt: skip


def test_a_city_stands_where_it_is_and_may_be_a_capital(data):
    rows = orjson.loads(build(data, "data").files["entities.json"])
    assert rows[3] == {
        "id": "Moscow, RUS", "kind": "city", "name": "Moscow", "country": "RUS", "lat": 55.75, "lon": 37.62,
        "population": 10381222, "capital": True,
    }  # fmt: skip


def test_a_name_of_two_keeps_both_and_marks_the_doubtful_one(english):
    assert english["words"]["austin"] == "e 2 alone 1 ?|e 4 name 1"


def test_the_same_data_gives_the_same_bytes(data):
    assert build(data, "data").files == build(data, "data").files


def test_a_concept_that_no_frame_reads_is_named_with_its_line_and_the_likely_one(data):
    change(data, "languages/en/lexicon.yaml", "  TRUCE:", "  TRUSE:")
    assert build(data, "data").unread == [
        "data/languages/en/lexicon.yaml:7: concepts.TRUSE: no frame reads this concept; did you mean TRUCE?"
    ]
    assert build(data, "data").wordless["en"] == ["MISSILE", "TALK", "TRUCE"]


def test_a_group_is_no_concept(data):
    change(data, "languages/en/lexicon.yaml", "  DENY:", "  PROJECTILE: {nouns: [projectile]}\n  DENY:")
    assert "concepts.PROJECTILE" in build(data, "data").unread[0]


def test_a_word_that_stands_twice_is_named_with_both_lines(data):
    change(
        data,
        "languages/en/lexicon.yaml",
        "    nouns: [[truce, cease-fire], ceasefire]",
        "    nouns:\n      - truce\n      - [ceasefire,\n         truce]",
    )
    assert mistakes(data) == [
        (
            "data/languages/en/lexicon.yaml:11: concepts.TRUCE.nouns.2: 'truce' stands a second time, "
            "first in line 9"
        )
    ]


def test_a_phrase_that_stands_twice_is_named(data):
    change(data, "languages/en/lexicon.yaml", "phrases: [opened fire on,", "phrases: [hail of fire,")
    assert "'hail of fire' stands a second time" in mistakes(data)[0]


def test_a_key_that_stands_twice_is_named_with_both_lines(data):
    change(data, "languages/en/lexicon.yaml", "  DENY:", "  STRIKE:")
    assert mistakes(data) == [
        "data/languages/en/lexicon.yaml:9: STRIKE: stands a second time, first in line 3"
    ]


def test_an_unknown_type_is_named_with_the_likely_one(data):
    change(data, "frames.yaml", "type: ceasefire_call", "type: ceasefire_cal")
    assert mistakes(data) == [
        (
            "data/frames.yaml:8: frames.1.type: no type is called 'ceasefire_cal'; "
            "did you mean ceasefire_call or ceasefire_agreed?"
        )
    ]


def test_an_unknown_field_is_named_with_the_likely_one(data):
    change(data, "languages/en/lexicon.yaml", "    verbs: [deny]", "    verb: [deny]")
    assert mistakes(data) == [
        "data/languages/en/lexicon.yaml:10: concepts.DENY.verb: unknown field; did you mean verbs?"
    ]


def test_an_unknown_role_is_named_with_what_there_is(data):
    change(data, "languages/en/lexicon.yaml", "  head: [", "  heads: [")
    (mistake,) = mistakes(data)
    assert mistake.startswith(
        "data/languages/en/lexicon.yaml:15: roles.heads: 'heads' is none of head, foreign,"
    )
    assert mistake.endswith("did you mean head?")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "{match: 'y$', endings: {I: [y]",
            "{match: 'y($', endings: {I: [y]",
            ":7: verbs.rules.1.match: 'y($' is no pattern",
        ),
        (
            "I: [y], P: [y, ies]",
            "I: [y], X: [y, ies]",
            ":7: verbs.rules.1.endings.X: 'X' is no letter of a verb form",
        ),
        ("N: [struck, stricken]", "N: []", ":4: verbs.irregular.strike.N: "),
        ("D: [struck]", "D: [str~past]", ":4: verbs.irregular.strike.D: no endings are called 'past'"),
        ("D: [ied]", "D: ['\\2ied']", ":7: verbs.rules.1: 'y$' has no group 2"),
        ("adjectives: {}", "", ":1: the file: 'adjectives' is missing"),
    ],
)
def test_a_malformed_paradigm_is_named_with_its_line(data, before, after, said):
    change(data, "languages/en/paradigms.yaml", before, after)
    assert said in mistakes(data)[0]


def test_every_mistake_is_told_at_once(data):
    change(data, "languages/en/lexicon.yaml", "    verbs: [deny]", "    verb: [deny]")
    change(data, "languages/en/lexicon.yaml", "  head: [", "  heads: [")
    assert len(mistakes(data)) == 2


def test_an_actor_whose_party_is_nowhere_is_named(data):
    change(data, "actors/people.yaml", "party: USA", "party: USSA")
    assert mistakes(data) == [
        "data/actors/people.yaml:3: lloyd-austin: no entity is 'USSA'; did you mean USA?"
    ]


def test_a_day_that_is_none_is_named(data):
    change(data, "actors/people.yaml", "until: 2025-01-20", "until: January 2025")
    assert mistakes(data)[0].startswith("data/actors/people.yaml:8: entities.0.offices.0.until: ")


def test_an_id_that_stands_twice_is_named_with_both_places(data):
    change(data, "actors/people.yaml", "id: lloyd-austin", "id: USA")
    assert mistakes(data) == [
        "data/actors/people.yaml:3: USA: stands a second time, first in data/actors/countries.yaml:3"
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("USA\t30.27", "USSA\t30.27", ":4: Austin, USSA: no entity is 'USSA'; did you mean USA?"),
        ("\t30.27", "", ":4: Austin: has 7 columns, the head has 8"),
        ("55.75", "north", ":3: Moscow, RUS: lat: "),
        ("name\tcountry", "city\tcountry", ":2: the columns begin with name, country, lat"),
    ],
)
def test_a_line_of_the_cities_that_does_not_fit_is_named(data, before, after, said):
    change(data, "actors/cities.tsv", before, after)
    assert f"data/actors/cities.tsv{said}" in mistakes(data)[0]


def test_what_is_no_yaml_is_named_with_its_line(data):
    change(data, "languages/en/grammar.yaml", "{on: [on, upon], of: [of]}", "{on: [on, upon, of: [of]}")
    assert mistakes(data)[0].startswith("data/languages/en/grammar.yaml:")


def test_a_language_without_its_grammar_is_named(data):
    (data / "languages/en/grammar.yaml").unlink()
    assert mistakes(data) == ["data/languages/en/grammar.yaml:1: the file is missing"]


def run(*arguments):
    return subprocess.run(
        [sys.executable, ROOT / "tools/build_lookups.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_check_tells_look_up_files_that_are_out_of_step(data, tmp_path):
    assert run("--root", tmp_path).returncode == 0
    assert run("--root", tmp_path, "--check").returncode == 0
    change(data, "languages/en/lexicon.yaml", "verbs: [open, say, deny]", "verbs: [open, say]")
    assert run("--root", tmp_path, "--check").returncode == 0, "deny stands under its concept as well"
    change(data, "languages/en/lexicon.yaml", "verbs: [open, say]", "verbs: [open]")
    done = run("--root", tmp_path, "--check")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "streams/tagging/compiled/en.tsv is out of step with streams/tagging/data: run `make lexicon`"
    ]


def test_check_writes_nothing(data, tmp_path):
    assert run("--root", tmp_path, "--check").returncode == 1
    assert not (data.parent / "compiled").exists()


def test_look_up_files_that_no_data_stands_for_are_removed(data, tmp_path):
    run("--root", tmp_path)
    stray = data.parent / "compiled/xx.json"
    stray.write_text("{}", encoding="utf-8")
    assert run("--root", tmp_path, "--check").returncode == 1
    run("--root", tmp_path)
    assert not stray.exists()


def test_wrong_data_writes_nothing_and_says_how_many_mistakes(data, tmp_path):
    change(data, "frames.yaml", "type: ceasefire_call", "type: ceasefire_cal")
    done = run("--root", tmp_path)
    assert done.returncode == 1
    assert done.stderr.endswith("1 mistake, nothing written\n")
    assert not (data.parent / "compiled").exists()
