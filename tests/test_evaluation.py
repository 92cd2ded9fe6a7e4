"""The evaluation counts as a careful reader would, and says what is wrong with its gold."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from schemas import Status
from streams.cli.eval import command
from streams.evaluation import (
    Case,
    GoldError,
    Probe,
    UnmarkedPage,
    calibration,
    cases_figures,
    compare,
    drops,
    fill,
    pinned_figures,
    probe,
    probes_figures,
    read_gold,
    set_files,
)
from streams.evaluation.report import misses
from tests.factories import an_event

BEGIN, END = "<!-- figures: written by `tocsin eval --pin` -->", "<!-- end of figures -->"

CLASH = {"type": "armed_clash", "status": "occurred", "actors": ["ARM", "AZE"]}
STRIKE = {"type": "air_missile_strike", "status": "occurred", "actors": ["TUR"], "targets": ["SYR"]}


def a_case(*events, **fields) -> Case:
    text = {"id": "case", "lang": "en", "published_at": "2022-05-13T12:00:00Z", "body": "A text."}
    return Case.model_validate(text | {"events": list(events)} | fields)


def a_probe(kind="denied", status="denied", type_="air_missile_strike", actor="TUR") -> Probe:
    text = {"id": "probe", "lang": "en", "published_at": "2022-05-13T12:00:00Z", "body": "A text."}
    return Probe.model_validate(text | {"probe": kind, "type": type_, "actor": actor, "status": status})


def f1_of(case, *events) -> float:
    return cases_figures([compare(case, list(events))])["all"]["f1"]


def test_an_event_is_right_when_type_status_and_roles_are():
    assert f1_of(a_case(STRIKE), an_event("air_missile_strike", actors=["TUR"], targets=["SYR"])) == 1.0


@pytest.mark.parametrize(
    "found",
    [
        an_event("air_missile_strike", "planned", actors=["TUR"], targets=["SYR"]),
        an_event("air_missile_strike", actors=["SYR"], targets=["TUR"]),
        an_event("air_missile_strike", actors=["TUR"], targets=[]),
    ],
    ids=["wrong status", "roles the wrong way round", "no target"],
)
def test_an_event_with_a_wrong_status_or_role_is_missed_but_its_type_is_found(found):
    figures = cases_figures([compare(a_case(STRIKE), [found])])
    assert figures["all"]["recall"] == 0.0
    assert figures["type"]["recall"] == 1.0


def test_sides_that_do_the_same_to_each_other_stand_in_any_order():
    assert f1_of(a_case(CLASH), an_event("armed_clash", actors=["AZE"], targets=["ARM"])) == 1.0


def test_more_parties_than_the_gold_names_are_no_error_of_the_event_but_of_the_role():
    found = an_event("air_missile_strike", actors=["TUR", "USA"], targets=["SYR"])
    figures = cases_figures([compare(a_case(STRIKE), [found])])
    assert figures["all"]["f1"] == 1.0
    assert figures["by_role"]["actors"]["precision"] == 0.5


def test_either_of_two_statuses_is_right():
    case = a_case(STRIKE | {"status": ["occurred", "historical"]})
    assert f1_of(case, an_event("air_missile_strike", "historical", actors=["TUR"], targets=["SYR"])) == 1.0


def test_a_type_that_a_second_reader_might_choose_is_right():
    case = a_case(STRIKE, alt={"air_missile_strike": ["border_spillover_strike"]})
    assert f1_of(case, an_event("border_spillover_strike", actors=["TUR"], targets=["SYR"])) == 1.0


def test_one_event_answers_one_question():
    found = an_event("air_missile_strike", actors=["TUR"], targets=["SYR"])
    assert cases_figures([compare(a_case(STRIKE, STRIKE), [found])])["all"]["recall"] == 0.5


def test_an_optional_event_is_no_miss_and_no_error():
    case = a_case(CLASH, optional=["armed_clash", "invasion"])
    for events in ([], [an_event("invasion", actors=["ARM"], targets=["AZE"])]):
        figures = cases_figures([compare(case, events)])
        assert (figures["all"]["asked"], figures["all"]["found"]) == (0, 0)


@pytest.mark.parametrize(
    ("found", "spurious"),
    [
        (an_event("invasion"), 1),
        (an_event("invasion", "planned"), 0),
        (an_event("condemnation"), 0),
        (an_event("demand"), 0),
    ],
    ids=["counted", "not counted", "of low severity", "neutral"],
)
def test_a_counted_event_of_some_weight_that_nobody_asked_for_costs_precision(found, spurious):
    assert len(compare(a_case(), [found]).spurious) == spurious


@pytest.mark.parametrize(
    ("rule", "status", "broken"),
    [("invasion", "planned", 1), ("invasion@occurred", "planned", 0), ("invasion@occurred", "occurred", 1)],
)
def test_a_trap_is_broken_by_its_type_in_its_status(rule, status, broken):
    assert len(compare(a_case(absent=[rule]), [an_event("invasion", status)]).broken) == broken


def test_a_wrong_status_counts_against_the_one_that_was_found():
    found = an_event("air_missile_strike", "planned", actors=["TUR"], targets=["SYR"])
    by_status = cases_figures([compare(a_case(STRIKE), [found])])["by_status"]
    assert by_status["occurred"]["recall"] == 0.0
    assert by_status["planned"]["found"] == 1


def test_calibration_sets_confidence_beside_the_share_that_is_right():
    right = an_event("air_missile_strike", actors=["TUR"], targets=["SYR"], confidence=0.84)
    wrong = an_event("condemnation", confidence=0.86)
    optional = an_event("invasion", confidence=0.81)
    (found,) = calibration([compare(a_case(STRIKE, optional=["invasion"]), [right, wrong, optional])])
    assert found.as_dict() == {"from": 0.8, "events": 2, "confidence": 0.85, "right": 0.5}


@pytest.mark.parametrize(
    ("kind", "found", "right"),
    [
        ("denied", [], True),
        ("denied", ["denied"], True),
        ("denied", ["planned"], True),
        ("denied", ["occurred"], False),
        ("denied", ["denied", "ongoing"], False),
        ("occurred", ["occurred"], True),
        ("occurred", [], False),
    ],
)
def test_a_probe_is_right_when_what_did_not_happen_does_not_count(kind, found, right):
    events = [an_event("air_missile_strike", status, actors=["TUR"]) for status in found]
    assert probe(a_probe(kind, status=kind), events).right is right


def test_a_probe_asks_about_its_actor():
    demand = a_probe("requested", None, "demand", actor="MEX")
    assert probe(demand, [an_event("demand", actors=["NOR"], targets=["MEX"])]).right
    assert not probe(demand, [an_event("demand", actors=["MEX"], targets=["ESP"])]).right


def test_silence_is_right_but_not_seen():
    figures = probes_figures([probe(a_probe(), []), probe(a_probe("requested", None), [])])
    assert figures["en denied"] == {"probes": 1, "right": 1.0, "seen": 0.0}
    assert figures["en requested"]["seen"] is None


def test_a_figure_that_falls_by_more_than_the_tolerance_has_dropped():
    pins = {"dev": {"f1": 0.8, "recall": 0.7, "f1 fr": 0.6}}
    (recall, french) = drops(pins, {"dev": {"f1": 0.796, "recall": 0.694}})
    assert str(recall) == "dev recall: 0.694, pinned 0.700"
    assert (french.figure, french.reached) == ("f1 fr", 0.0)


def test_every_pinned_figure_is_better_the_higher_it_is():
    good = compare(a_case(STRIKE, absent=["invasion"]), [])
    bad = compare(a_case(STRIKE, absent=["invasion"]), [an_event("invasion")])
    before, after = (pinned_figures(cases_figures([each])) for each in (good, bad))
    assert before["traps kept"] == 1.0
    assert after["traps kept"] == 0.0


def test_the_page_of_figures_keeps_its_prose_and_gets_new_tables():
    page = f"# Quality\n\n{BEGIN}\nold\n{END}\n\nProse.\n"
    found = an_event("air_missile_strike", actors=["TUR"], targets=["SYR"])
    filled = fill(page, {"dev": cases_figures([compare(a_case(STRIKE), [found])])})
    assert filled.startswith("# Quality")
    assert filled.endswith("Prose.\n")
    assert "| dev | 1 | 1.000 | 1.000 | 1.000 | 1 |" in filled
    assert "old" not in filled
    assert fill(filled, {}).count(BEGIN) == 1


def test_a_page_that_does_not_say_where_figures_go_is_refused():
    with pytest.raises(UnmarkedPage, match="<!-- figures"):
        fill("# Quality\n", {})


def test_misses_name_the_text_what_was_asked_for_and_what_was_found():
    case = a_case(STRIKE, absent=["invasion"])
    lines = list(misses([compare(case, [an_event("invasion", quote="They invaded.")])], []))
    assert [line.split()[0] for line in lines] == ["missed", "invented", "trapped"]
    assert "air_missile_strike occurred TUR > SYR" in lines[0]
    assert "They invaded." in lines[1]


def test_gold_of_json_lines_and_of_yaml_reads_alike(tmp_path):
    (tmp_path / "a.jsonl").write_text(
        '{"id":"x","lang":"en","published_at":"2024-05-15T12:00:00Z","body":"Peace.","events":[]}\n'
    )
    (tmp_path / "a.yaml").write_text(
        'language: en\npublished_at: "2024-05-15T12:00:00Z"\ncases:\n  - {id: x, text: Peace., events: []}\n'
    )
    assert read_gold(tmp_path / "a.jsonl") == read_gold(tmp_path / "a.yaml")


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("not json", "cannot be read"),
        ('{"id":"x1"}', "entry 1 (x1)"),
        (
            '{"id":"x1","lang":"en","published_at":"2024-05-15T12:00:00Z","body":"B","events":[],"absent":["war"]}',
            "war is no type of the taxonomy",
        ),
    ],
)
def test_gold_that_is_not_sound_is_refused_with_file_and_entry(tmp_path, row, named):
    file = tmp_path / "bad.jsonl"
    file.write_text(row + "\n")
    with pytest.raises(GoldError) as refused:
        read_gold(file)
    assert str(file) in str(refused.value)
    assert named in str(refused.value)


def test_outside_a_checkout_the_command_says_what_to_do(tmp_path):
    with pytest.raises(GoldError, match="run this in a checkout of tocsin, or name gold files"):
        set_files(tmp_path / "gold")


def test_a_status_named_once_is_a_list_of_one():
    assert a_case(STRIKE).events[0].status == (Status.OCCURRED,)


def test_the_command_needs_no_broker(tmp_path):
    gold = tmp_path / "one.jsonl"
    gold.write_text(
        '{"id":"x","lang":"en","published_at":"2024-05-15T12:00:00Z","body":"Rain.","events":[]}\n'
    )
    blocked = "import sys; sys.modules['kafka'] = sys.modules['faust'] = None"
    code = f"{blocked}; from streams.cli import main; main()"
    call = [sys.executable, "-c", code, "eval", str(gold), "--json"]
    done = subprocess.run(call, capture_output=True, check=True, text=True)
    assert json.loads(done.stdout)["sets"]["given"]["texts"] == 1


def test_misses_of_frozen_gold_are_shown_only_to_whoever_asks_for_them(tmp_path):
    frozen = tmp_path / "frozen" / "en.jsonl"
    frozen.parent.mkdir()
    frozen.write_text(
        '{"id":"secret","lang":"en","published_at":"2024-05-15T12:00:00Z","body":"Rain fell.","events":['
        '{"type":"invasion"}]}\n'
    )
    assert "secret" not in CliRunner().invoke(command, [str(frozen), "--misses"]).output
    assert "missed    secret" in CliRunner().invoke(command, [str(frozen), "--misses-frozen"]).output
