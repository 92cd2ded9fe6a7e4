from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import orjson
import pytest
from jsonschema import Draft202012Validator

from schemas import encode
from schemas.contracts import CONTRACTS
from schemas.export import generated, json_schema

FOLDER = Path(str(files("schemas")))


def parts(schema):
    yield schema
    yield from schema.get("$defs", {}).values()


@pytest.mark.parametrize("name", generated())
def test_a_generated_file_is_in_step_with_the_models(name):
    assert json.loads((FOLDER / name).read_text()) == generated()[name], "run `make schemas`"


def test_no_generated_file_is_left_over():
    assert {f"json/{path.name}" for path in (FOLDER / "json").iterdir()} == generated().keys() - {
        "asyncapi.json"
    }


@pytest.mark.parametrize("model", CONTRACTS, ids=lambda model: model.__name__)
def test_a_schema_is_valid_and_names_itself(model):
    schema = json_schema(model)
    Draft202012Validator.check_schema(schema)
    name = CONTRACTS[model].name
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["$id"], schema["version"]) == (f"urn:tocsin:schema:{name}:1", 1)


@pytest.mark.parametrize("model", CONTRACTS, ids=lambda model: model.__name__)
def test_a_schema_says_what_every_field_means(model):
    schema = json_schema(model)
    silent = [
        f"{part['title']}.{name}"
        for part in parts(schema)
        for name, field in part.get("properties", {}).items()
        if "description" not in field
        and "description" not in schema["$defs"].get(field.get("$ref", "").rpartition("/")[2], {})
    ]
    assert silent == []


@pytest.mark.parametrize("model", CONTRACTS, ids=lambda model: model.__name__)
def test_a_schema_is_closed_to_fields_it_does_not_know(model):
    assert all(
        part["additionalProperties"] is False for part in parts(json_schema(model)) if "properties" in part
    )


def test_what_we_put_on_the_wire_fits_our_published_schemas(messages):
    for message in messages:
        validator = Draft202012Validator(
            json_schema(type(message)), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        assert [error.message for error in validator.iter_errors(orjson.loads(encode(message)))] == []
