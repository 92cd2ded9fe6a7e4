"""Messages as bytes: orjson out, pydantic in; every failure says its reason."""

from __future__ import annotations

import json
from typing import TypeVar

import orjson
from pydantic import ValidationError

from schemas.base import Message
from schemas.deadletter import Reason

MAX_BYTES = 2_000_000  # of one message; a larger one is a dead letter, however valid

M = TypeVar("M", bound=Message)


class Unreadable(ValueError):
    """Bytes that are not the message they should be."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail


def encode(message: Message) -> bytes:
    """Return the message as JSON. What is not known is left out, never null."""
    return orjson.dumps(message.model_dump(mode="json", exclude_none=True))


def decode(model: type[M], raw: bytes | None) -> M:
    """Return the message that these bytes are; fields unknown to us are passed over.

    Raises Unreadable, whose `reason` is one of `schemas.Reason` and whose `detail` names the field.
    """
    if not raw:
        raise Unreadable(Reason.EMPTY, "the message has no value")
    if len(raw) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE, f"{len(raw)} bytes, the limit is {MAX_BYTES}")
    try:
        return model.model_validate(_parse(raw), extra="ignore")
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = Reason.UNFIT_TEXT if first["type"] == "unfit_text" else Reason.SCHEMA
        where = ".".join(str(part) for part in first["loc"]) or "message"
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise Unreadable(reason, f"{where}: {first['msg']}{more}") from error


def _parse(raw: bytes) -> object:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if _is_json_to_the_lenient(raw):
            raise Unreadable(Reason.UNFIT_TEXT, f"text that is not Unicode: {error}") from error
        raise Unreadable(Reason.NOT_JSON, str(error)) from error


def _is_json_to_the_lenient(raw: bytes) -> bool:
    """Tell a text with lone surrogates, which orjson refuses, from what is no JSON at all."""
    try:
        json.loads(raw.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> object:
    """Refuse NaN and the infinities, which Python's own parser takes for JSON."""
    raise ValueError(constant)
