"""Match: one thing that counts toward a rule over several, sent to where all of its group meet."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import Confidence, Severity, Status
from schemas.story import StoryEvidence
from schemas.taxonomy import Polarity

ARTICLES = "articles"  # in place of a rule's id: an article came in, for every rule that listens to that


class Match(Message):
    """A story met a rule, or does no longer. Of two revisions of one id the higher one holds."""

    id: Id
    rule: str = Field(description="Id of the rule; `articles` when a source was heard from.")
    version: Annotated[int, Field(ge=1)] = Field(description="Version of the rule.")
    group: dict[str, str] = Field(default={}, description="What the rule groups by, and whose group it is.")
    subject: Id = Field(description="The story, or the source.")
    revision: Annotated[int, Field(ge=0)] = Field(description="Revision of the story.")
    at: Instant = Field(description="When it happened, as far as that is known: never after it was reported.")
    holds: bool = Field(description="Whether it still counts; not when the story changed or was taken back.")
    cancelled: bool = Field(default=False, description="Whether the story was taken back.")
    value: float | None = Field(
        default=None, description="What is added up; of a source, its rhythm in seconds."
    )
    values: list[str] = Field(default=[], description="What is counted once each.")
    steps: list[int] = Field(default=[], description="The steps of a sequence that it meets, from 0.")
    headline: str = Field(default="", description="The happening in one line.")
    severity: Severity = 0
    polarity: Polarity = Polarity.NEUTRAL
    status: Status = Status.OCCURRED
    confidence: Confidence | None = Field(default=None, description="The story's.")
    origins: Annotated[int, Field(ge=0)] = Field(default=0, description="Independent first reporters.")
    evidence: list[StoryEvidence] = Field(default=[], description="Its best quote.")
    backfill: bool = Field(
        default=False,
        description="Whether the story is from an archive: it counts, and alone it raises nothing.",
    )


class Thread(Message):
    """What alerts have said of one story or one group by one rule, so that what follows is an update of it."""

    id: Id
    kind: Literal["story", "group", "matches"] = Field(
        description="About a story; about a group of stories; or the groups that a story was counted in."
    )
    rule: str = Field(description="Id of the rule.")
    version: Annotated[int, Field(ge=1)] = Field(description="Version of the rule.")
    subject: str = Field(description="The story, or the group as text.")
    first: Id | None = Field(default=None, description="The first alert.")
    last: Id | None = Field(default=None, description="The latest message.")
    messages: Annotated[int, Field(ge=0)] = Field(default=0, description="Messages so far.")
    revision: Annotated[int, Field(ge=0)] = Field(default=0, description="Revision of the story told last.")
    severity: Severity = 0
    status: Status = Status.OCCURRED
    confirmed: bool = Field(default=False, description="Whether it was last told as confirmed.")
    cancelled: bool = Field(default=False, description="Whether it was last taken back.")
    toll: dict[str, float] = Field(default={}, description="Numbers of the story told last.")
    start: Instant | None = Field(default=None, description="Of a group: the first that counted.")
    ended: bool = Field(default=False, description="Of a silence: whether it was told that it ended.")
    groups: list[dict[str, str]] = Field(default=[], description="Of matches: the groups counted in.")
