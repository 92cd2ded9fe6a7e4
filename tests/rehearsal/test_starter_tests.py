"""The starter rules hold what their own tests say, and each has some that fire it and some that do not."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from streams.alerting import load_rules
from streams.alerting.loading import STARTER_SET
from streams.rehearsal.cases import files_of_tests, run, schema_of_tests
from streams.sources import Registry

REGISTRY = Registry.load()
FILES = files_of_tests(None)
NEEDS_OTHER_MESSAGES = {"sudden-tension"}  # judged on dyads, tested in tests/alerting/test_tense.py


def test_every_file_of_rules_has_its_tests():
    rules = {file.stem for file in STARTER_SET.glob("*.yaml") if not file.stem.endswith(".test")}
    assert {file.stem.removesuffix(".test") for file in FILES} == rules


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_starter_rules_do_what_their_tests_say(file):
    assert [str(outcome) for outcome in run(file, REGISTRY) if outcome.problem] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_starter_rule_has_a_test_that_fires_it_and_one_that_does_not(file):
    tests = yaml.safe_load(file.read_text())["tests"]
    fired = [{alert["rule"] for alert in test["alerts"]} for test in tests]
    for rule in load_rules(rule_file(file)).rules:
        if rule.id in NEEDS_OTHER_MESSAGES or rule.kind == "always":
            continue
        assert any(rule.id in each for each in fired), f"no test fires {rule.id}"
        assert any(rule.id not in each for each in fired), f"every test fires {rule.id}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_starter_tests_fit_the_schema_for_editors(file):
    schema = json.loads(schema_of_tests())
    Draft202012Validator.check_schema(schema)
    written = json.loads(json.dumps(yaml.safe_load(file.read_text()), default=str))
    assert list(Draft202012Validator(schema).iter_errors(written)) == []


def rule_file(file: Path) -> Path:
    return file.with_name(file.name.replace(".test", ""))
