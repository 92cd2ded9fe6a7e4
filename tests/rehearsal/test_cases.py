"""Tests beside rules: they hold or say what came instead, and their mistakes are named by file and line."""

from pathlib import Path

import pytest

from streams.alerting import RuleErrors
from streams.alerting.loading import STARTER_SET
from streams.rehearsal.cases import files_of_tests, run

RULES = """\
rules:
  - id: strikes
    version: 1
    title: Strikes
    description: Strikes.
    match: type == "air_missile_strike" && counts
"""
TEST = """\
tests:
  - name: A strike fires
    reports:
      - {type: air_missile_strike, actors: [RUS], targets: [UKR]}
    alerts:
      - {rule: strikes, confirmed: false}
"""


@pytest.fixture
def outcomes(tmp_path):
    def of(tests):
        (tmp_path / "my.yaml").write_text(RULES)
        file = tmp_path / "my.test.yaml"
        file.write_text(tests)
        return [outcome.problem for outcome in run(file)]

    return of


def mistakes(outcomes, tests):
    with pytest.raises(RuleErrors) as caught:
        outcomes(tests)
    return [(mistake.line, mistake.problem, mistake.meant) for mistake in caught.value.mistakes]


def test_a_test_that_holds_has_no_problem(outcomes):
    assert outcomes(TEST) == [None]


def test_an_alert_that_differs_is_shown_beside_what_was_expected(outcomes):
    told = "rule strikes, msg_type Alert, severity"
    [problem] = outcomes(TEST.replace("confirmed: false", "severity: 3"))
    assert problem == f"alert 1 must be {told} 3.0, it is {told} 7.0"


def test_an_alert_that_does_not_come_is_missed(outcomes):
    assert outcomes(TEST.replace("RUS], targets: [UKR]", "RUS], status: denied")) == [
        "alert 1 must be rule strikes, msg_type Alert, confirmed False, none came"
    ]


def test_an_alert_that_comes_unasked_is_a_problem(outcomes):
    [problem] = outcomes(TEST.partition("    alerts:")[0] + "    alerts: []\n")
    assert problem.startswith(
        "no alert 1 may come, it is rule strikes, msg_type Alert, summary RUS struck UKR"
    )


def test_what_a_report_cannot_be_is_a_mistake_on_its_line(outcomes):
    assert mistakes(outcomes, TEST.replace("type: air_missile_strike", "type: air_strike")) == [
        (4, "no type is named air_strike (did you mean air_missile_strike?)", None)
    ]
    assert mistakes(outcomes, TEST.replace("targets", "target")) == [
        (4, "no field is named target", "targets")
    ]


def test_a_rule_that_there_is_not_is_a_mistake_with_the_one_that_was_meant(outcomes):
    assert mistakes(outcomes, TEST.replace("rule: strikes", "rule: strike")) == [
        (6, "no rule is named strike", "strikes")
    ]


def test_a_rule_file_leads_to_its_tests_and_a_folder_to_all(tmp_path):
    for name in ("a.yaml", "a.test.yaml", "b.yaml", "b.test.yaml"):
        (tmp_path / name).write_text("")
    assert [file.name for file in files_of_tests(tmp_path)] == ["a.test.yaml", "b.test.yaml"]
    assert files_of_tests(tmp_path / "a.yaml") == [tmp_path / "a.test.yaml"]


def test_the_example_on_the_page_on_rules_holds(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "rules.md").read_text(encoding="utf-8")
    (tmp_path / "my.test.yaml").write_text(page.split("```yaml\n")[2].split("```")[0])
    (tmp_path / "my.yaml").write_text((STARTER_SET / "use-of-force.yaml").read_text())
    assert [outcome.problem for outcome in run(tmp_path / "my.test.yaml")] == [None]
