"""Alert: a rule fired on a story; what it says, why, and the evidence."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.base import Id, Instant, Message
from schemas.event import Severity, Status
from schemas.story import Story, StoryEvidence
from schemas.taxonomy import Polarity


class RuleRef(Message):
    """The rule that fired."""

    id: str = Field(description="Id of the rule in the rules file.")
    version: int = Field(description="Raised whenever the rule changes what it fires on.")
    title: str = Field(description="What the rule watches for, in a few words.")


class Why(Message):
    """One value that the rule's condition read, and what it was."""

    name: str = Field(description="The name as the condition writes it.")
    value: str = Field(description="What it was for this story.")


class Alert(Message):
    """One alert. An `Update` or `Cancel` references the alerts it changes."""

    id: Id
    msg_type: Literal["Alert", "Update", "Cancel"] = Field(
        default="Alert", description="New, or a change or withdrawal of the alerts in `references`."
    )
    references: list[Id] = Field(default=[], description="The alerts that this one changes or withdraws.")
    rule: RuleRef
    condition: str = Field(description="The condition as it was written.")
    why: list[Why] = Field(description="The values that the condition read.")
    story: Story
    severity: Severity
    polarity: Polarity
    status: Status
    summary: str = Field(description="One sentence; every name and number in it stands in the evidence.")
    evidence: list[StoryEvidence] = Field(description="The quotes that the alert rests on, best first.")
    dedup_key: str = Field(description="Alerts about the same thing share it; the key of the topic.")
    raised_at: Instant = Field(description="When the rule fired.")
