"""What a rule's condition can read: one table, from which conditions are checked, computed and documented."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from schemas import Novelty, Polarity, Status, Story, taxonomy
from streams.alerting.blocs import bloc_names, blocs_of
from streams.sources import Registry

if TYPE_CHECKING:
    from streams.sources.source import Source

Kind = Literal["text", "number", "true or false", "list of texts", "map"]
Value = str | int | float | bool | list[str] | dict[str, str | int | float | bool]


@dataclass(frozen=True, slots=True)
class Tension:
    """What is known of a watched dyad at the moment."""

    value: float
    z: float | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the stories: who the sources are, and how tense the watched dyads are."""

    registry: Registry | None = None
    dyads: Mapping[str, Tension] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facts:
    """One story and what is known beside it."""

    story: Story
    beside: Surroundings = Surroundings()


Reader = Callable[[Facts], Value | None]


@dataclass(frozen=True, slots=True)
class Variable:
    """One name that conditions can read. `words`: the only texts it can be, where they are known.

    `of` returns None when the value is unknown: no condition that needs it holds then, whatever it asks.
    """

    name: str
    kind: Kind
    meaning: str
    of: Reader
    words: tuple[str, ...] = field(default=())


def age_hours(story: Story) -> float:
    """Return how old the happening was, in hours, when the earliest report was published.

    Counted from the end of the day it happened on, never below 0. It does not depend on the clock:
    a replay of old articles gives the same alerts.
    """
    ended = datetime.combine(story.event_date.end, time.max, UTC)
    return max(0.0, (story.first_seen - ended).total_seconds() / 3600)


def _actors(facts: Facts) -> list[str]:
    return [party.id for party in facts.story.actors]


def _targets(facts: Facts) -> list[str]:
    return [party.id for party in facts.story.targets]


def _parties(facts: Facts) -> list[str]:
    return sorted({*_actors(facts), *_targets(facts)})


def _persons(facts: Facts) -> list[str]:
    story = facts.story
    return sorted({party.person for party in (*story.actors, *story.targets) if party.person})


def _country(facts: Facts) -> str | None:
    return facts.story.place.country if facts.story.place else None


def _blocs(parties: Callable[[Facts], list[str]]) -> Callable[[Facts], list[str]]:
    return lambda facts: blocs_of(parties(facts), facts.story.event_date.end)


def _place_blocs(facts: Facts) -> list[str] | None:
    country = _country(facts)
    return blocs_of([country], facts.story.event_date.end) if country else None


def _sources(facts: Facts) -> list[str]:
    return facts.story.sources


def _tier(facts: Facts) -> float | None:
    known = _known_sources(facts)
    return float(min(source.tier for source in known)) if known else None


def _state_only(facts: Facts) -> bool | None:
    known = _known_sources(facts)
    return all(source.state_controlled is True for source in known) if known else None


@lru_cache(maxsize=10_000)
def _find(registry: Registry, source: str) -> Source | None:
    return registry.find(source)


def _known_sources(facts: Facts) -> list[Source]:
    registry = facts.beside.registry
    found = [_find(registry, source) for source in facts.story.sources] if registry else []
    return [source for source in found if source]


def _tensions(facts: Facts) -> list[Tension]:
    known = facts.beside.dyads
    return [known[dyad] for dyad in facts.story.dyads if dyad in known]


def _tension(facts: Facts) -> float | None:
    return max((one.value for one in _tensions(facts)), default=None)


def _tension_z(facts: Facts) -> float | None:
    return max((one.z for one in _tensions(facts) if one.z is not None), default=None)


def _gap_days(facts: Facts) -> float | None:
    gap = facts.story.attributes.get("gap_days")
    return float(gap) if isinstance(gap, int | float) and not isinstance(gap, bool) else None


