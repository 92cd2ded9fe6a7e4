"""Connections to Kafka outside Faust: one way to make a producer, a consumer and an admin client."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kafka import KafkaConsumer, KafkaProducer
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from schemas.topics import LARGE
from streams.errors import TocsinError

if TYPE_CHECKING:
    from streams.settings import Settings

TRIES_FOR = 120.0
LINGERS = 0.02
BOOTSTRAP_MS = 10_000  # until a first answer; kafka-python's 30 s look like a command that hangs


class BrokerUnreachable(TocsinError):
    """No broker answered."""


def connection(settings: Settings) -> dict[str, Any]:
    """Return what every client needs to reach the brokers."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.bootstrap.split(","),
        "security_protocol": settings.security_protocol,
        "bootstrap_timeout_ms": BOOTSTRAP_MS,
    }
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": password,
        }
    if settings.ssl_cafile:
        options["ssl_cafile"] = str(settings.ssl_cafile)
    return options


def producer(
    settings: Settings,
    client: str,
    *,
    tries_for: float = TRIES_FOR,
    lingers: float = LINGERS,
    bulk: bool = False,
) -> KafkaProducer:
    """Return a producer that loses nothing that it acknowledged and doubles nothing that it retried.

    Seconds: `tries_for`, after which it gives up on a message, and may write a later one twice; `lingers`, for which
    a message waits for others to go with. `bulk` is for much at once: large batches, and none of kafka-python's
    gzip, which knows only its slowest level and takes more time than all the rest.
    """
    return _reach(
        settings,
        KafkaProducer,
        client_id=f"tocsin-{client}",
        acks="all",
        enable_idempotence=True,  # explicit: kafka-python would drop it in silence on a conflict
        delivery_timeout_ms=int(tries_for * 1000),
        request_timeout_ms=30_000,
        linger_ms=round(lingers * 1000),
        batch_size=1024 * 1024 if bulk else 64 * 1024,
        compression_type=None if bulk else "gzip",
        max_request_size=2 * LARGE,
        allow_auto_create_topics=False,
    )


def consumer(
    settings: Settings,
    client: str,
    *,
    group: str | None = None,
    member: str | None = None,
    fetched: int | None = None,
) -> KafkaConsumer:
    """Return a consumer that starts at the beginning and commits only when told to.

    `member` names it in its group, so that it keeps its partitions over a restart. `fetched`: bytes of a partition
    that it holds in memory, where that matters more than speed.
    """
    limits = {"fetch_max_bytes": 4 * fetched} if fetched else {}
    return _reach(
        settings,
        KafkaConsumer,
        client_id=f"tocsin-{client}",
        group_id=group,
        group_instance_id=member,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
        max_partition_fetch_bytes=fetched or 2 * LARGE,
        **limits,
    )


def admin(settings: Settings) -> KafkaAdminClient:
    """Return a client for topics and groups."""
    return _reach(settings, KafkaAdminClient, client_id="tocsin-admin")


def _reach(settings: Settings, client: Any, **options: Any) -> Any:
    try:
        return client(**connection(settings), **options)
    except KafkaError as error:
        raise BrokerUnreachable(
            f"no Kafka broker answers at {settings.bootstrap} ({type(error).__name__}): "
            "is it running, and is TOCSIN_BOOTSTRAP or --bootstrap right?"
        ) from error
