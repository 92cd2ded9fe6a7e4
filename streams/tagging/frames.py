"""The frames: which concepts, in which construction, make an event of which type."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from schemas import yaml12

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = files("streams.tagging").joinpath("data")


# No BaseModel: frames are looked at a thousand times an article, and a model's attributes are slow to reach.
@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", populate_by_name=True))
class Frame:
    """One construction. The head of frames.yaml explains each field."""

    type: str
    head: tuple[str, ...]
    with_: Annotated[frozenset[str], Field(alias="with")] = frozenset()
    also: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    pos: Literal["verb", "noun"] | None = None
    party: str | None = None
    actor: tuple[str, ...] | None = None
    target: tuple[str, ...] | None = None
    third: tuple[str, ...] = ()
    object: str | None = None
    content: Literal["consumed", "planned", "conditional", "denied", "open"] = "open"
    status: str | None = None
    code: str | None = None
    reciprocal: bool = False

    @property
    def name(self) -> str:
        """What `--explain` calls it."""
        return f"{self.type}: {'|'.join(self.head)}" + (
            f" + {'|'.join(sorted(self.with_))}" if self.with_ else ""
        )


# What a conditional or first-person future of each family amounts to.
THREATS = {
    "use_of_force": Frame(type="threat_force", head=(), content="consumed"),
    "posture": Frame(type="threat_countermeasure", head=(), content="consumed"),
    "coercion": Frame(type="threat_countermeasure", head=(), content="consumed"),
}


class Frames(BaseModel):
    """All frames, the groups expanded, and the operators."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    defaults: dict[str, dict[str, tuple[str, ...]]]
    groups: dict[str, tuple[str, ...]]
    frames: tuple[Frame, ...]
    operators: dict[str, tuple[str, ...]]
    refusals: dict[str, tuple[str, ...]] = {}

    def refusal_of(self) -> dict[str, Frame]:
        """Return, for each type that can be refused, the frame of its refusal."""
        return {
            type_: Frame(type=refusal, head=(), content="consumed")
            for refusal, types in self.refusals.items()
            for type_ in types
        }

    def by_head(self) -> dict[str, tuple[tuple[int, Frame], ...]]:
        """Return the frames of each head concept with their place in the file."""
        table: dict[str, list[tuple[int, Frame]]] = {}
        for order, frame in enumerate(self.frames):
            for concept in self._expanded(frame.head):
                table.setdefault(concept, []).append((order, frame))
        return {concept: tuple(frames) for concept, frames in table.items()}

    def _expanded(self, concepts: Iterable[str]) -> tuple[str, ...]:
        return tuple(inner for concept in concepts for inner in self.groups.get(concept, (concept,)))

    def expand(self) -> Frames:
        """Return the same frames with every group replaced by its members."""
        frames = tuple(
            replace(
                frame,
                head=self._expanded(frame.head),
                with_=frozenset(self._expanded(frame.with_)),
                also=frozenset(self._expanded(frame.also)),
                without=frozenset(self._expanded(frame.without)),
            )
            for frame in self.frames
        )
        return self.model_copy(update={"frames": frames})

    def operator_of(self) -> dict[str, str]:
        """Return the effect of each operator concept."""
        return {concept: effect for effect, concepts in self.operators.items() for concept in concepts}


@cache
def frames() -> Frames:
    """Return the frames that ship with this version."""
    return Frames.model_validate(
        yaml12.load(DATA.joinpath("frames.yaml").read_text(encoding="utf-8"))
    ).expand()


@cache
def refusals() -> dict[str, Frame]:
    """Return, for each type that can be refused, the frame of its refusal."""
    return frames().refusal_of()
