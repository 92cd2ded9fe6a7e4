"""Delivery: what became of one alert at one receiver. Nothing is dropped: each decision is one of these."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Id, Instant, Message, stable_id
from schemas.brief import Brief

ANYONE = "-"  # stands for the receiver where no route leads to any


class Outcome(StrEnum):
    """What became of it. The first four wait for something, the others are the end of it."""

    QUEUED = "queued"  # to be sent, as soon as the receiver takes it
    CAPPED = "capped"  # the receiver had its share of the hour: waits for the digest
    GROUPED = "grouped"  # another of its group was just sent: waits for the digest
    QUIET = "quiet"  # the receiver's quiet hours: waits for their end
    DELIVERED = "delivered"
    DIGESTED = "digested"  # told by a digest
    REPEATED = "repeated"  # its thread was told within the repeat interval, and it brings no news
    MOOT = "moot"  # it takes back what this receiver was never told
    SILENCED = "silenced"
    INHIBITED = "inhibited"  # a more severe one on the same is under way
    EXPIRED = "expired"  # older than the receiver's patience when it was read
    UNROUTED = "unrouted"  # no route leads it to any receiver
    DEAD = "dead"  # given up: a dead letter holds it, with the reason

    @property
    def is_held(self) -> bool:
        """Whether it waits for a digest or the end of quiet hours."""
        return self in {Outcome.CAPPED, Outcome.GROUPED, Outcome.QUIET}


class Place(Message):
    """Where the alert lies on its topic."""

    partition: Annotated[int, Field(ge=0)] = Field(description="The partition.")
    offset: Annotated[int, Field(ge=0)] = Field(description="The offset in it.")


class Delivery(Message):
    """One alert at one receiver, or one digest. Of two with one id, the later holds."""

    id: Id
    receiver: str = Field(description="Its name in receivers.yaml; `-` where no route leads to any.")
    outcome: Outcome
    because: str = Field(description="Why, in words.")
    brief: Brief | None = Field(default=None, description="The alert; none for a digest.")
    place: Place | None = Field(default=None, description="Where the alert lies; none for a digest.")
    group: str = Field(default="", description="What its route, or its rule, groups it by.")
    capped_by: Literal["receiver", "rule"] | None = Field(
        default=None, description="Whose cap of the hour was used up when it was capped."
    )
    members: list[Id] = Field(default=[], description="Of a digest: the deliveries that it tells.")
    told: list[Brief] = Field(default=[], description="Of a digest: the most severe of what it tells.")
    digest: Id | None = Field(default=None, description="The digest that tells it.")
    decided_at: Instant = Field(description="When it was queued, held or left out.")
    release_at: Instant | None = Field(default=None, description="Until when it is held.")
    attempts: Annotated[int, Field(ge=0)] = Field(default=0, description="Times it was sent.")
    answered: int | None = Field(default=None, description="The receiver's last answer: HTTP or SMTP status.")
    said: str | None = Field(default=None, description="What went wrong last, without any secret.")
    ref: str | None = Field(default=None, description="The receiver's own id of it, to thread by.")
    done_at: Instant | None = Field(default=None, description="When it was delivered or given up.")


def delivery_id(alert: str, receiver: str) -> str:
    """Return the id of the delivery of an alert to a receiver."""
    return stable_id("delivery", alert, receiver)


def digest_id(receiver: str, members: list[str]) -> str:
    """Return the id of the digest that tells these deliveries."""
    return stable_id("digest", receiver, *sorted(members))
