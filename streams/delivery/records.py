"""What commands say on the topics of silences and feedback, and what lies there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kafka.errors import KafkaError

from schemas import Alert, Feedback, Silence, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import ALERTS, FEEDBACK, SILENCES, Topic
from streams.broker import BrokerUnreachable, admin, producer
from streams.errors import TocsinError
from streams.kept import kept
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from streams.settings import Settings


class NotAlertedTo(TocsinError):
    """No alert tells of a story."""


def send_silence(settings: Settings, silence: Silence, now: datetime) -> None:
    """Put a silence on its topic. Raises BrokerUnreachable, TopicsMissing."""
    _send(settings, SILENCES, silence.id, silence, now)


def send_feedback(settings: Settings, feedback: Feedback, now: datetime) -> None:
    """Put a word on a story on its topic. Raises BrokerUnreachable, TopicsMissing."""
    _send(settings, FEEDBACK, feedback.story, feedback, now)


def silences(settings: Settings) -> list[Silence]:
    """Return every silence, the one that ends last first. Raises BrokerUnreachable, TopicsMissing."""
    latest = dict(kept(settings, SILENCES, Silence))
    found = [silence for silence in latest.values() if silence]
    return sorted(found, key=lambda silence: silence.ends_at, reverse=True)


def all_feedback(settings: Settings) -> Iterator[Feedback]:
    """Yield every word on a story. Raises BrokerUnreachable, TopicsMissing."""
    for _key, feedback in kept(settings, FEEDBACK, Feedback):
        if feedback:
            yield feedback


def alerts_on(settings: Settings, story: str) -> list[Alert]:
    """Return the alerts that tell of a story. Raises NotAlertedTo, BrokerUnreachable, TopicsMissing."""
    found = [alert for _key, alert in kept(settings, ALERTS, Alert) if alert and story in _stories(alert)]
    if not found:
        raise NotAlertedTo(
            f"no alert that is kept tells of story {story}: the line `ids` of an alert shows the story's id"
        )
    return found


def _stories(alert: Alert) -> set[str]:
    """Return the stories that an alert tells of: its own, and of a rule over several all that counted."""
    counted = {one.story for one in alert.stories}
    return counted | {alert.story.id} if alert.story else counted


def _send(settings: Settings, topic: Topic, key: str, message: Silence | Feedback, now: datetime) -> None:
    _require(settings, topic)
    sender = producer(settings, "command")
    try:
        headers = list(cloudevents(message, source="command", time=now).items())
        sent = sender.send(topic.name, encode(message), key=key.encode(), headers=headers)
        sent.get(timeout=settings.delivery_timeout)
    except KafkaError as error:
        raise BrokerUnreachable(f"{topic.name}: the broker did not acknowledge: {error}") from error
    finally:
        sender.close(timeout=1)


def _require(settings: Settings, topic: Topic) -> None:
    client = admin(settings)
    try:
        require_topic(client, settings, topic)
    finally:
        client.close()
