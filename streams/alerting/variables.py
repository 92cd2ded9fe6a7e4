"""What a rule's condition can read: one table, from which conditions are checked, computed and documented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Literal

from schemas import Novelty, Polarity, Status, Story, taxonomy

Kind = Literal["text", "number", "true or false", "list of texts", "map"]
Value = str | int | float | bool | list[str] | dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Variable:
    """One name that conditions can read. `words`: the only texts it can be, where they are known."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[Story], Value]
    words: tuple[str, ...] = field(default=())


def age_hours(story: Story) -> float:
    """Return how old the happening was, in hours, when the earliest report was published.

    Counted from the end of the day it happened on, never below 0. It does not depend on the clock:
    a replay of old articles gives the same alerts.
    """
    ended = datetime.combine(story.event_date.end, time.max, UTC)
    return max(0.0, (story.first_seen - ended).total_seconds() / 3600)


def _parties(story: Story) -> list[str]:
    return sorted({party.id for party in (*story.actors, *story.targets)})


_TABLE = (
    Variable(
        "type",
        "text",
        "what happened, a type of the taxonomy",
        lambda story: story.type,
        tuple(type_.name for type_ in taxonomy().types),
    ),
    Variable(
        "family",
        "text",
        "the family of the type",
        lambda story: story.family,
        tuple(taxonomy().families),
    ),
    Variable(
        "status",
        "text",
        "whether it happened",
        lambda story: story.status.value,
        tuple(status.value for status in Status),
    ),
    Variable(
        "counts",
        "true or false",
        "status is occurred or ongoing",
        lambda story: story.status.counts,
    ),
    Variable(
        "polarity",
        "text",
        "effect on the risk of armed conflict",
        lambda story: story.polarity.value,
        tuple(polarity.value for polarity in Polarity),
    ),
    Variable(
        "novelty",
        "text",
        "what the latest report added; background: told as history alone",
        lambda story: story.novelty.value,
        tuple(novelty.value for novelty in Novelty),
    ),
    Variable("severity", "number", "0 to 10", lambda story: story.severity),
    Variable(
        "confidence", "number", "0 to 1, share of such events that are right", lambda story: story.confidence
    ),
    Variable(
        "actors",
        "list of texts",
        "ids of who did it",
        lambda story: [party.id for party in story.actors],
    ),
    Variable(
        "targets",
        "list of texts",
        "ids of whom it was done to",
        lambda story: [party.id for party in story.targets],
    ),
    Variable("parties", "list of texts", "ids of actors and targets", _parties),
    Variable(
        "third_parties",
        "list of texts",
        "ids of mediators, hosts, third states",
        lambda story: [party.id for party in story.third_party],
    ),
    Variable(
        "dyads",
        "list of texts",
        "pairs of parties, undirected, in alphabetical order: RUS-USA",
        lambda story: story.dyads,
    ),
    Variable(
        "object",
        "text",
        "what it is about, an alliance or a channel; empty when not known",
        lambda story: story.object or "",
    ),
    Variable(
        "place_country",
        "text",
        "ISO 3166 alpha-3 of where it happened; empty when not known",
        lambda story: (story.place and story.place.country) or "",
    ),
    Variable("origins", "number", "independent first reporters", lambda story: float(story.origins)),
    Variable("mentions", "number", "reports in all", lambda story: float(story.mentions)),
    Variable("sources", "list of texts", "ids of the sources", lambda story: story.sources),
    Variable("langs", "list of texts", "languages of the reports: en, fr", lambda story: story.langs),
    Variable(
        "age_hours",
        "number",
        "hours from the end of the day it happened to its first report; 0 when reported the same day",
        age_hours,
    ),
    Variable(
        "attributes",
        "map",
        "what else is known, as attributes.gap_days; a condition that reads an absent one does not hold",
        lambda story: story.attributes,
    ),
)
VARIABLES = {variable.name: variable for variable in _TABLE}


def values(story: Story) -> dict[str, Value]:
    """Return what every variable is for this story."""
    return {variable.name: variable.of(story) for variable in _TABLE}
