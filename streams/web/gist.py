"""What the page reads of a message: these fields and no others. So a story is read in a third of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from schemas.alert import RuleRef, Why
from schemas.base import Instant
from schemas.event import EventDate, Party, Place, Status
from schemas.story import Change, Novelty, StoryEvidence
from schemas.taxonomy import Polarity
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotReadable(TocsinError):
    """A message that is not what its topic says."""


class Gist(BaseModel):
    """A part of a message."""

    model_config = ConfigDict(extra="ignore", frozen=True)


G = TypeVar("G", bound=Gist)


class StoryGist(Gist):
    """Of a Story, what its card tells."""

    id: str
    revision: int
    type: str
    family: str
    polarity: Polarity
    severity: float
    status: Status
    actors: list[Party]
    targets: list[Party] = []
    dyads: list[str] = []
    event_date: EventDate
    place: Place | None = None
    headline: str
    first_seen: Instant
    last_seen: Instant
    origins: int
    mentions: int
    sources: list[str]
    langs: list[str]
    evidence: list[StoryEvidence]
    confidence: float
    novelty: Novelty
    changes: list[Change] = []
    cancelled: bool = False
    contradictions: list[StoryEvidence] = []


class _StoryId(Gist):
    id: str


class _Counted(Gist):
    story: str


class AlertGist(Gist):
    """Of an Alert, what the stream and the story page tell."""

    id: str
    msg_type: Literal["Alert", "Update", "Cancel"] = "Alert"
    rule: RuleRef
    condition: str
    why: list[Why]
    story: _StoryId | None = None
    counted: list[_Counted] = Field(default=[], alias="stories")
    dyads: list[str] = []
    severity: float
    polarity: Polarity
    confirmed: bool = False
    summary: str
    labels: dict[str, str] = {}
    raised_at: Instant

    @property
    def stories(self) -> Sequence[str]:
        """The stories that it tells of: its own, and of a rule over several all that counted."""
        told = [self.story.id] if self.story else []
        return list(dict.fromkeys([*told, *(one.story for one in self.counted)]))


class HeardGist(Gist):
    """Of a Match, that a source was heard from."""

    rule: str
    subject: str
    at: Instant


def read(model: type[G], raw: bytes) -> G:
    """Return what is read of a message. Raises NotReadable."""
    try:
        return model.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "message"
        raise NotReadable(f"{where}: {first['msg']}") from error
