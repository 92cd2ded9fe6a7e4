"""The matches of one group of stories, and which of its windows fire.

Windows are in event time. The first that fires begins a thread, at the first match that it counts; the thread covers
the window, or the rule's `repeat` where that is longer, and what falls into it is an update of it. So the answer is
the same whenever the matches come within the allowed lateness, save for which of them comes to begin a thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from schemas import Match, Thread
from streams.alerting.verdicts import Verdict, verdict, window_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.alerting.rule import Rule

SILENT = (
    5  # matches kept of a group whose absence is watched: the last, and those before in case it is taken back
)


@dataclass(frozen=True, slots=True)
class Firing:
    """A window that fires, or that of a thread judged anew. `thread` is None where it fires for the first time."""

    start: datetime
    end: datetime
    verdict: Verdict
    thread: Thread | None


@dataclass(slots=True)
class Group:
    """What is held of one group under one rule: the latest revision of each match, and what was said."""

    matches: dict[str, Match] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)

    def put(self, match: Match) -> bool:
        """Hold a match; tell whether it is as new as what was held of its story."""
        known = self.matches.get(match.subject)
        if known is not None and known.revision > match.revision:
            return False
        self.matches[match.subject] = match
        return True

    def counting(self) -> list[Match]:
        """Return what counts, in the order of time."""
        return sorted((match for match in self.matches.values() if match.holds), key=_time)

    def let_go(self, rule: Rule) -> int:
        """Let go of what no window can reach any more; return how many matches that were."""
        if rule.kind == "absence":
            kept = {match.id for match in sorted(self.matches.values(), key=_time)[-SILENT:]}
            latest = sorted(self.threads.values(), key=_openness)
            self.threads = {one.id: one for one in latest[:SILENT]}
        else:
            horizon = self.horizon(rule)
            kept = {match.id for match in self.matches.values() if horizon is None or match.at >= horizon}
            self.threads = {
                id_: thread
                for id_, thread in self.threads.items()
                if horizon is None or (thread.start and thread.start + covers(rule) >= horizon)
            }
        gone = [subject for subject, match in self.matches.items() if match.id not in kept]
        for subject in gone:
            del self.matches[subject]
        return len(gone)

    def horizon(self, rule: Rule) -> datetime | None:
        """Return the time before which nothing is judged any more."""
        newest = max((match.at for match in self.matches.values()), default=None)
        return newest - covers(rule) - window_of(rule)[1] if newest else None


def covers(rule: Rule) -> timedelta:
    """Return how long a thread lasts: what happens within is an update of it."""
    over, _ = window_of(rule)
    return max(over, rule.text.repeat or over)


def firings(rule: Rule, group: Group) -> Iterator[Firing]:
    """Yield every thread of a group judged anew, then the windows that fire for the first time."""
    over, _ = window_of(rule)
    horizon = group.horizon(rule)
    matches = group.counting()
    begun = sorted((one.start, one.id) for one in group.threads.values() if one.start)
    covered: list[tuple[datetime, datetime]] = []
    for start, id_ in begun:
        covered.append((start, start + covers(rule)))
        if horizon and start < horizon:
            continue  # of its matches the first are no longer held
        within = [match for match in matches if start <= match.at <= start + over]
        yield Firing(start, start + over, verdict(rule, within), group.threads[id_])
    free = [match for match in matches if not any(start <= match.at <= end for start, end in covered)]
    while (found := _first(rule, free)) is not None:
        yield found
        free = [match for match in free if match.at > found.start + covers(rule)]


def _first(rule: Rule, matches: list[Match]) -> Firing | None:
    """Return the first window that fires, at the end where it comes to fire."""
    over, _ = window_of(rule)
    first = 0
    for at, last in enumerate(matches):
        while matches[first].at < last.at - over:
            first += 1
        judged = verdict(rule, matches[first : at + 1])
        if not judged.fires:
            continue
        start = judged.used[0].at
        within = [match for match in matches if start <= match.at <= start + over]
        return Firing(start, start + over, verdict(rule, within), None)
    return None


def _time(match: Match) -> tuple[datetime, str]:
    return match.at, match.id


def _openness(thread: Thread) -> tuple[bool, float]:
    """Order threads: those that may still end first, then the latest."""
    return thread.ended or thread.cancelled, -thread.start.timestamp() if thread.start else 0.0
