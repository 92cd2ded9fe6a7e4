"""The formula: its constants as formula.yaml states them, each with the reason that stands beside it."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from schemas import Polarity, Status, yaml12

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")


class Part(BaseModel):
    """A part of the formula file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Constant(Part, Generic[T]):
    """One constant: its value, and why it is what it is."""

    value: T
    why: Annotated[str, Field(min_length=1)]


class Channel(Part):
    """A way of contact: the type of events that it is, and how the first one in long is told."""

    type: str
    said: Annotated[str, Field(pattern=r"\{days\}")]


Days = Constant[Annotated[int, Field(ge=1)]]
Number = Constant[Annotated[float, Field(gt=0)]]
Sign = Literal[-1, 0, 1]


class Formula(Part):
    """The contents of formula.yaml."""

    version: str
    signs: Constant[dict[Polarity, Sign]]
    statuses: Constant[list[Status]]
    origin_weight_most: Number
    half_life_days: Number
    held_days: Days
    volume_days: Days
    volume_least: Number
    volume_most: Number
    volume_steps_per_doubling: Days
    volume_minimum_days: Days
    volume_minimum_stories: Number
    baseline_days: Days
    baseline_minimum_days: Days
    baseline_warm_up_days: Days
    contact_held_days: Days
    same_contact_days: Days
    gap_notable_days: Days
    text_gap_slack_days: Days
    channels: Constant[dict[str, Channel]]
    refusal: Constant[str]
    line_opened: Constant[str]
    line_cut: Constant[str]

    @cached_property
    def daily_decay(self) -> float:
        """What is left of a story's weight after one day."""
        return self.decay(1)

    def decay(self, days: int) -> float:
        """Return what is left of a story's weight after so many days."""
        return float(0.5 ** (days / self.half_life_days.value))

    @cached_property
    def channel_of(self) -> dict[str, str]:
        """The channel that a type of events is a contact on."""
        return {channel.type: name for name, channel in self.channels.value.items()}

    @cached_property
    def contact_types(self) -> frozenset[str]:
        """Types that set the contact state of a dyad."""
        others = (self.refusal.value, self.line_opened.value, self.line_cut.value)
        return frozenset((*self.channel_of, *others))

    def constants(self) -> Iterator[tuple[str, object, str]]:
        """Yield name, value and reason of every constant, in the order of the file."""
        for name in type(self).model_fields:
            if isinstance(constant := getattr(self, name), Constant):
                yield name, constant.value, constant.why


@cache
def formula() -> Formula:
    """Return the formula that ships with this version."""
    raw = files("streams.tension").joinpath("formula.yaml").read_text(encoding="utf-8")
    return Formula.model_validate(yaml12.load(raw))
