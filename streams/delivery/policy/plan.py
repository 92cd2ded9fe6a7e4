"""The plan: what receivers.yaml holds - receivers, routes to them, and what mutes what."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from schemas.matcher import Matcher
from streams.delivery.policy.durations import Duration
from streams.delivery.policy.receivers import Receiver
from streams.errors import FileErrors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Brief

Property: TypeAlias = Literal["rule", "type", "dyad", "story", "country", "polarity", "party"]


class Route(BaseModel):
    """Which alerts go to which receivers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    match: Matcher = Field(default=Matcher(), description="Which alerts; all of them where it is absent.")
    receivers: Annotated[list[str], Field(min_length=1)] = Field(description="Names of receivers.")
    group_by: list[Property] = Field(
        default=[], description="New alerts alike in these are one group; without it each is told by itself."
    )
    group_interval: Duration = Field(
        default=timedelta(minutes=5),
        description="After one of a group was sent, the others wait so long and are told together.",
    )
    repeat: Duration = Field(
        default=timedelta(hours=4),
        description="Within it, what brings a thread no news is not told: no higher severity, no other "
        "status, no confirmation, no withdrawal.",
    )


class Inhibition(BaseModel):
    """A more severe alert mutes less severe ones that are about the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Matcher = Field(description="Which alerts mute others.")
    mutes: Matcher = Field(default=Matcher(), description="Which alerts are muted, where they are milder.")
    equal: Annotated[list[Property], Field(min_length=1)] = Field(
        description="What both must have in common, as [dyad]."
    )
    lasts: Duration = Field(default=timedelta(hours=6), description="How long after the one that mutes.")


class Plan(BaseModel):
    """A file of receivers for tocsin."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tocsin receivers")

    receivers: Annotated[list[Receiver], Field(min_length=1)] = Field(description="Who is told.")
    routes: Annotated[list[Route], Field(min_length=1)] = Field(
        description="All that match count; a receiver named by several is told once, by the first."
    )
    inhibitions: list[Inhibition] = Field(default=[], description="What mutes what.")

    def named(self, name: str) -> Receiver | None:
        """Return the receiver of this name."""
        return next((receiver for receiver in self.receivers if receiver.name == name), None)

    def routes_of(self, brief: Brief) -> dict[str, Route]:
        """Return the receivers that an alert goes to, each with the route that leads it there."""
        leading: dict[str, Route] = {}
        for route in self.routes:
            if route.match(brief):
                for name in route.receivers:
                    leading.setdefault(name, route)
        return leading


def receivers_schema() -> str:
    """Return the JSON Schema of receivers files, as it stands in receivers.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Plan.model_json_schema()
    return json.dumps(schema, indent=2) + "\n"


def values(brief: Brief, name: Property) -> list[str]:
    """Return what an alert has of a property: none, one or several."""
    match name:
        case "dyad":
            return brief.dyads
        case "party":
            return brief.parties
        case "country":
            return [brief.country] if brief.country else []
        case "polarity":
            return [brief.polarity.value]
        case "rule":
            return [brief.rule]
        case "type":
            return [brief.type] if brief.type else []
        case "story":
            return [brief.story] if brief.story else []


def group_of(brief: Brief, by: Sequence[Property]) -> str:
    """Return the group of an alert; empty where the route makes none."""
    return " ".join(f"{name}={','.join(values(brief, name))}" for name in by)


def grouping(brief: Brief, route: Route) -> tuple[str, timedelta]:
    """Return the group of an alert and how long others of it wait: as the route says, else as the rule does."""
    if route.group_by:
        return group_of(brief, route.group_by), route.group_interval
    if brief.repeat_seconds is None:
        return "", timedelta(0)
    whose = " ".join(f"{name}={value}" for name, value in sorted(brief.group.items()))
    return f"rule={brief.rule} {whose}".rstrip(), timedelta(seconds=brief.repeat_seconds)


def alike(brief: Brief, names: Sequence[Property]) -> list[tuple[str, ...]]:
    """Return every way in which an alert can be like another; none where it lacks a property."""
    return list(product(*(values(brief, name) for name in names)))


class ReceiverErrors(FileErrors):
    """The receivers cannot be used; `mistakes` lists everything that is wrong with them."""

    what = "the receivers"
