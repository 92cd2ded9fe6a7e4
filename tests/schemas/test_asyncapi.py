from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from schemas import DeadLetter, Reason
from schemas.asyncapi import document
from schemas.cloudevents import headers
from schemas.contracts import CONTRACTS
from schemas.export import generated
from schemas.topics import TOPICS
from streams.settings import Settings

DOCUMENT = document()
MESSAGES = DOCUMENT["components"]["messages"]


def references(part):
    if isinstance(part, dict):
        yield from ([part["$ref"]] if "$ref" in part else [])
        part = part.values()
    if isinstance(part, list | type({}.values())):
        for each in part:
            yield from references(each)


def resolve(reference):
    place = DOCUMENT
    for name in reference.removeprefix("#/").split("/"):
        place = place[name]
    return place


def test_the_document_fits_the_schema_of_asyncapi_3():
    schema = json.loads(Path(__file__).with_name("asyncapi-3.0.0.json").read_text())
    assert [
        f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(DOCUMENT)
    ] == []


def test_every_reference_leads_somewhere():
    found = set(references(DOCUMENT))
    assert found
    for reference in found:
        assert reference in generated() if reference.startswith("json/") else resolve(reference)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_every_topic_is_a_channel_with_the_settings_that_we_provision(topic):
    channel = DOCUMENT["channels"][topic.name.removeprefix("tocsin.")]
    binding = channel["bindings"]["kafka"]
    said = {
        name: ",".join(value) if isinstance(value, list) else str(value)
        for name, value in binding["topicConfiguration"].items()
    }
    assert channel["address"] == binding["topic"] == topic.name
    assert said == topic.config


def test_every_channel_can_be_sent_to_and_received_from():
    said = {(op["action"], op["channel"]["$ref"]) for op in DOCUMENT["operations"].values()}
    assert said == {
        (action, f"#/channels/{name}") for action in ("send", "receive") for name in DOCUMENT["channels"]
    }


@pytest.mark.parametrize("kind", [contract.name for contract in CONTRACTS.values()])
def test_the_headers_we_send_fit_the_headers_we_document(kind, request):
    sent = headers(request.getfixturevalue(kind)(), source="tag", time=datetime(2022, 5, 13, tzinfo=UTC))
    documented = resolve(MESSAGES[kind]["traits"][0]["$ref"])["headers"]
    Draft202012Validator(documented).validate({name: value.decode() for name, value in sent.items()})
    assert sent.keys() == documented["properties"].keys()


def test_the_headers_of_a_dead_letter_fit_the_headers_we_document():
    letter = DeadLetter(
        stage="tag",
        reason=Reason.EMPTY,
        exception="Unreadable",
        message="the message has no value",
        topic="tocsin.articles",
        partition=0,
        offset=1,
        attempt=1,
        failed_at="2022-05-13T20:01:00Z",
        key=None,
        value=None,
        headers={},
    )
    sent = {name: value.decode() for name, value in letter.wire_headers().items()}
    documented = MESSAGES["deadletter"]["headers"]
    Draft202012Validator(documented).validate(sent)
    assert sent.keys() == documented["properties"].keys()


def test_the_server_is_the_one_that_the_settings_default_to():
    assert DOCUMENT["servers"]["kafka"]["variables"]["bootstrap"]["default"] == Settings().bootstrap
