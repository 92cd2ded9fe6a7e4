import json

from click.testing import CliRunner

from streams.alerting import rule_file_schema
from streams.cli.rules import command


def run(*words, **environment):
    return CliRunner().invoke(command, [str(word) for word in words], env=environment)


def test_the_starter_set_is_checked_when_no_path_is_given():
    result = run("check")
    assert result.exit_code == 0
    assert "nuclear-signal" in result.output
    assert result.output.endswith("17 rules, no mistakes\n")


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


def test_the_schema_is_printed_as_it_is_shipped():
    assert run("schema").output == rule_file_schema()
