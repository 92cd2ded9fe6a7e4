"""What the API answers of one story: mentions word by word, origins, revisions, and what rules made of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from schemas.event import Status
from streams.web.answers import Answer, Card, Count, Direction

Known = str | int | float | bool
Kind = Literal["actor", "target", "object", "rival", "third_party", "trigger", "cue"]


class SpanAnswer(Answer):
    """A part of a quote. Offsets count its characters (Unicode code points); spans may lie within each other."""

    start: Count
    end: Count
    kind: Kind = Field(description="What the words are to the event; `cue` decided its status.")
    label: str | None = Field(
        default=None, description="The party that they name, or the type or status they tell."
    )


class ArticleAnswer(Answer):
    """The article of a mention."""

    id: str
    url: str | None = None
    source: str = Field(description="Id of the source.")
    published_at: datetime | None = None


class MentionAnswer(Answer):
    """One place in one article that reports the happening."""

    event_id: str
    article: ArticleAnswer
    quote: str = Field(description="The sentence, in its own language.")
    lang: str
    dir: Direction
    spans: list[SpanAnswer] = Field(default=[])
    status: Status | None = None
    confidence: float | None = None
    role: Literal["lead", "report", "contradiction"] = Field(
        description="lead: tells the story best. contradiction: says otherwise."
    )
    claim: str | None = Field(default=None, description="What kind of speaker asserts it, and who.")


class ReportAnswer(Answer):
    """One article that tells the story."""

    id: str
    url: str | None = None
    published_at: datetime
    lang: str
    copy_of: str | None = Field(default=None, description="The article that it copies.")
    named: bool = Field(default=False, description="Whether it names its origin, as `(AFP)` does.")


class SourceReports(Answer):
    """The articles of one source within an origin."""

    id: str
    name: str
    owner: str | None = None
    articles: list[ReportAnswer]


class OriginAnswer(Answer):
    """One independent first reporter, and who took it from him."""

    origin: str | None = Field(default=None, description="A wire or an owner; none where neither is known.")
    name: str | None = Field(default=None, description="Its name, where the registry knows it.")
    kind: Literal["wire", "owner", "unknown"]
    sources: list[SourceReports]


class ContradictionAnswer(Answer):
    """A report that denies it or says otherwise."""

    event: str
    source: str
    url: str | None = None
    quote: str
    lang: str
    dir: Direction
    differs: dict[str, Known] = Field(default={}, description="What it says otherwise, as status or killed.")


class ChangeAnswer(Answer):
    """One thing that a revision says otherwise than the one before."""

    field: str
    before: Known | None = None
    after: Known | None = None


class RevisionAnswer(Answer):
    """One revision that was told."""

    revision: int
    at: datetime
    changes: list[ChangeAnswer] = Field(default=[])


class WhyAnswer(Answer):
    """One value that a rule read."""

    name: str
    value: str


class PartAnswer(Answer):
    """One link of a condition that is a chain of `&&`."""

    text: str
    holds: bool


class RuleVerdict(Answer):
    """What a rule made of the story."""

    id: str
    title: str
    version: int
    kind: str = Field(description="each: judged on one story; else what it waits for, as count or sequence.")
    fired: bool = Field(description="Whether an alert of it tells of the story.")
    holds: bool = Field(description="Whether its condition holds on the story as it stands now.")
    why: list[WhyAnswer] = Field(default=[], description="The values that it read.")
    parts: list[PartAnswer] = Field(default=[], description="Of a condition with `&&`: which links hold.")
    condition: str


class StoryAnswer(Answer):
    """The story page."""

    card: Card
    mentions: list[MentionAnswer]
    mentions_beyond: Count = Field(default=0, description="Mentions that are not among `mentions`.")
    origins: list[OriginAnswer]
    contradictions: list[ContradictionAnswer]
    revisions: list[RevisionAnswer]
    codes: dict[str, Known] = Field(description="cameo, goldstein, plover, quadclass.")
    rules: list[RuleVerdict]
    attributes: dict[str, Known]
    verdict: str | None = Field(default=None, description="What a reader said of it last.")
