"""Sums over the stories that are kept: who did what to whom, where, and what there is to filter by. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from schemas import Polarity, Status, taxonomy
from streams.web.cards import label_of
from streams.web.world_answers import Cell, Facet, FacetsAnswer, MatrixAnswer, PlaceStories

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from streams.alerting import Rules
    from streams.sources import Registry
    from streams.web.answers import PlaceAnswer
    from streams.web.kept import Kept
    from streams.web.pairs import Pairs

COUNTS = frozenset(status.value for status in Status if status.counts)
MOST_PARTIES = 40  # on a side of the matrix
MOST_PLACES = 500
_FACETS = ("type", "family", "status", "polarity", "lang", "source", "rule", "dyad")
MOST_NAMED = 200  # sources, dyads: news names them without end


@dataclass(slots=True)
class Tally:
    """Stories of one cell or place."""

    stories: Counter[str] = field(default_factory=Counter)
    weights: Counter[str] = field(default_factory=Counter)
    severity: float = 0.0

    def add(self, kept: Kept) -> None:
        """Count a story."""
        self.stories[kept.polarity] += 1
        self.weights[kept.polarity] += round(kept.severity * 10) + 1
        self.severity = max(self.severity, kept.severity)

    @property
    def polarity(self) -> Polarity:
        """Of most of them, by severity; the worse where it is a draw."""
        order = [polarity.value for polarity in Polarity]
        return Polarity(max(order, key=lambda name: (self.weights[name], -order.index(name))))


class Matrix:
    """Who did what to whom."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str], Tally] = {}

    def add(self, kept: Kept) -> None:
        """Count a story in the cell of each of its actors and targets."""
        for pair in product(kept.actors, kept.targets):
            if pair[0] != pair[1]:
                self._cells.setdefault(pair, Tally()).add(kept)

    def answer(self) -> MatrixAnswer:
        """Return the cells of the busiest parties."""
        actors, targets = self._busiest(0), self._busiest(1)
        return MatrixAnswer(
            actors=actors,
            targets=targets,
            cells=[
                Cell(
                    actor=actor,
                    target=target,
                    escalatory=tally.stories[Polarity.ESCALATORY.value],
                    deescalatory=tally.stories[Polarity.DEESCALATORY.value],
                    neutral=tally.stories[Polarity.NEUTRAL.value],
                    severity=tally.severity,
                )
                for (actor, target), tally in self._cells.items()
                if actor in actors and target in targets
            ],
        )

    def _busiest(self, side: int) -> list[str]:
        totals: Counter[str] = Counter()
        for pair, tally in self._cells.items():
            totals[pair[side]] += tally.stories.total()
        return [party for party, _ in totals.most_common(MOST_PARTIES)]


class WhereAbouts:
    """Where things happened: stories of one area together, whatever the texts call it."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[object, ...], Tally] = {}
        self._places: dict[tuple[object, ...], PlaceAnswer] = {}

    def add(self, kept: Kept) -> None:
        """Count a story where it happened, as precisely as is known."""
        if (place := kept.where) is None:
            return
        area = (place.lat, place.lon) if place.lat is not None else (place.country or place.name,)
        key = (place.precision, *area)
        self._places.setdefault(key, place)
        self._tallies.setdefault(key, Tally()).add(kept)

    def answers(self) -> list[PlaceStories]:
        """Return the places with the most stories."""
        busiest = sorted(self._tallies.items(), key=lambda one: -one[1].stories.total())[:MOST_PLACES]
        return [
            PlaceStories(
                **self._places[key].model_dump(),
                stories=tally.stories.total(),
                polarity=tally.polarity,
                severity=tally.severity,
            )
            for key, tally in busiest
        ]


class Facets:
    """What stories can be filtered by, and how many there are of each."""

    def __init__(self, pairs: Pairs) -> None:
        self._pairs = pairs
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in _FACETS}

    def add(self, kept: Kept) -> None:
        """Count a story."""
        counts = self._counts
        counts["type"][kept.type] += 1
        counts["family"][kept.family] += 1
        counts["status"][kept.status] += 1
        counts["polarity"][kept.polarity] += 1
        counts["lang"].update(kept.langs)
        counts["source"].update(kept.sources)
        counts["rule"].update(kept.rules)
        counts["dyad"].update(self._pairs.watching(kept.dyads).union(kept.dyads))

    def answer(self, registry: Registry, rules: Rules) -> FacetsAnswer:
        """Return all that there may be of what is fixed, and the commonest of what news names."""
        known, counts, pairs = taxonomy(), self._counts, self._pairs
        return FacetsAnswer(
            types=_fixed([type_.name for type_ in known.types], counts["type"]),
            families=_fixed(known.families, counts["family"]),
            statuses=_fixed([status.value for status in Status], counts["status"]),
            polarities=_fixed([polarity.value for polarity in Polarity], counts["polarity"]),
            languages=_common(counts["lang"], {}),
            sources=_common(counts["source"], {source.id: source.name for source in registry}),
            rules=[
                Facet(id=rule.id, label=rule.title, stories=counts["rule"][rule.id]) for rule in rules.rules
            ],
            dyads=[
                *(Facet(id=id_, label=id_, stories=counts["dyad"][id_]) for id_ in pairs),
                *(one for one in _common(counts["dyad"], {}) if one.id not in pairs),
            ],
        )


def _fixed(names: Iterable[str], counts: Counter[str]) -> list[Facet]:
    return [Facet(id=name, label=label_of(name), stories=counts[name]) for name in names]


def _common(counts: Counter[str], names: Mapping[str, str]) -> list[Facet]:
    return [
        Facet(id=id_, label=names.get(id_, id_), stories=count)
        for id_, count in counts.most_common(MOST_NAMED)
    ]
