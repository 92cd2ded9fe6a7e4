"""What is printed of a merger: figures by half and by trap, and the costliest faults with their sentences."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.stories.corpus.data import happenings
from tests.stories.corpus.mentions import HALVES, half_of
from tests.stories.corpus.scoring import false_merges, false_splits, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from schemas import Event, Party
    from tests.stories.corpus.mentions import Mention
    from tests.stories.corpus.scoring import Fault

QUOTED = 2  # mentions of one side of a fault


def lines(
    mentions: Sequence[Mention], story_of: Mapping[str, str], *, shown: str, worst: int
) -> Iterator[str]:
    """Yield the report; faults are told of one half alone, since whoever tunes must not see the other's."""
    halves = {half: [one for one in mentions if half_of(one.happening) == half] for half in HALVES}
    for name, those in (*halves.items(), ("both", mentions)):
        yield f"{name:<9} {_figures(those, story_of)}"
    yield ""
    yield "by what a scene is there for, both halves, pairs within these scenes alone"
    yield from _by_trap(mentions, story_of)
    for title, faults in (("merges", false_merges), ("splits", false_splits)):
        yield ""
        yield f"the worst false {title}, {shown}"
        for fault in faults(halves[shown], story_of)[:worst]:
            yield from _fault(fault)


def _figures(mentions: Sequence[Mention], story_of: Mapping[str, str]) -> str:
    counted = pairs(mentions, story_of)
    told = len({mention.happening for mention in mentions})
    stories = len({story_of.get(mention.event.id, mention.event.id) for mention in mentions})
    return (
        f"precision {counted.precision:.3f}  recall {counted.recall:.3f}  "
        f"({counted.right:,} pairs right, {counted.together:,} together, {counted.meant:,} meant; "
        f"{told} happenings in {stories} stories)"
    )


def _by_trap(mentions: Sequence[Mention], story_of: Mapping[str, str]) -> Iterator[str]:
    by_what: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_what[happenings()[mention.happening].what].append(mention)
    for what, those in sorted(by_what.items()):
        yield f"  {what:<38} {_figures(those, story_of)}"


def _fault(fault: Fault) -> Iterator[str]:
    yield f"  {fault.pairs} pairs: {fault.name}"
    for side in fault.sides:
        yield f"    {len(side)} mentions of {side[0].happening}: {happenings()[side[0].happening].what}"
        for mention in side[:QUOTED]:
            yield f"      {_told(mention.event)}"


def _told(event: Event) -> str:
    when = event.event_date
    days = str(when.start) if when.start == when.end else f"{when.start}/{when.end}"
    place = event.place.name if event.place else "-"
    return (
        f"{event.article.published_at:%m-%d} {event.evidence.lang} {event.status} "
        f"{_ids(event.actors)}>{_ids(event.targets)} {days} {place} | {event.evidence.quote}"
    )


def _ids(parties: Sequence[Party]) -> str:
    return ",".join(party.id for party in parties) or "-"
