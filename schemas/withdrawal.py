"""Withdrawal: an article no longer tells what it told."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Id, Instant, Message


class Withdrawal(Message):
    """Takes back the mentions of an article, save those that its newest version still makes."""

    id: Id = Field(description="Stable: of the article and the version that takes back.")
    article: Id = Field(description="The article.")
    keeps: list[Id] = Field(default=[], description="Its events that still stand.")
    reason: Literal["retracted", "revised"] = Field(description="Why.")
    withdrawn_at: Instant = Field(description="When the newer version was read.")
