"""Why an index is what it is: every story that makes it, with its share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from schemas import Dyad
from streams.tension.contributions import UNIT, calendar, origin_weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.tension.contributions import Weighed
    from streams.tension.formula import Formula
    from streams.tension.volume import Frame


@dataclass(frozen=True, slots=True)
class Share:
    """One story in the value of a direction.

    `way`: the direction it counts in, as RUS>USA, or `both`. `share` is sign * severity * origin_weight * decay
    / relative_volume; `part` is its size among all shares, 0 to 1.
    """

    story: str
    revision: int
    headline: str
    type: str
    status: str
    day: date
    way: str
    severity: float
    origins: int
    origin_weight: float
    decay: float
    relative_volume: float
    share: float
    part: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A dyad, and of each of its directions the stories that make the value: the shares add up to it."""

    dyad: Dyad
    values: dict[str, float]
    shares: dict[str, list[Share]]


def shares(stories: Iterable[tuple[Weighed, str]], frame: Frame, formula: Formula) -> list[Share]:
    """Return the share of each story that counts as of the frame's last day, the largest first."""
    counted = [
        (story, way) for story, way in stories if story.impulse and frame.start <= story.day <= frame.as_of
    ]
    parts = {story.id: _share(story, frame, formula) for story, _ in counted}
    total = sum(map(abs, parts.values()))
    ordered = sorted(counted, key=lambda one: (-abs(parts[one[0].id]), one[0].id))
    return [
        Share(
            story=story.id,
            revision=story.revision,
            headline=story.headline,
            type=story.type,
            status=story.status.value,
            day=calendar(story.day),
            way=way,
            severity=story.severity,
            origins=story.origins,
            origin_weight=origin_weight(story.origins, formula),
            decay=formula.decay(frame.as_of - story.day),
            relative_volume=frame.volume(story.day),
            share=parts[story.id],
            part=abs(parts[story.id]) / total if total else 0.0,
        )
        for story, way in ordered
    ]


def _share(story: Weighed, frame: Frame, formula: Formula) -> float:
    return story.impulse / UNIT / frame.volume(story.day) * formula.decay(frame.as_of - story.day)
