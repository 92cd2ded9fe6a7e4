"""The watch list: which dyads are kept, and which parties stand for their sides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from streams.errors import FileErrors, TocsinError

MOST_DYADS = 50  # each is ten time series and one message a day; beyond it is no watch list
PARTY = r"^[A-Z][A-Z0-9_]{1,59}$"
DYAD = r"^[A-Z][A-Z0-9_]{1,59}-[A-Z][A-Z0-9_]{1,59}$"

PartyId = Annotated[str, Field(pattern=PARTY)]


class BlocText(BaseModel):
    """One bloc as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="A few words for people.")
    members: Annotated[list[PartyId], Field(min_length=1)] = Field(
        description="Parties that stand for it; its own id does too, where a text names the bloc itself.",
        examples=[["USA", "GBR"]],
    )


class DyadText(BaseModel):
    """One dyad as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=DYAD)] = Field(
        description="Its two sides in alphabetical order, each a party or a bloc of this file.",
        examples=["RUS-USA", "RUS-WEST"],
    )
    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="A few words for people.")


class WatchFile(BaseModel):
    """A watch list of dyads for tocsin."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tocsin watched dyads")

    blocs: dict[PartyId, BlocText] = Field(
        default={}, description="Blocs, by the id that dyads name them by."
    )
    dyads: Annotated[list[DyadText], Field(min_length=1, max_length=MOST_DYADS)] = Field(
        description="The dyads that are watched."
    )


def watch_file_schema() -> str:
    """Return the JSON Schema of watch lists, as it stands in dyads.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | WatchFile.model_json_schema()
    return json.dumps(schema, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Watched:
    """A checked dyad: its two sides, and the parties that stand for each."""

    id: str
    title: str
    sides: tuple[str, str]
    parties: tuple[frozenset[str], frozenset[str]]
    blocs: dict[str, list[str]]


class WatchErrors(FileErrors):
    """The watch list cannot be used; `mistakes` lists everything that is wrong with it."""

    what = "the watched dyads"


class NotWatched(TocsinError):
    """A dyad that the watch list does not name."""
