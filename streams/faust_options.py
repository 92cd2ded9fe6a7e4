"""How Faust is set: each choice that departs from its defaults, and why."""

from __future__ import annotations

import ssl
import tempfile
from typing import TYPE_CHECKING, Any

import faust

from schemas.topics import LARGE

if TYPE_CHECKING:
    from streams.settings import Settings


def faust_options(settings: Settings) -> dict[str, Any]:
    """Return the settings of the Faust app."""
    return {
        "id": settings.group,
        "broker": [f"kafka://{address}" for address in settings.bootstrap.split(",")],
        "broker_credentials": _credentials(settings),
        "datadir": tempfile.gettempdir() + "/tocsin-faust",  # Faust makes it, and we keep nothing in it
        "origin": None,
        **_delivery(settings),
        **_web(settings),
    }


def _delivery(settings: Settings) -> dict[str, Any]:
    return {
        "processing_guarantee": "at_least_once",  # its exactly_once loses re-keyed outputs
        "agent_supervisor": "mode.CrashingSupervisor",  # the default acknowledges what raised and goes on
        "stream_wait_empty": False,  # else the end may wait for ever; what is not done is read again
        "topic_allow_declare": False,
        "topic_disable_leader": True,
        "table_standby_replicas": 0,  # without tables: the plain round-robin assignor
        "consumer_auto_offset_reset": "earliest",
        "consumer_group_instance_id": settings.worker_id,
        "consumer_max_fetch_size": LARGE,
        "broker_commit_interval": 1.0,
        "broker_session_timeout": settings.session_timeout,
        "broker_heartbeat_interval": settings.session_timeout / 10,
        "broker_rebalance_timeout": 120,
        "broker_max_poll_records": 500,
        "stream_buffer_maxsize": 512,  # whole articles: the default of 4096 is memory
        "producer_acks": -1,
        "producer_linger": 0.005,
        "producer_max_batch_size": 512 * 1024,  # by default a request for every four stories
        "producer_request_timeout": 60,  # also how long a batch is retried; the default is 20 minutes
        "producer_max_request_size": 2 * LARGE,
        "key_serializer": "raw",  # bytes in, bytes out: a dead letter keeps what came
        "value_serializer": "raw",
    }


def _web(settings: Settings) -> dict[str, Any]:
    return {
        "web_bind": settings.web_host,
        "web_port": settings.web_port,
        "web_in_thread": True,  # so that the health page can say that the other loop stands still
        "web_tables_enabled": False,
        "web_router_enabled": False,
        "web_stats_enabled": False,
        "web_graph_enabled": False,
    }


def _credentials(settings: Settings) -> Any:
    context = None
    if settings.security_protocol.endswith("SSL"):
        context = ssl.create_default_context(cafile=str(settings.ssl_cafile) if settings.ssl_cafile else None)
    if settings.security_protocol.startswith("SASL"):
        password = settings.sasl_password.get_secret_value() if settings.sasl_password else None
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=password,
            mechanism=settings.sasl_mechanism,
            ssl_context=context,
        )
    return faust.SSLCredentials(context) if context else None
