"""Provisioning: the table of topics, made true on the brokers. What exists is never shrunk or deleted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kafka.admin import ConfigResource, ConfigResourceType
from kafka.errors import KafkaError, TopicAlreadyExistsError

from schemas.topics import TOPICS, Topic
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kafka.admin import KafkaAdminClient

    from streams.settings import Settings


SETTLES_WITHIN = 5.0  # seconds until what was set is also what is read: brokers tell each other


class TopicsMissing(TocsinError):
    """The brokers lack topics that the work needs."""


class TopicsRefused(TocsinError):
    """The brokers would not create or describe the topics."""


@dataclass(frozen=True, slots=True)
class Found:
    """A topic as the brokers have it; `partitions` is 0 when they have it not."""

    topic: Topic
    partitions: int
    replication: int
    config: dict[str, str]


@dataclass(frozen=True, slots=True)
class Drift:
    """One way in which a topic is not as it should be."""

    topic: str
    what: str


def found(admin: KafkaAdminClient) -> list[Found]:
    """Return every topic of the table as the brokers have it."""
    names = set(admin.list_topics())
    present = [topic for topic in TOPICS if topic.name in names]
    if not present:
        return [Found(topic, 0, 0, {}) for topic in TOPICS]
    described = {
        seen["name"]: seen["partitions"] for seen in admin.describe_topics([t.name for t in present])
    }
    resources = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in present]
    configs = admin.describe_configs(resources, config_filter="all")["topic"]
    return [_found(topic, described.get(topic.name, []), configs.get(topic.name, {})) for topic in TOPICS]


def _found(topic: Topic, partitions: Sequence[dict[str, Any]], config: dict[str, Any]) -> Found:
    replication = min((len(partition["replica_nodes"]) for partition in partitions), default=0)
    known = {name: str(entry["value"]) for name, entry in config.items() if name in topic.config}
    return Found(topic, len(partitions), replication, known)


def drift(topics: Sequence[Found], settings: Settings) -> list[Drift]:
    """Return every way in which the topics are not as the table and the settings say."""
    return [difference for topic in topics for difference in _drift(topic, settings)]


def _drift(seen: Found, settings: Settings) -> list[Drift]:
    name = seen.topic.name
    if not seen.partitions:
        return [Drift(name, "is missing")]
    found_drift = []
    if seen.partitions < settings.partitions:
        what = f"has {seen.partitions} partitions, not {settings.partitions}: adding some would move keys"
        found_drift.append(Drift(name, what))
    if seen.replication < settings.replication:
        what = f"has {seen.replication} copies, not {settings.replication}: reassign its partitions"
        found_drift.append(Drift(name, what))
    found_drift += [
        Drift(name, f"has {key} {seen.config.get(key, 'unset')}, not {wanted}")
        for key, wanted in seen.topic.config.items()
        if seen.config.get(key) != wanted
    ]
    return found_drift


def ensure(admin: KafkaAdminClient, settings: Settings) -> list[Drift]:
    """Create the topics that are missing, set the configuration of the others, return what remains.

    Raises TopicsRefused when the brokers say no.
    """
    try:
        return _ensure(admin, settings)
    except KafkaError as error:
        raise TopicsRefused(f"the brokers at {settings.bootstrap} refused: {error}") from error


def _ensure(admin: KafkaAdminClient, settings: Settings) -> list[Drift]:
    seen = found(admin)
    _create([topic.topic for topic in seen if not topic.partitions], admin, settings)
    changed = _configure([topic for topic in seen if topic.partitions], admin)
    until = time.monotonic() + (SETTLES_WITHIN if changed else 0)
    while (remaining := drift(found(admin), settings)) and time.monotonic() < until:
        time.sleep(0.1)
    return remaining


def _create(missing: Sequence[Topic], admin: KafkaAdminClient, settings: Settings) -> None:
    if not missing:
        return
    wanted = {
        topic.name: {
            "num_partitions": settings.partitions,
            "replication_factor": settings.replication,
            "configs": topic.config,
        }
        for topic in missing
    }
    try:
        admin.create_topics(wanted, wait_for_metadata=True)
    except TopicAlreadyExistsError:  # another process ensures the same topics at the same time
        admin.wait_for_topics(list(wanted))


def _configure(present: Sequence[Found], admin: KafkaAdminClient) -> bool:
    """Set the configuration where it differs; return whether it did anywhere."""
    changed = [topic for topic in present if topic.config != topic.topic.config]
    if changed:
        admin.alter_configs(
            [
                ConfigResource(ConfigResourceType.TOPIC, seen.topic.name, configs=seen.topic.config)
                for seen in changed
            ]
        )
    return bool(changed)


def require(admin: KafkaAdminClient, settings: Settings) -> int:
    """Return how many partitions the topics have.

    Raises TopicsMissing unless all are there, partitioned alike: state of a partition is rebuilt from
    the partition of the same number.
    """
    counts = {seen.topic.name: seen.partitions for seen in found(admin)}
    if missing := [name for name, count in counts.items() if not count]:
        raise TopicsMissing(
            f"no topic {', '.join(missing)} at {settings.bootstrap}: create them with `tocsin topics ensure`"
        )
    if len(set(counts.values())) > 1:
        unlike = ", ".join(f"{name} {count}" for name, count in counts.items())
        raise TopicsMissing(f"the topics must have equally many partitions, but they have: {unlike}")
    return next(iter(counts.values()))


def require_topic(admin: KafkaAdminClient, settings: Settings, topic: Topic) -> None:
    """Raise TopicsMissing unless this one topic is there; needs no right but to list the topics."""
    if topic.name not in admin.list_topics():
        raise TopicsMissing(
            f"no topic {topic.name} at {settings.bootstrap}: create it with `tocsin topics ensure`"
        )
