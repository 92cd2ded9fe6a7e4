"""Alert: a rule fired; what it says, why, the evidence, and what became of what was said before."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import Confidence, Severity, Status
from schemas.story import Change, Story, StoryEvidence
from schemas.taxonomy import Polarity

WATCHDOG = "watchdog"  # label of alerts that say nothing but that the alerting works


class RuleRef(Message):
    """The rule that fired."""

    id: str = Field(description="Id of the rule in the rules file.")
    version: int = Field(description="Raised whenever the rule changes what it fires on.")
    title: str = Field(description="What the rule watches for, in a few words.")


class Why(Message):
    """One value that the rule read, and what it was."""

    name: str = Field(description="The name as the rule writes it.")
    value: str = Field(description="What it was.")


class MatchedStory(Message):
    """One story of those that made a rule over several fire."""

    story: Id
    revision: Annotated[int, Field(ge=1)] = Field(description="The revision that was counted.")
    at: Instant = Field(description="When it happened, as far as that is known: never after it was reported.")
    headline: str = Field(description="The happening in one line.")
    origins: Annotated[int, Field(ge=0)] = Field(description="Independent first reporters.")


class NotCounted(Message):
    """What was told and did not count."""

    what: Literal["denied", "planned", "conditional", "historical", "differs", "unknown_sources"] = Field(
        description="Mentions told in a status that does not count here, mentions that say otherwise, or "
        "sources of which no owner is known, which add no origin."
    )
    number: Annotated[int, Field(ge=1)] = Field(description="How many, of those that the story still holds.")


class Period(Message):
    """The time that a rule over several stories looked at."""

    start: Instant = Field(description="The first that counted.")
    end: Instant = Field(description="The end of the time looked at.")


class Alert(Message):
    """One alert. Every `Update` and `Cancel` references the first alert of its thread."""

    id: Id
    msg_type: Literal["Alert", "Update", "Cancel"] = Field(
        default="Alert", description="New, or a change or withdrawal of the alerts in `references`."
    )
    references: list[Id] = Field(default=[], description="The first alert of the thread; none of an Alert.")
    supersedes: Id | None = Field(
        default=None, description="The message of the thread that this one replaces."
    )
    revision: Annotated[int, Field(ge=1)] = Field(default=1, description="Counts the messages of the thread.")
    rule: RuleRef
    condition: str = Field(description="The condition as it was written.")
    why: list[Why] = Field(description="The values that the rule read.")
    changes: list[Change] = Field(default=[], description="Of an Update: what it says otherwise.")
    story: Story | None = Field(
        default=None, description="The story; of several the last one. None where no story made it fire."
    )
    stories: list[MatchedStory] = Field(default=[], description="Of a rule over several: those that counted.")
    group: dict[str, str] = Field(default={}, description="What the rule groups by, and whose group it is.")
    dyads: list[str] = Field(default=[], description="The pairs that it is about, as RUS-USA.")
    period: Period | None = Field(default=None, description="Of a rule over several: the time looked at.")
    severity: Severity
    polarity: Polarity
    status: Status
    confidence: Confidence | None = Field(default=None, description="The story's; none without a story.")
    confirmed: bool = Field(
        default=False,
        description="Whether as many independent origins told it as the rule asks for; else it is UNCONFIRMED.",
    )
    required_origins: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Independent origins that the rule asks for."
    )
    summary: str = Field(description="One sentence; every name and number in it stands in the evidence.")
    evidence: list[StoryEvidence] = Field(description="The quotes that the alert rests on, best first.")
    not_counted: list[NotCounted] = Field(default=[], description="What was told and did not count.")
    links: list[str] = Field(default=[], description="Addresses of the articles quoted.")
    dedup_key: str = Field(description="Shared by all messages of a thread; the key of the topic.")
    labels: dict[str, str] = Field(default={}, description="The rule's, for who routes and filters.")
    route: str | None = Field(default=None, description="Where the rule wants it sent.")
    repeat_seconds: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The rule's least time between two new alerts of one group."
    )
    cap: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The rule's most new alerts an hour to one receiver."
    )
    raised_at: Instant = Field(description="When the rule fired.")
