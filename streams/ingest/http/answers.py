"""What is answered, as models: the OpenAPI document is generated from them."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from schemas.base import Id, Message

TAKEN: Final = 202
NO_ARTICLE: Final = 422
AGAIN: Final = 503
MIXED: Final = 207


class Fault(Message):
    """One thing wrong with an article."""

    field: str = Field(description="The field, as in the schema of Article; empty when it is the whole item.")
    message: str = Field(description="What is wrong, and what to do.")


class Taken(Message):
    """An article that the brokers have, on every replica in step."""

    id: Id = Field(description="Its id: the same article has the same one however often it is sent.")
    outcome: Literal["published", "duplicate"] = Field(
        description="Whether this version of it was published now, or before."
    )


class ItemResult(Message):
    """What became of one item of a batch."""

    item: int = Field(ge=0, description="Its place in the batch, from 0.")
    status: Literal[202, 422, 503] = Field(
        description="202 the brokers have it; 422 it is no article; 503 send it again later."
    )
    id: Id | None = Field(default=None, description="Its id; none when it is no article.")
    outcome: Literal["published", "duplicate"] | None = Field(default=None, description="With 202.")
    errors: list[Fault] = Field(default=[], description="With 422 and 503.")


class BatchResult(Message):
    """What became of a batch: one result for each item, in its order."""

    accepted: int = Field(ge=0, description="Items with status 202.")
    failed: int = Field(ge=0, description="All others.")
    items: list[ItemResult]


class Problem(Message):
    """What is wrong with a request, as RFC 9457 writes it."""

    title: str = Field(description="What the status says.")
    status: int
    detail: str = Field(description="What was wrong, and what to do.")
    errors: list[Fault] = Field(default=[], description="Of an article that is none: each fault.")
