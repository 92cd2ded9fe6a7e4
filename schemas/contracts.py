"""The contracts: name and major version of each message that travels, and the identifiers made of them.

Within a major version a message only gains optional fields. A change that breaks its readers is a new
major version, on a new topic; see docs/schemas.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from schemas.alert import Alert
from schemas.article import Article
from schemas.contribution import Contribution
from schemas.delivery import Delivery
from schemas.dyad import Dyad
from schemas.event import Event
from schemas.feedback import Feedback
from schemas.match import Match, Thread
from schemas.reading import Reading
from schemas.silence import Silence
from schemas.story import Story
from schemas.withdrawal import Withdrawal

if TYPE_CHECKING:
    from schemas.base import Message


Identified: TypeAlias = (
    Article
    | Event
    | Withdrawal
    | Reading
    | Story
    | Contribution
    | Dyad
    | Match
    | Thread
    | Alert
    | Delivery
    | Silence
    | Feedback
)


@dataclass(frozen=True, slots=True)
class Contract:
    """What a message promises to its readers."""

    name: str
    version: int

    @property
    def schema_id(self) -> str:
        """The `$id` of its JSON Schema, and the `dataschema` of its CloudEvents."""
        return f"urn:tocsin:schema:{self.name}:{self.version}"

    @property
    def event_type(self) -> str:
        """The `type` of its CloudEvents."""
        return f"dev.tocsin.{self.name}.v{self.version}"


CONTRACTS: dict[type[Message], Contract] = {
    Article: Contract("article", 1),
    Event: Contract("event", 1),
    Withdrawal: Contract("withdrawal", 1),
    Reading: Contract("reading", 1),
    Story: Contract("story", 1),
    Contribution: Contract("contribution", 1),
    Dyad: Contract("dyad", 1),
    Match: Contract("match", 1),
    Thread: Contract("thread", 1),
    Alert: Contract("alert", 1),
    Delivery: Contract("delivery", 1),
    Silence: Contract("silence", 1),
    Feedback: Contract("feedback", 1),
}