_TABLE = (
    Variable(
        "type",
        "text",
        "what happened, a type of the taxonomy",
        lambda facts: facts.story.type,
        tuple(type_.name for type_ in taxonomy().types),
    ),
    Variable(
        "family",
        "text",
        "the family of the type",
        lambda facts: facts.story.family,
        tuple(taxonomy().families),
    ),
    Variable(
        "status",
        "text",
        "whether it happened",
        lambda facts: facts.story.status.value,
        tuple(status.value for status in Status),
    ),
    Variable(
        "counts", "true or false", "status is occurred or ongoing", lambda facts: facts.story.status.counts
    ),
    Variable(
        "polarity",
        "text",
        "effect on the risk of armed conflict",
        lambda facts: facts.story.polarity.value,
        tuple(polarity.value for polarity in Polarity),
    ),
    Variable(
        "novelty",
        "text",
        "what the latest report added; background: told as history alone",
        lambda facts: facts.story.novelty.value,
        tuple(novelty.value for novelty in Novelty),
    ),
    Variable("severity", "number", "0 to 10", lambda facts: facts.story.severity),
    Variable(
        "confidence",
        "number",
        "0 to 1, share of such events that are right",
        lambda facts: facts.story.confidence,
    ),
    Variable("actors", "list of texts", "ids of who did it", _actors),
    Variable("targets", "list of texts", "ids of whom it was done to", _targets),
    Variable("parties", "list of texts", "ids of actors and targets", _parties),
    Variable(
        "rivals",
        "list of texts",
        "ids of whom it is against, as a text names them",
        lambda facts: [party.id for party in facts.story.rival],
    ),
    Variable(
        "third_parties",
        "list of texts",
        "ids of mediators, hosts, third states",
        lambda facts: [party.id for party in facts.story.third_party],
    ),
    Variable("persons", "list of texts", "persons who stand for actors and targets", _persons),
    Variable(
        "dyads",
        "list of texts",
        "pairs of parties, undirected, in alphabetical order: RUS-USA",
        lambda facts: facts.story.dyads,
    ),
    Variable("blocs", "list of texts", "blocs of actors and targets", _blocs(_parties), bloc_names()),
    Variable("actor_blocs", "list of texts", "blocs of the actors", _blocs(_actors), bloc_names()),
    Variable("target_blocs", "list of texts", "blocs of the targets", _blocs(_targets), bloc_names()),
    Variable(
        "object",
        "text",
        "what it is about, an alliance or a channel; empty when not known",
        lambda facts: facts.story.object or "",
    ),
    Variable(
        "place_country",
        "text",
        "ISO 3166 alpha-3 of where it happened; unknown when no report says",
        _country,
    ),
    Variable(
        "place_blocs",
        "list of texts",
        "blocs of the country where it happened; unknown when no report says",
        _place_blocs,
        bloc_names(),
    ),
    Variable("origins", "number", "independent first reporters", lambda facts: float(facts.story.origins)),
    Variable(
        "unknown_sources",
        "number",
        "sources of which no owner is known; they add no origin",
        lambda facts: float(facts.story.unknown_sources),
    ),
    Variable("mentions", "number", "reports in all", lambda facts: float(facts.story.mentions)),
    Variable(
        "evidence", "number", "quotes held, five at the most", lambda facts: float(len(facts.story.evidence))
    ),
    Variable(
        "contradictions",
        "number",
        "quotes that deny it or say otherwise, five at the most",
        lambda facts: float(len(facts.story.contradictions)),
    ),
    Variable(
        "changes",
        "list of texts",
        "fields that the latest report changed: status, severity, attributes.killed",
        lambda facts: [change.field for change in facts.story.changes],
    ),
    Variable("sources", "list of texts", "ids of the sources", _sources),
    Variable(
        "tier",
        "number",
        "the best tier of its sources, 1 to 3; unknown when none is in the registry",
        _tier,
    ),
    Variable(
        "state_only",
        "true or false",
        "governments control all its sources; unknown when none is in the registry",
        _state_only,
    ),
    Variable("langs", "list of texts", "languages of the reports: en, fr", lambda facts: facts.story.langs),
    Variable(
        "age_hours",
        "number",
        "hours from the end of the day it happened to its first report; 0 when reported the same day",
        lambda facts: age_hours(facts.story),
    ),
    Variable(
        "gap_days", "number", "days since the contact before, as a text counts them; else unknown", _gap_days
    ),
    Variable(
        "tension", "number", "the highest tension of its dyads now; unknown when none is watched", _tension
    ),
    Variable(
        "tension_z", "number", "the highest z-score of its dyads now; unknown when there is none", _tension_z
    ),
    Variable(
        "attributes",
        "map",
        "what else is known, as attributes.killed; a condition that reads an absent one does not hold",
        lambda facts: facts.story.attributes,
    ),
)
VARIABLES = {variable.name: variable for variable in _TABLE}


def values(facts: Facts) -> dict[str, Value]:
    """Return what every variable is for this story, save those that are unknown."""
    known = ((variable.name, variable.of(facts)) for variable in _TABLE)
    return {name: value for name, value in known if value is not None}
