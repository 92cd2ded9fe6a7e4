"""The taxonomy: every event type with its family, polarity, severity and codes, read from taxonomy.yaml."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated

from pydantic import Field, field_validator

from schemas import yaml12
from schemas.base import Message


class Polarity(StrEnum):
    """Effect on the risk of armed conflict for the dyad; no moral judgement."""

    ESCALATORY = "escalatory"
    DEESCALATORY = "deescalatory"
    NEUTRAL = "neutral"


class TypeCodes(Message):
    """The type in other ontologies: CAMEO with Goldstein value and quad class, PLOVER event and mode."""

    cameo: str
    goldstein: float | None
    quadclass: int
    plover: str | None


class EventType(Message):
    """One type. `needs_rival`: escalatory only toward a rival that the text names, neutral otherwise."""

    name: str
    family: str
    definition: str
    polarity: Polarity
    severity: Annotated[int, Field(ge=0, le=10)]
    needs_rival: bool = False
    roles: str
    cameo: str
    plover: str
    codes: TypeCodes
    example: dict[str, str]


class Taxonomy(Message):
    """All types. `version` goes on every event."""

    version: str
    planned_codes: dict[Polarity, TypeCodes]
    other_codes: dict[str, TypeCodes]
    types: tuple[EventType, ...]

    @field_validator("types")
    @classmethod
    def _names_are_unique(cls, types: tuple[EventType, ...]) -> tuple[EventType, ...]:
        names = [type_.name for type_ in types]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"named twice: {', '.join(sorted(twice))}")
        return types

    def __getitem__(self, name: str) -> EventType:
        """Return the type of this name. Raises KeyError when there is none."""
        return self._by_name[name]

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    @cached_property
    def _by_name(self) -> dict[str, EventType]:
        return {type_.name: type_ for type_ in self.types}

    @property
    def families(self) -> list[str]:
        """The families, in their order."""
        return list(dict.fromkeys(type_.family for type_ in self.types))


@cache
def taxonomy() -> Taxonomy:
    """Return the taxonomy that ships with this version."""
    raw = files("schemas").joinpath("taxonomy.yaml").read_text(encoding="utf-8")
    return Taxonomy.model_validate(yaml12.load(raw))
