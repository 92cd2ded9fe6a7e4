"""Receivers: who is told, how he is reached, and how much he wants to hear."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from streams.delivery.policy.durations import Duration
from streams.delivery.policy.quiet import QuietHours

NAME = r"^[a-z0-9][a-z0-9-]{0,62}$"


class Secret(BaseModel):
    """Where a secret is kept. The file of receivers never holds one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str | None = Field(default=None, description="The environment variable that holds it.")
    file: str | None = Field(default=None, description="The file that holds it, alone.")

    @model_validator(mode="after")
    def _is_one(self) -> Secret:
        if (self.env is None) == (self.file is None):
            raise PydanticCustomError("secret", "must be {env: VARIABLE} or {file: PATH}, never itself")
        return self


def _bare_address(url: str) -> str:
    if "@" in url.split("/", 3)[2]:
        raise PydanticCustomError("address", "holds a password: write url as {env: VARIABLE}")
    return url


PlainUrl = Annotated[
    str,
    Field(pattern=r"^https?://[^\s/]+\S*$", examples=["https://ntfy.sh"]),
    AfterValidator(_bare_address),
]
Url = PlainUrl | Secret  # an address that holds a token is a secret


class _Receiver(BaseModel):
    """What all kinds have in common."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=NAME)] = Field(
        description="Unique; small letters, digits and hyphens. Deliveries are remembered by it."
    )
    cap: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=30, description="Messages in any hour, digests counted; the others wait for a digest."
    )
    quiet: QuietHours | None = Field(default=None, description="When only what is urgent is told.")
    patience: Duration = Field(
        default=timedelta(days=1), description="How long it is tried before it is given up: 1m to 7d."
    )
    timeout: Duration = Field(default=timedelta(seconds=10), description="For one answer: 1s to 2m.")

    @model_validator(mode="after")
    def _is_sane(self) -> _Receiver:
        if not timedelta(minutes=1) <= self.patience <= timedelta(days=7):
            raise PydanticCustomError("limits", "patience must be between 1m and 7d")
        if not timedelta(seconds=1) <= self.timeout <= timedelta(minutes=2):
            raise PydanticCustomError("limits", "timeout must be between 1s and 2m")
        return self


class Webhook(_Receiver):
    """Any program that takes an HTTP POST: the alert as a CloudEvent, signed."""

    kind: Literal["webhook"]
    url: Url
    secret: Secret = Field(description="The key of the signature.")


class Slack(_Receiver):
    """Slack, by an incoming webhook, or by a bot that answers in the thread of the first message."""

    kind: Literal["slack"]
    url: Secret | None = Field(default=None, description="An incoming webhook: its address is a secret.")
    token: Secret | None = Field(default=None, description="A bot's token, with `chat:write`.")
    channel: str | None = Field(default=None, description="With `token`: the channel's id.")
    api: PlainUrl = Field(default="https://slack.com/api", description="Slack's interface, for `token`.")

    @model_validator(mode="after")
    def _has_one_way(self) -> Slack:
        if (self.url is None) == (self.token is None) or (self.token is None) != (self.channel is None):
            raise PydanticCustomError("ways", "needs either url, or token and channel")
        return self


class Teams(_Receiver):
    """Microsoft Teams, by a workflow that takes a webhook."""

    kind: Literal["teams"]
    url: Secret = Field(description="The workflow's address is a secret.")


class Matrix(_Receiver):
    """A Matrix room; changes to an alert answer in the thread of the first message."""

    kind: Literal["matrix"]
    homeserver: PlainUrl
    room: Annotated[str, Field(pattern=r"^![^\s/]+$")] = Field(
        description="The room's id, with its exclamation mark."
    )
    token: Secret


class Email(_Receiver):
    """E-mail by SMTP; changes to an alert go into the thread of the first."""

    kind: Literal["email"]
    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:-]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    tls: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="`none` for a server on the same machine only."
    )
    user: str | None = None
    password: Secret | None = None
    sender: Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]
    to: Annotated[list[Annotated[str, Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$")]], Field(min_length=1)]

    @model_validator(mode="after")
    def _logs_in_safely(self) -> Email:
        if (self.user is None) != (self.password is None):
            raise PydanticCustomError("login", "user and password go together")
        if self.password and self.tls == "none":
            raise PydanticCustomError("login", "a password needs tls: starttls or tls")
        return self


class Ntfy(_Receiver):
    """A topic of ntfy: pushes to phones."""

    kind: Literal["ntfy"]
    url: PlainUrl = "https://ntfy.sh"
    topic: str | Secret = Field(description="Who knows the topic can read it: write {env: VARIABLE}.")
    token: Secret | None = None


class Alertmanager(_Receiver):
    """Prometheus Alertmanager, API v2; a Cancel resolves the alert."""

    kind: Literal["alertmanager"]
    url: Url
    token: Secret | None = None
    resolve_after: Duration = Field(
        default=timedelta(days=1), description="An alert that nothing changes is resolved by itself."
    )


Receiver: TypeAlias = Annotated[
    Webhook | Slack | Teams | Matrix | Email | Ntfy | Alertmanager, Field(discriminator="kind")
]
KINDS: dict[str, type[BaseModel]] = {
    "webhook": Webhook,
    "slack": Slack,
    "teams": Teams,
    "matrix": Matrix,
    "email": Email,
    "ntfy": Ntfy,
}
KINDS |= {"alertmanager": Alertmanager}
