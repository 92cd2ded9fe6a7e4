"""A receiver of the plan → the way to him, its secrets read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.delivery.channels.alertmanager import AlertmanagerKind
from streams.delivery.channels.http import HttpChannel, HttpKind
from streams.delivery.channels.mail import MailChannel
from streams.delivery.channels.matrix import MatrixKind
from streams.delivery.channels.ntfy import NtfyKind
from streams.delivery.channels.secrets import Secrets
from streams.delivery.channels.slack import SlackBot, SlackWebhook
from streams.delivery.channels.teams import TeamsKind
from streams.delivery.channels.webhook import WebhookKind
from streams.delivery.policy.receivers import (
    Alertmanager,
    Email,
    Matrix,
    Ntfy,
    Slack,
    Teams,
    Webhook,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.delivery.channels.post import Channel
    from streams.delivery.policy.receivers import Receiver


def channel_of(receiver: Receiver, environment: Mapping[str, str] | None = None) -> Channel:
    """Return the way to a receiver. Raises NoSecret when a secret is not where the file says."""
    secrets = Secrets(receiver.name, environment)
    if isinstance(receiver, Email):
        return MailChannel(receiver, secrets.optional(receiver.password), secrets.hidden)
    return HttpChannel(_kind(receiver, secrets), secrets.hidden, receiver.timeout.total_seconds())


def _kind(receiver: Webhook | Slack | Teams | Matrix | Ntfy | Alertmanager, secrets: Secrets) -> HttpKind:
    match receiver:
        case Webhook():
            return WebhookKind(secrets.read_url(receiver.url), secrets.read(receiver.secret))
        case Slack(url=None):
            assert receiver.token  # noqa: S101 - the plan has checked that it is one or the other
            return SlackBot(receiver.api, secrets.read(receiver.token), receiver.channel or "")
        case Slack():
            assert receiver.url  # noqa: S101
            return SlackWebhook(secrets.read_url(receiver.url))
        case Teams():
            return TeamsKind(secrets.read_url(receiver.url))
        case Matrix():
            return MatrixKind(receiver.homeserver, receiver.room, secrets.read(receiver.token))
        case Ntfy():
            topic = secrets.read(receiver.topic)
            return NtfyKind(receiver.url, topic, secrets.optional(receiver.token))
        case Alertmanager():
            url = secrets.read_url(receiver.url)
            return AlertmanagerKind(url, secrets.optional(receiver.token), receiver.resolve_after)
