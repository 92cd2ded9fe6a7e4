"""The matches of one group of stories, and which of its windows fire.

Windows are in event time. The first that fires begins a thread, at the first match that it counts; the thread covers
the window, or the rule's `repeat` where that is longer, and what falls into it is an update of it. So the answer is
the same whenever the matches come within the allowed lateness, save for which of them comes to begin a thread. What
archives alone tell counts in a window, and makes none fire without a report of the day.
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

SILENT = 5  # of a group whose absence is watched: the last match, and those before in case it is taken back
KEPT = 500  # matches of a group that are held however old: an archive is not read in its order


@dataclass(frozen=True, slots=True)
class Firing:
    """A window that fires, or that of a thread judged anew. `thread` is None where it fires for the first time.

    `start` is where the thread begins, `since` where the window does: later reports may move a story to another day.
    """

    start: datetime
    since: datetime
    end: datetime
    verdict: Verdict
    thread: Thread | None


@dataclass(slots=True)
class Group:
    """What is held of one group under one rule: the latest revision of each match, and what was said.

    `floor`: nothing of that time or before is held any more. `unjudged`: matches were taken back from the topic, and
    those among them that are still to be read have not been judged.
    """

    matches: dict[str, Match] = field(default_factory=dict)
    threads: dict[str, Thread] = field(default_factory=dict)
    floor: datetime | None = None
    unjudged: bool = False

    def put(self, match: Match) -> set[datetime]:
        """Hold a match; return the times that it touches, none when a later revision of it is held."""
        known = self.matches.get(match.subject)
        if known is not None and known.revision > match.revision:
            return set()
        self.matches[match.subject] = match
        if self.unjudged:
            self.unjudged = False
            starts = {thread.start for thread in self.threads.values() if thread.start}
            return starts | {held.at for held in self.matches.values()}
        return {match.at, known.at} if known else {match.at}

    def counting(self) -> list[Match]:
        """Return what counts, in the order of time."""
        return sorted((match for match in self.matches.values() if match.holds), key=_time)

    def let_go(self, rule: Rule) -> int:
        """Let go of what no window can reach any more; return how many matches that were."""
        by_time = sorted(self.matches.values(), key=_time)
        if rule.kind == "absence":
            gone = by_time[:-SILENT]
            self.threads = {one.id: one for one in sorted(self.threads.values(), key=_openness)[:SILENT]}
        else:
            old = by_time[:-KEPT]
            horizon = by_time[-1].at - covers(rule) - window_of(rule)[1] if old else None
            gone = [match for match in old if horizon and match.at < horizon]
            self.floor = gone[-1].at if gone else self.floor
            self.threads = {
                id_: thread
                for id_, thread in self.threads.items()
                if self.floor is None or (thread.start and thread.start + covers(rule) > self.floor)
            }
        for match in gone:
            del self.matches[match.subject]
        return len(gone)


def covers(rule: Rule) -> timedelta:
    """Return how long a thread lasts: what happens within is an update of it."""
    over, _ = window_of(rule)
    return max(over, rule.text.repeat or over)


def firings(rule: Rule, group: Group, touched: set[datetime]) -> Iterator[Firing]:
    """Yield the threads that these times fall into judged anew, and the windows around them that fire first.

    No other window has changed.
    """
    over, _ = window_of(rule)
    matches = group.counting()
    begun = sorted((one.start, one.id) for one in group.threads.values() if one.start)
    for start, id_ in begun:
        if (group.floor is None or start > group.floor) and any(abs(at - start) <= over for at in touched):
            others = [other for other, of in begun if of != id_]
            around = [match for match in matches if abs(match.at - start) <= over]
            yield _again(rule, start, _uncovered(rule, around, others), group.threads[id_])
    near = [match for match in matches if any(abs(match.at - at) <= over for at in touched)]
    free = [
        match for match in near if not any(start <= match.at <= start + covers(rule) for start, _ in begun)
    ]
    if found := _first(rule, free):
        yield found


def _uncovered(rule: Rule, matches: list[Match], starts: list[datetime]) -> list[Match]:
    """Return the matches that fall into none of the threads that begin then."""
    return [
        match for match in matches if not any(start <= match.at <= start + covers(rule) for start in starts)
    ]


def _again(rule: Rule, start: datetime, matches: list[Match], thread: Thread) -> Firing:
    """Judge a thread by what is near its start: the first window that fires, else the one that it began with."""
    found = _first(rule, matches)
    over, _ = window_of(rule)
    since = found.since if found else start
    within = [match for match in matches if since <= match.at <= since + over]
    return Firing(start, since, since + over, verdict(rule, within), thread)


def _first(rule: Rule, matches: list[Match]) -> Firing | None:
    """Return the first window that fires, at the end where it comes to fire."""
    over, _ = window_of(rule)
    first = 0
    for at, last in enumerate(matches):
        while matches[first].at < last.at - over:
            first += 1
        judged = verdict(rule, matches[first : at + 1])
        if not judged.fires or all(match.backfill for match in judged.used):
            continue
        start = judged.used[0].at
        within = [match for match in matches if start <= match.at <= start + over]
        return Firing(start, start, start + over, verdict(rule, within), None)
    return None


def _time(match: Match) -> tuple[datetime, str]:
    return match.at, match.id


def _openness(thread: Thread) -> tuple[bool, float]:
    """Order threads: those that may still end first, then the latest."""
    return thread.ended or thread.cancelled, -thread.start.timestamp() if thread.start else 0.0
