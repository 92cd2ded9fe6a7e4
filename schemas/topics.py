"""The topics: one table. `tocsin topics ensure` provisions them, nothing else creates any."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.alert import Alert
from schemas.article import Article
from schemas.base import Message
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

DAY_MS = 86_400_000
LARGE = 8_388_608  # bytes; an oversized article must reach the topic to become a dead letter


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `key` says in words what the message key is."""

    name: str
    key: str
    value: type[Message] | None
    cleanup: str
    retention_ms: int | None
    max_message_bytes: int
    about: str
    also: tuple[type[Message], ...] = ()  # other messages on it; `ce_type` tells them apart

    @property
    def messages(self) -> tuple[type[Message], ...]:
        """Every message that travels on it."""
        return (self.value, *self.also) if self.value else ()

    @property
    def config(self) -> dict[str, str]:
        """The broker's configuration of the topic."""
        config = {"cleanup.policy": self.cleanup, "max.message.bytes": str(self.max_message_bytes)}
        if self.retention_ms is not None:
            config["retention.ms"] = str(self.retention_ms)
        return config


ARTICLES = Topic(
    "tocsin.articles",
    "article id",
    Article,
    "delete",
    7 * DAY_MS,
    LARGE,
    "Published texts, as ingest found them.",
)
EVENTS = Topic(
    "tocsin.events",
    "block: what must meet to be merged; the types that may tell of one happening",
    Event,
    "delete",
    30 * DAY_MS,
    LARGE,
    "Mentions of happenings, one message each, with their evidence; and what takes mentions back.",
    also=(Withdrawal,),
)
READINGS = Topic(
    "tocsin.readings",
    "article id; on the partition of its article",
    Reading,
    "compact,delete",
    30 * DAY_MS,
    LARGE,
    "Which version of an article was read last, so that a later one takes back what it no longer says.",
)
STORIES = Topic(
    "tocsin.stories",
    "story id; on the partition of its events",
    Story,
    "compact,delete",
    30 * DAY_MS,
    LARGE,
    "One happening a key; the latest revision holds.",
)
CONTRIBUTIONS = Topic(
    "tocsin.contributions",
    "story id; all on partition 0, since the index is measured against everything that is monitored",
    Contribution,
    "compact,delete",
    400 * DAY_MS,  # 29 days longer than contacts are ever held, so that a restart finds what it held
    LARGE,
    "What each story adds to the dyads that it is about; the latest revision holds.",
)
DYADS = Topic(
    "tocsin.dyads",
    "dyad; on partition 0",
    Dyad,
    "compact",
    None,
    LARGE,
    "State of each watched dyad: contacts, and the tension index with its baseline.",
)
MATCHES = Topic(
    "tocsin.matches",
    "rule, group and story; on the partition of rule and group, so that all of a group meet",
    Match,
    "compact,delete",
    100 * DAY_MS,  # ten days longer than a rule may look back
    LARGE,
    "What counts toward rules over several stories; the latest revision holds.",
)
THREADS = Topic(
    "tocsin.threads",
    "thread id; on the partition of its story or group",
    Thread,
    "compact,delete",
    100 * DAY_MS,
    LARGE,
    "What alerts have said so far, so that what follows is an update of it.",
)
ALERTS = Topic(
    "tocsin.alerts",
    "dedup key; on the partition of its story or group",
    Alert,
    "delete",
    30 * DAY_MS,
    LARGE,
    "Rules that fired, with why and the evidence.",
)
DELIVERIES = Topic(
    "tocsin.deliveries",
    "delivery id: of the alert and the receiver",
    Delivery,
    "compact,delete",
    30 * DAY_MS,
    LARGE,
    "What became of each alert at each receiver: sent, held for a digest, or why not.",
)
SILENCES = Topic(
    "tocsin.silences",
    "silence id",
    Silence,
    "compact",
    None,
    LARGE,
    "What no receiver wants to be told of, and until when.",
)
FEEDBACK = Topic(
    "tocsin.feedback",
    "story id",
    Feedback,
    "compact",
    None,
    LARGE,
    "What readers say of stories that they were alerted to; the latest word on a story holds.",
)
DEADLETTERS = Topic(
    "tocsin.deadletters",
    "the original key",
    None,
    "delete",
    30 * DAY_MS,
    2 * LARGE,
    "Messages that could not be processed: the original bytes, the reason in tocsin.dlq.* headers.",
)

TOPICS = (
    ARTICLES,
    READINGS,
    EVENTS,
    STORIES,
    CONTRIBUTIONS,
    DYADS,
    MATCHES,
    THREADS,
    ALERTS,
    DELIVERIES,
    SILENCES,
    FEEDBACK,
    DEADLETTERS,
)
