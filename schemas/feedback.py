"""Feedback: what a reader says of a story that he was alerted to."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from schemas.base import Id, Instant, Message


class Verdict(StrEnum):
    """Whether a story was told right, and if not, what was wrong with it."""

    RIGHT = "right"
    WRONG_TYPE = "wrong-type"
    WRONG_ACTOR = "wrong-actor"
    WRONG_PLACE = "wrong-place"
    WRONG_DATE = "wrong-date"
    WRONG_STATUS = "wrong-status"
    DUPLICATE = "duplicate"
    NOT_NEWS = "not-news"


class Feedback(Message):
    """One word on one story; of two on the same story, the later holds."""

    id: Id
    story: Id = Field(description="The key of the topic.")
    verdict: Verdict
    note: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="In the reader's words."
    )
    author: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Who says so.")
    given_at: Instant = Field(description="When it was said.")
    rules: list[str] = Field(default=[], description="Rules that alerted to the story.")
    type: str | None = Field(default=None, description="Its type, as it was told.")
    sources: list[str] = Field(default=[], description="Who reported it.")
