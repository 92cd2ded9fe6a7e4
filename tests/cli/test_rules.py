import json
import re

from click.testing import CliRunner

from schemas import encode
from streams.alerting import rule_file_schema
from streams.alerting.loading import STARTER_SET
from streams.cli.rules import command
from tests.factories import a_story, an_event


def run(*words, **environment):
    return CliRunner().invoke(command, [str(word) for word in words], env=environment)


def test_the_starter_set_is_checked_when_no_path_is_given():
    result = run("check")
    assert result.exit_code == 0
    assert "nuclear-signal" in result.output
    assert result.output.endswith("30 rules, no mistakes\n")


def test_the_rules_of_the_setting_are_checked_when_no_path_is_given(tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("rules: []\n")
    assert run("check", TOCSIN_RULES=str(mine)).exit_code == 1


def test_mistakes_of_all_paths_are_told_and_the_exit_code_is_1(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text("rules: []\n")
    result = run("check", tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert result.exit_code == 1
    assert f"{tmp_path}/a.yaml:1:" in result.output
    assert f"{tmp_path}/b.yaml:1:" in result.output
    assert result.output.endswith("2 mistakes\n")


def test_a_program_reads_rules_and_mistakes_as_json(tmp_path):
    sound = json.loads(run("check", "--json").output)
    assert sound["ok"] is True
    assert {"id", "version", "title", "condition", "reads", "file", "line"} == set(sound["rules"][0])
    (tmp_path / "a.yaml").write_text("ruls: []\n")
    result = run("check", "--json", tmp_path)
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert found["ok"] is False
    assert found["mistakes"][-1]["meant"] == "rules"


def test_a_path_that_is_not_there_is_a_wrong_call(tmp_path):
    assert run("check", tmp_path / "none.yaml").exit_code == 2


def test_the_tests_of_the_starter_set_hold():
    result = run("test")
    assert result.exit_code == 0
    assert result.output.endswith("61 of 61 tests hold\n")


def test_a_test_that_does_not_hold_is_told_by_file_and_line_and_the_exit_code_is_1(tmp_path):
    (tmp_path / "my.yaml").write_text(
        "rules:\n  - {id: strikes, version: 1, title: S, description: S, match: counts}\n"
    )
    file = tmp_path / "my.test.yaml"
    file.write_text("tests:\n  - name: Nothing fires\n    reports: [{type: invasion}]\n    alerts: []\n")
    result = run("test", tmp_path)
    assert result.exit_code == 1
    assert f"{file}:2: Nothing fires: no alert 1 may come" in result.output
    assert json.loads(run("test", tmp_path, "--json").output)["ok"] is False


def test_no_tests_at_all_are_no_success(tmp_path):
    assert run("test", tmp_path).exit_code == 1


def an_events_file(tmp_path):
    file = tmp_path / "events.jsonl"
    quiet = [an_event("protest", article=f"p{number}") for number in range(5)]
    strikes = [an_event("air_missile_strike", actors=["RUS"], targets=[t], article=t) for t in ("UKR", "POL")]
    file.write_bytes(b"\n".join(encode(event) for event in [*quiet, *strikes]))
    return file


def test_rules_are_tried_on_a_file_of_events_and_told_with_samples_and_why(tmp_path):
    result = run("backtest", STARTER_SET / "use-of-force.yaml", "--file", an_events_file(tmp_path))
    assert result.exit_code == 0
    assert re.search(r"use-of-force v1 +2 ", result.output)
    assert "never fired: invasion, spill-over, wmd-use, alliance-territory-hit" in result.output
    assert "2022-05-13  ██" in result.output
    assert "RUS struck UKR from the air." in result.output
    assert "type is air_missile_strike" in result.output


def test_a_second_version_is_told_by_what_it_changes(tmp_path):
    before, after = STARTER_SET / "use-of-force.yaml", tmp_path / "stricter.yaml"
    after.write_text(before.read_text().replace("counts &&", '"POL" in parties && counts &&'))
    words = ("backtest", after, "--against", before, "--file", an_events_file(tmp_path))
    assert "use-of-force: 0 more, 1 fewer, 1 the same" in run(*words).output
    [change] = json.loads(run(*words, "--json").output)["changes"]
    assert change == {"rule": "use-of-force", "more": [], "less": ["RUS struck UKR from the air."], "same": 1}


def test_stories_are_tried_without_merging(tmp_path):
    file = tmp_path / "stories.jsonl"
    file.write_bytes(encode(a_story(type_="nuclear_signal")))
    result = run("backtest", STARTER_SET, "--stories", file)
    assert re.search(r"nuclear-signal v1 +1 ", result.output)


def test_a_line_that_is_no_event_is_told_and_the_exit_code_is_1(tmp_path):
    file = an_events_file(tmp_path)
    file.write_bytes(file.read_bytes() + b"\n{nope\n")
    assert run("backtest", STARTER_SET, "--file", file).exit_code == 1


def test_events_and_stories_exclude_each_other(tmp_path):
    file = an_events_file(tmp_path)
    assert run("backtest", STARTER_SET, "--file", file, "--stories", file).exit_code == 2


def test_the_schema_is_printed_as_it_is_shipped():
    assert run("schema").output == rule_file_schema()
