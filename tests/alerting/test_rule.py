import json
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from streams.alerting import load_rules, rule_file_schema
from streams.alerting.loading import STARTER_SET
from streams.alerting.variables import VARIABLES, Facts, values
from tests.factories import a_story

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_schema_for_editors_is_in_step_with_the_model():
    shipped = files("streams.alerting").joinpath("rules.schema.json").read_text(encoding="utf-8")
    assert shipped == rule_file_schema(), "run `tocsin rules schema > streams/alerting/rules.schema.json`"


@pytest.mark.parametrize("file", sorted(STARTER_SET.glob("*[!t].yaml")), ids=lambda file: file.stem)
def test_the_starter_rules_fit_the_schema_for_editors(file):
    schema = json.loads(rule_file_schema())
    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(file.read_text()))) == []


def test_every_variable_has_the_kind_it_is_said_to_have():
    kinds = {"text": str, "number": float, "true or false": bool, "list of texts": list, "map": dict}
    for name, value in values(Facts(a_story())).items():
        assert isinstance(value, kinds[VARIABLES[name].kind]), name


def test_the_page_on_rules_tells_of_every_variable():
    page = DOCS.read_text(encoding="utf-8")
    for variable in VARIABLES.values():
        assert f"| `{variable.name}` | {variable.kind} | {variable.meaning} |" in page


def test_the_example_on_the_page_is_a_sound_rule(tmp_path):
    example = DOCS.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    file = tmp_path / "example.yaml"
    file.write_text(example)
    assert len(load_rules(file).rules) == 1


def test_the_page_on_rules_tells_of_every_starter_rule():
    page = DOCS.read_text(encoding="utf-8")
    for file in STARTER_SET.glob("*[!t].yaml"):
        for rule in yaml.safe_load(file.read_text())["rules"]:
            assert f"| `{rule['id']}` | {rule['title']} |" in page
