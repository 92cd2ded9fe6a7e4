"""What travels: one message a file, the table of topics, and how messages look on the wire."""

from schemas.alert import Alert, Why
from schemas.article import Article
from schemas.contribution import Contribution
from schemas.deadletter import DeadLetter, Reason
from schemas.dyad import Dyad
from schemas.event import (
    ArticleRef,
    Claim,
    Codes,
    Event,
    EventDate,
    Evidence,
    Party,
    Place,
    Status,
)
from schemas.match import Match, Thread
from schemas.reading import Reading
from schemas.story import Novelty, Story
from schemas.taxonomy import EventType, Polarity, Taxonomy, taxonomy
from schemas.wire import Unreadable, decode, encode
from schemas.withdrawal import Withdrawal

__all__ = [
    "Alert",
    "Article",
    "ArticleRef",
    "Claim",
    "Codes",
    "Contribution",
    "DeadLetter",
    "Dyad",
    "Event",
    "EventDate",
    "EventType",
    "Evidence",
    "Match",
    "Novelty",
    "Party",
    "Place",
    "Polarity",
    "Reading",
    "Reason",
    "Status",
    "Story",
    "Taxonomy",
    "Thread",
    "Unreadable",
    "Why",
    "Withdrawal",
    "decode",
    "encode",
    "taxonomy",
]
