"""A story → what it counts toward: a match for each rule over several that it meets, in each of its groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from schemas import Match, Thread
from schemas.base import stable_id
from streams.alerting.rule import OVER_STORIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from schemas import Story
    from streams.alerting.holding import Held, Known
    from streams.alerting.rule import Rule
    from streams.alerting.variables import Facts

MOST_GROUPS = 64  # of one story and rule: a list of thirty states makes hundreds of pairs

Group = dict[str, str]

# What a story has of each thing that rules group by or count once each.
OF: dict[str, Callable[[Story], Sequence[str | None]]] = {
    "dyad": lambda story: story.dyads,
    "actor": lambda story: [party.id for party in story.actors],
    "target": lambda story: [party.id for party in story.targets],
    "party": lambda story: [party.id for party in (*story.actors, *story.targets)],
    "theatre": lambda story: [
        *(party.id for party in story.targets),
        story.place.country if story.place else None,
    ],
    "place_country": lambda story: [story.place.country if story.place else None],
    "type": lambda story: [story.type],
    "family": lambda story: [story.family],
    "object": lambda story: [story.object],
    "status": lambda story: [story.status.value],
    "source": lambda story: story.sources,
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The matches of one rule, and the groups to remember when they are more than before."""

    matches: list[Match]
    thread: Thread | None


def happened_at(story: Story) -> datetime:
    """Return when it happened: the end of its day, and never after it was first reported, or read."""
    ended = datetime.combine(story.event_date.end, time.max, UTC).replace(microsecond=0)
    return min(story.first_seen, ended, story.lead.tagged_at)


def group_text(group: Group) -> str:
    """Return a group as one text, the same for the same group."""
    return ", ".join(f"{name} {value}" for name, value in sorted(group.items()))


def matches_of(
    facts: Facts, known: Known, held: Sequence[Held], counted: dict[str, tuple[Rule, Thread]]
) -> Iterator[Counted]:
    """Yield what a revision counts toward, and no longer counts toward.

    `counted`: the rules that the story was counted by before, with the groups, by the id of the thread that says so.
    """
    holding = {_thread_id(one.rule, facts.story): one for one in held if one.rule.kind in OVER_STORIES}
    rules = {id_: one.rule for id_, one in holding.items()}
    rules |= {id_: rule for id_, (rule, _) in counted.items()}
    for id_, rule in rules.items():
        before = counted[id_][1].groups if id_ in counted else []
        yield _counted(id_, rule, facts.story, known, holding.get(id_), before)


def _counted(
    id_: str, rule: Rule, story: Story, known: Known, held: Held | None, before: list[Group]
) -> Counted:
    groups = list(_groups(rule, story)) if held else []
    gone = [group for group in before if group not in groups]
    matches = [_match(rule, story, group, holds=False) for group in gone]
    if held:
        matches += [
            _match(rule, story, group, holds=True, **_counts(rule, story, known, held)) for group in groups
        ]
    if all(group in before for group in groups):
        return Counted(matches, None)
    ever = [*before, *(group for group in groups if group not in before)]
    told = Thread(
        id=id_,
        kind="matches",
        rule=rule.id,
        version=rule.version,
        subject=story.id,
        messages=len(ever),
        groups=ever,
    )
    return Counted(matches, told)


def _thread_id(rule: Rule, story: Story) -> str:
    return stable_id("counted", rule.id, rule.version, story.id)


def _groups(rule: Rule, story: Story) -> Iterator[Group]:
    """Yield the groups that a story belongs to; none when it lacks one of the things."""
    names = rule.text.group_by
    values = [sorted({value for value in OF[name](story) if value}) for name in names]
    for chosen in islice(product(*values), MOST_GROUPS):
        yield dict(zip(names, chosen, strict=True))


def _counts(rule: Rule, story: Story, known: Known, held: Held) -> dict[str, Any]:
    when = rule.when
    if when.sum:
        return {"value": _number(when.sum.of, known)}
    if when.distinct:
        return {"values": sorted({value for value in OF[when.distinct.of](story) if value})}
    return {"steps": list(held.steps)}


def _number(name: str, known: Known) -> float:
    whole, _, part = name.partition(".")
    value = known[whole]
    if isinstance(value, dict):
        value = value.get(part)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def _match(rule: Rule, story: Story, group: Group, *, holds: bool, **counts: Any) -> Match:
    return Match(
        id=stable_id("match", rule.id, rule.version, group_text(group), story.id),
        rule=rule.id,
        version=rule.version,
        group=group,
        subject=story.id,
        revision=story.revision,
        at=happened_at(story),
        holds=holds,
        cancelled=story.cancelled,
        headline=story.headline,
        severity=story.severity,
        polarity=story.polarity,
        status=story.status,
        confidence=story.confidence,
        origins=story.origins,
        evidence=story.evidence[:1],
        backfill=story.backfill,
        **counts,
    )
