"""Silence: what nobody wants to be told of, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.matcher import Matcher

if TYPE_CHECKING:
    from datetime import datetime


class Silence(Message):
    """Alerts that match are told to no receiver between its two instants. It is ended by an earlier end."""

    id: Id
    match: Matcher = Field(description="Which alerts.")
    starts_at: Instant = Field(description="From when on.")
    ends_at: Instant = Field(description="Every silence has an end.")
    author: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="Who asked for it.")
    reason: Annotated[str, Field(min_length=1, max_length=500)] = Field(description="Why.")

    def holds(self, now: datetime) -> bool:
        """Tell whether it is in force."""
        return self.starts_at <= now < self.ends_at
