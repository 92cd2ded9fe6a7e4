from __future__ import annotations

from copy import deepcopy
from functools import reduce

import pytest

from schemas.compatibility import breaks

OLD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "place"],
    "properties": {
        "id": {"type": "string", "maxLength": 200},
        "status": {"$ref": "#/$defs/Status"},
        "severity": {"type": "number", "minimum": 0, "maximum": 10},
        "url": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        "place": {"$ref": "#/$defs/Place"},
        "places": {"type": "array", "items": {"$ref": "#/$defs/Place"}},
        "attributes": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "$defs": {
        "Status": {"type": "string", "enum": ["occurred", "denied"]},
        "Place": {
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "country": {"type": "string", "pattern": "^[A-Z]{3}$"},
                "kind": {"const": "city"},
            },
        },
    },
}


def broken_by(path, value):
    """Return what breaks when the part of OLD at this path is `value` instead, or gone when that is None."""
    new = deepcopy(OLD)
    *above, name = path.split("/")
    part = reduce(lambda part, step: part[step], above, new)
    if value is None:
        del part[name]
    else:
        part[name] = value
    return breaks(OLD, new)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("properties/mood", {"type": "string"}, id="optional added"),
        pytest.param("$defs/Place/properties/lat", {"type": "number"}, id="optional added inside"),
        pytest.param("required", ["id"], id="no longer required"),
        pytest.param("$defs/Status/enum", ["occurred", "denied", "planned"], id="enumeration widened"),
        pytest.param("properties/severity/maximum", 100, id="limit widened"),
        pytest.param("properties/id/maxLength", None, id="limit dropped"),
        pytest.param("$defs/Place/properties/country/pattern", None, id="pattern dropped"),
        pytest.param("properties/id", {"anyOf": [{"type": "string"}, {"type": "null"}]}, id="null taken too"),
        pytest.param("additionalProperties", None, id="opened"),
        pytest.param("properties/id/description", "In other words.", id="other words"),
    ],
)
def test_what_takes_every_old_message_is_compatible(path, value):
    assert broken_by(path, value) == []


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("properties/url", None, "message.url: removed"),
        ("$defs/Place/properties/country", None, "message.place.country: removed"),
        ("required", ["id", "place", "url"], "message.url: now required"),
        ("$defs/Place/required", ["name", "country"], "message.places[].country: now required"),
        ("properties/url", {"type": "string"}, "message.url: no longer takes null"),
        ("properties/severity/type", "integer", "message.severity: type number narrowed to integer"),
        ("$defs/Status/enum", ["occurred"], "message.status: no longer takes denied"),
        ("properties/id/enum", ["a", "b"], "message.id: narrowed to an enumeration"),
        ("properties/id/maxLength", 100, "message.id: maxLength 200 tightened to 100"),
        ("properties/severity/minimum", 1, "message.severity: minimum 0 tightened to 1"),
        ("properties/id/minLength", 1, "message.id: minLength none tightened to 1"),
        ("properties/id/pattern", "^e", "message.id: pattern none changed to ^e"),
        ("properties/places/items", {"type": "string"}, "message.places[]: type object narrowed to string"),
        (
            "properties/attributes/additionalProperties",
            {"type": "number"},
            "message.attributes.*: type string narrowed to number",
        ),
        ("$defs/Place/properties/kind/const", "sea", "message.place.kind: no longer takes city"),
    ],
)
def test_what_refuses_an_old_message_is_named_as_a_break(path, value, said):
    assert said in broken_by(path, value)


def test_a_new_field_that_every_message_must_have_is_a_break():
    new = deepcopy(OLD)
    new["properties"]["mood"] = {"type": "string"}
    new["required"].append("mood")
    assert breaks(OLD, new) == ["message.mood: now required"]


def test_a_schema_is_compatible_with_itself():
    assert breaks(OLD, OLD) == []


def test_a_property_added_to_an_open_model_is_a_break():
    old = {"type": "object", "properties": {}}
    new = {"type": "object", "properties": {"mood": {"type": "string"}}}
    assert breaks(old, new) == ["message.mood: added to an open model, where it may have held anything"]


def test_closing_an_open_model_is_a_break():
    old = {"type": "object", "properties": {}}
    assert breaks(old, old | {"additionalProperties": False}) == ["message: closed to unknown fields"]
