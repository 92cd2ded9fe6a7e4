"""How well stories are told apart and brought together: every pair of mentions, and the worst of the wrong ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

from streams.stories import Stories
from tests.stories.corpus.mentions import Mention

if TYPE_CHECKING:
    from schemas import Event

Merger = Callable[
    [Iterable["Event"]], Mapping[str, str]
]  # events in order of publication → event id: story id


def by_stories(events: Iterable[Event]) -> dict[str, str]:
    """Return the story of each event as `Stories` has it in the end."""
    stories, found = Stories(), {}
    for event in events:
        if story := stories.add(event):
            found[event.id] = story.id
    return found


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of mentions: brought together rightly, of all brought together, of all that belong together."""

    right: int
    together: int
    meant: int

    @property
    def precision(self) -> float:
        """Return the share of the pairs brought together that belong together; 1 when there are none."""
        return self.right / self.together if self.together else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the pairs that belong together that are brought together; 1 when there are none."""
        return self.right / self.meant if self.meant else 1.0


def pairs(mentions: Iterable[Mention], story_of: Mapping[str, str]) -> Pairs:
    """Count the pairs; an event without a story stands alone."""
    cells: Counter[tuple[str, str]] = Counter(
        (mention.happening, story_of.get(mention.event.id, mention.event.id)) for mention in mentions
    )
    meant, together = Counter[str](), Counter[str]()
    for (happening, story), size in cells.items():
        meant[happening] += size
        together[story] += size
    return Pairs(*(sum(comb(size, 2) for size in counts.values()) for counts in (cells, together, meant)))


@dataclass(frozen=True, slots=True)
class Fault:
    """Pairs that one story or happening costs, and a mention of either side of it."""

    pairs: int
    name: str
    sides: tuple[tuple[Mention, ...], ...]


def false_merges(mentions: Iterable[Mention], story_of: Mapping[str, str]) -> list[Fault]:
    """Return the stories that hold several happenings, the costliest first."""
    return _faults(
        mentions,
        whole=lambda mention: story_of.get(mention.event.id, mention.event.id),
        part=lambda mention: mention.happening,
    )


def false_splits(mentions: Iterable[Mention], story_of: Mapping[str, str]) -> list[Fault]:
    """Return the happenings that lie in several stories, the costliest first."""
    return _faults(
        mentions,
        whole=lambda mention: mention.happening,
        part=lambda mention: story_of.get(mention.event.id, mention.event.id),
    )


def _faults(
    mentions: Iterable[Mention], *, whole: Callable[[Mention], str], part: Callable[[Mention], str]
) -> list[Fault]:
    parts: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        parts[whole(mention)][part(mention)].append(mention)
    faults = [
        Fault(
            pairs=sum(len(one) * len(other) for one, other in combinations(sides.values(), 2)),
            name=name,
            sides=tuple(tuple(side) for side in sorted(sides.values(), key=len, reverse=True)),
        )
        for name, sides in parts.items()
        if len(sides) > 1
    ]
    return sorted(faults, key=lambda fault: (-fault.pairs, fault.name))
