"""The schemas for other people's programs: one JSON Schema a message, generated from the models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schemas.asyncapi import document
from schemas.contracts import CONTRACTS

if TYPE_CHECKING:
    from schemas.base import Message

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def generated() -> dict[str, dict[str, Any]]:
    """Return every generated document by its path under `schemas/`."""
    return {f"json/{contract.name}.json": json_schema(model) for model, contract in CONTRACTS.items()} | {
        "asyncapi.json": document()
    }


def json_schema(model: type[Message]) -> dict[str, Any]:
    """Return the JSON Schema of a message as its producers must write it: closed to unknown fields."""
    contract = CONTRACTS[model]
    return {
        "$schema": DIALECT,
        "$id": contract.schema_id,
        "version": contract.version,
        **model.model_json_schema(),
    }
