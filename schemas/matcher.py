"""Matcher: which alerts are meant, in the words that routes, inhibitions and silences share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field

from schemas.base import Message
from schemas.event import Status
from schemas.taxonomy import Polarity

if TYPE_CHECKING:
    from schemas.brief import Brief


def _in_order(dyad: str) -> str:
    return "-".join(sorted(dyad.split("-")))


Dyad = Annotated[
    str, Field(pattern=r"^[A-Z][A-Z0-9_]+-[A-Z][A-Z0-9_]+$", examples=["RUS-USA"]), AfterValidator(_in_order)
]
"""Two party ids, kept in alphabetical order as alerts write them."""


class Matcher(Message):
    """An alert is meant when it meets every field that is set; of a list, any entry will do."""

    rule: list[str] = Field(default=[], description="Ids of rules.")
    route: list[str] = Field(default=[], description="What rules write as `route`.")
    type: list[str] = Field(default=[], description="Types of the taxonomy.")
    status: list[Status] = Field(default=[], description="Statuses, as occurred or denied.")
    polarity: list[Polarity] = Field(default=[], description="Escalatory, deescalatory or neutral.")
    dyad: list[Dyad] = Field(default=[], description="Undirected, as RUS-USA.")
    party: list[str] = Field(default=[], description="Actors or targets, as NATO.")
    country: list[str] = Field(default=[], description="Where it happened; a story without one meets none.")
    story: list[str] = Field(default=[], description="Ids of stories.")
    labels: dict[str, str] = Field(default={}, description="Labels of the rule, each with this value.")
    confirmed: bool | None = Field(default=None, description="Whether enough independent origins tell it.")
    min_severity: Annotated[float, Field(ge=0, le=10)] | None = Field(
        default=None, description="This severe or more."
    )
    max_severity: Annotated[float, Field(ge=0, le=10)] | None = Field(
        default=None, description="This severe or less."
    )

    @property
    def is_empty(self) -> bool:
        """Whether it means every alert."""
        return not self.model_dump(exclude_defaults=True)

    def __call__(self, brief: Brief) -> bool:
        """Tell whether this alert is meant."""
        return (
            all(not wanted or held in wanted for wanted, held in self._of_one(brief))
            and all(not wanted or not set(wanted).isdisjoint(held) for wanted, held in self._of_many(brief))
            and all(brief.labels.get(name) == value for name, value in self.labels.items())
            and self.confirmed in {None, brief.confirmed}
            and (self.min_severity is None or brief.severity >= self.min_severity)
            and (self.max_severity is None or brief.severity <= self.max_severity)
        )

    def _of_one(self, brief: Brief) -> list[tuple[list[str], str | None]]:
        return [
            (self.rule, brief.rule),
            (self.route, brief.route),
            (self.type, brief.type),
            ([*self.status], brief.status),
            ([*self.polarity], brief.polarity),
            (self.country, brief.country),
            (self.story, brief.story),
        ]

    def _of_many(self, brief: Brief) -> list[tuple[list[str], list[str]]]:
        return [(self.dyad, brief.dyads), (self.party, brief.parties)]
