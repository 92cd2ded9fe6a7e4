"""What travels: one message a file, the table of topics, and how messages look on the wire."""

from schemas.alert import Alert, Why
from schemas.article import Article
from schemas.brief import Brief
from schemas.contribution import Contribution
from schemas.deadletter import DeadLetter, Reason
from schemas.delivery import Delivery, Outcome
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
from schemas.feedback import Feedback, Verdict
from schemas.match import Match, Thread
from schemas.reading import Reading
from schemas.silence import Silence
from schemas.story import Novelty, Story
from schemas.taxonomy import EventType, Polarity, Taxonomy, taxonomy
from schemas.wire import Unreadable, decode, encode
from schemas.withdrawal import Withdrawal

__all__ = [
    "Alert",
    "Article",
    "ArticleRef",
    "Brief",
    "Claim",
    "Codes",
    "Contribution",
    "DeadLetter",
    "Delivery",
    "Dyad",
    "Event",
    "EventDate",
    "EventType",
    "Evidence",
    "Feedback",
    "Match",
    "Novelty",
    "Outcome",
    "Party",
    "Place",
    "Polarity",
    "Reading",
    "Reason",
    "Silence",
    "Status",
    "Story",
    "Taxonomy",
    "Thread",
    "Unreadable",
    "Verdict",
    "Why",
    "Withdrawal",
    "decode",
    "encode",
    "taxonomy",
]
