"""Reading: what the tagger read an article as, so that a second version of it takes back the first."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Id, Instant, Message, stable_id


class Reading(Message):
    """The version of an article that was read last, and where its events went."""

    id: Id = Field(description="The article.")
    text: Id = Field(description="Hash of title and body, and of whether it is retracted.")
    offset: Annotated[int, Field(ge=0)] = Field(
        description="Offset of the article on its topic: an earlier one is an older version."
    )
    blocks: list[str] = Field(description="Keys of every event that any version of it ever made.")
    published_at: Instant = Field(description="When it was published, as its text first came.")
    versions: Annotated[int, Field(ge=1)] = Field(default=1, description="Texts read so far.")
    read_at: Instant = Field(description="When it was read.")


def text_id(title: str, body: str, *, retracted: bool) -> str:
    """Return the id of a version of an article: a new date or a new source makes no new version."""
    return stable_id("version", title, body, retracted)
