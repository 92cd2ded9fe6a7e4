"""What every message has in common: its manner of validation, its ids and its instants."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

ID_LENGTH = 26  # hex digits, 104 bits: at a billion ids the chance of one collision is below 1e-13


class Message(BaseModel):
    """A part of a message. Producers are strict: an unknown field is an error.

    Consumers are tolerant: `schemas.wire.decode` passes over fields that a newer producer added.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="null")


def _as_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone, as in 2022-05-13T20:00:00Z")
    return instant.astimezone(UTC)


Instant = Annotated[datetime, AfterValidator(_as_utc)]
"""An aware date and time, kept in UTC."""

Id = Annotated[
    str,
    Field(
        min_length=1, max_length=200, description="Stable, opaque; the same content always has the same id."
    ),
]

Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["fr"])]
"""A BCP 47 language tag."""


def stable_id(*parts: object) -> str:
    """Return the id of this content: equal parts give equal ids on every machine and in every run."""
    joined = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(joined.encode("utf-8", "surrogatepass"), digest_size=ID_LENGTH // 2).hexdigest()
