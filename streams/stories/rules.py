"""The formula of likeness as data: which types tell of one happening, how far days reach, what counts how much."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt, model_validator

from schemas import taxonomy, yaml12


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Days(_Part):
    """How far the days of a report reach."""

    reported_within: PositiveInt
    often_within: PositiveInt
    undated_apart: PositiveInt
    planned_ahead: PositiveInt
    looked_back: PositiveInt


class Score(_Part):
    """What each thing that two reports say alike counts, and how much is enough."""

    party: PositiveFloat
    place: PositiveFloat
    country: PositiveFloat
    day: PositiveFloat
    near_day: PositiveFloat
    number: PositiveFloat
    person: PositiveFloat
    near_copy: PositiveFloat
    enough: PositiveFloat
    sure: PositiveFloat


class Rules(_Part):
    """The contents of likeness.yaml."""

    version: str
    told_as: dict[str, list[str]]
    mutual: frozenset[str]
    anywhere: frozenset[str]
    often: frozenset[str]
    rising: tuple[str, ...]
    days: Days
    score: Score

    @model_validator(mode="after")
    def _names_types(self) -> Rules:
        listed = [name for group in self.told_as.values() for name in group]
        known = {type_.name for type_ in taxonomy().types}
        if unknown := {*listed, *self.mutual, *self.anywhere, *self.often} - known:
            raise ValueError(f"no type of the taxonomy: {', '.join(sorted(unknown))}")
        if twice := {name for name in listed if listed.count(name) > 1}:
            raise ValueError(f"in two groups: {', '.join(sorted(twice))}")
        if taken := self.told_as.keys() & known:
            raise ValueError(f"a group is named as a type: {', '.join(sorted(taken))}")
        return self


@cache
def rules() -> Rules:
    """Return the rules that ship with this version."""
    raw = files("streams.stories").joinpath("likeness.yaml").read_text(encoding="utf-8")
    return Rules.model_validate(yaml12.load(raw))


@cache
def block_of(type_: str) -> str:
    """Return the group of types that a type's reports are merged with; the type itself when it stands alone."""
    groups = (name for name, types in rules().told_as.items() if type_ in types)
    return next(groups, type_)
