"""The AsyncAPI 3.0 document: which message travels on which topic, with which key and headers."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from schemas.cloudevents import CONTENT_TYPE
from schemas.contracts import CONTRACTS
from schemas.deadletter import PREFIX, DeadLetter, Reason
from schemas.topics import TOPICS

if TYPE_CHECKING:
    from schemas.base import Message
    from schemas.contracts import Contract
    from schemas.topics import Topic

BINDING = "0.5.0"
JSON_SCHEMA = "application/schema+json;version=2020-12"


def document() -> dict[str, Any]:
    """Return the whole document, generated from the table of topics and the models."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:tocsin",
        "info": _INFO,
        "defaultContentType": CONTENT_TYPE,
        "servers": {"kafka": _SERVER},
        "channels": {_short(topic): _channel(topic) for topic in TOPICS},
        "operations": {
            f"{action}_{_short(topic)}": _operation(action, topic)
            for topic in TOPICS
            for action in ("send", "receive")
        },
        "components": {
            "messages": {
                contract.name: _message(model, contract, _topic_of(model))
                for model, contract in CONTRACTS.items()
            }
            | {"deadletter": _dead_letter()},
            "messageTraits": {"cloudevent": {"headers": _CLOUDEVENT}},
        },
    }


_INFO = {
    "title": "tocsin",
    "version": "1.0.0",
    "description": "News articles in, escalation and de-escalation events, stories and alerts out. "
    "Delivery is at least once; ids are a function of the content, so that a reader drops repetitions.",
    "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
}

_SERVER = {
    "host": "{bootstrap}",
    "protocol": "kafka",
    "description": "Topics are provisioned by `tocsin topics ensure`, never auto-created.",
    "variables": {"bootstrap": {"default": "127.0.0.1:9092", "description": "TOCSIN_BOOTSTRAP."}},
}

_CLOUDEVENT = {
    "type": "object",
    "description": "CloudEvents 1.0 in binary mode: every attribute is a Kafka header in UTF-8.",
    "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type"],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {
            "type": "string",
            "description": "Id of the message; of a story or contribution with its revision, of a dyad with a "
            "hash of its state.",
        },
        "ce_source": {
            "type": "string",
            "pattern": "^/tocsin/",
            "description": "The stage that made it, as /tocsin/tag.",
        },
        "ce_type": {
            "type": "string",
            "enum": [contract.event_type for contract in CONTRACTS.values()],
            "description": "Message and major version.",
        },
        "ce_time": {"type": "string", "format": "date-time", "description": "When it was made."},
        "ce_subject": {"type": "string", "description": "Id of the message."},
        "ce_dataschema": {
            "type": "string",
            "enum": [contract.schema_id for contract in CONTRACTS.values()],
            "description": "The `$id` of the JSON Schema of the value.",
        },
        "content-type": {"type": "string", "const": CONTENT_TYPE},
    },
}


def _short(topic: Topic) -> str:
    return topic.name.removeprefix("tocsin.")


def _topic_of(model: type[Message]) -> Topic:
    return next(topic for topic in TOPICS if model in topic.messages)


def _message_names(topic: Topic) -> list[str]:
    return [CONTRACTS[model].name for model in topic.messages] or ["deadletter"]


def _channel(topic: Topic) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "cleanup.policy": topic.cleanup.split(","),
        "max.message.bytes": topic.max_message_bytes,
    }
    if topic.retention_ms is not None:
        settings["retention.ms"] = topic.retention_ms
    return {
        "address": topic.name,
        "description": f"{topic.about} Key: {topic.key}.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _message_names(topic)},
        # The number of partitions is the operator's choice, TOCSIN_PARTITIONS, the same for every topic.
        "bindings": {
            "kafka": {"topic": topic.name, "topicConfiguration": settings, "bindingVersion": BINDING}
        },
    }


def _operation(action: str, topic: Topic) -> dict[str, Any]:
    short = _short(topic)
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{short}"},
        "messages": [{"$ref": f"#/channels/{short}/messages/{name}"} for name in _message_names(topic)],
    }


def _message(model: type[Message], contract: Contract, topic: Topic) -> dict[str, Any]:
    return {
        "name": contract.event_type,
        "title": model.__name__,
        "summary": (model.__doc__ or "").partition("\n")[0],
        "contentType": CONTENT_TYPE,
        "traits": [{"$ref": "#/components/messageTraits/cloudevent"}],
        "payload": {"schemaFormat": JSON_SCHEMA, "schema": {"$ref": f"json/{contract.name}.json"}},
        "bindings": _key(topic.key),
    }


def _dead_letter() -> dict[str, Any]:
    topic = next(topic for topic in TOPICS if topic.value is None)
    said = [field.name for field in fields(DeadLetter) if field.name not in {"key", "value", "headers"}]
    properties: dict[str, Any] = {PREFIX + name: {"type": "string"} for name in said}
    properties[PREFIX + "reason"]["enum"] = [reason.value for reason in Reason]
    return {
        "name": "deadletter",
        "title": "Dead letter",
        "summary": topic.about,
        "contentType": "application/octet-stream",
        "headers": {"type": "object", "required": list(properties), "properties": properties},
        "payload": {"description": "The original bytes, whatever they are."},
        "bindings": _key(topic.key),
    }


def _key(about: str) -> dict[str, Any]:
    return {"kafka": {"key": {"type": "string", "description": about}, "bindingVersion": BINDING}}
