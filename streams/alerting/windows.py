"""Rules over several stories: what each match makes of its group, and what time alone makes of all.

All matches of a group come to one partition. Nothing here reads a clock: matches carry their time, a tick is given it.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import TYPE_CHECKING

from schemas.match import ARTICLES
from streams.alerting.groups import Group, firings
from streams.alerting.matches import group_text
from streams.alerting.raised import Raised
from streams.alerting.rule import OVER_STORIES
from streams.alerting.several import again, begun
from streams.alerting.silence import Heard, absences, always, silences

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Match, Thread
    from streams.alerting.rule import Rule, Rules

MOST = 200_000  # matches a partition, about two kilobytes each

Key = tuple[str, str]  # rule, group as text


class Windows:
    """The groups of one partition; it is rebuilt with `restore_match` and `restore_thread`."""

    def __init__(self, rules: Rules, most: int = MOST) -> None:
        self._over = {rule.id: rule for rule in rules.of_kind(*OVER_STORIES)}
        self._absences = list(rules.of_kind("absence"))
        self._silences = list(rules.of_kind("silence"))
        self._always = list(rules.of_kind("always"))
        self._most = most
        self._groups: OrderedDict[Key, Group] = OrderedDict()
        self._timed: dict[str, Thread] = {}  # what was said by silence and always
        self._heard = Heard()
        self.held = 0
        self.let_go: Counter[str] = Counter()

    def restore_match(self, match: Match) -> None:
        """Take a match back; nothing is raised by it."""
        if match.rule == ARTICLES:
            self._heard.put(match)
        elif rule := self._rule(match):
            group, _ = self._put(rule, match)
            group.unjudged = True
            self._let_go(rule, group)

    def restore_thread(self, thread: Thread) -> None:
        """Take back what was said before; of two the later holds."""
        if thread.kind != "group":
            return
        rule = self._over.get(thread.rule)
        known = (self._group(rule.id, thread.subject).threads if rule else self._timed).get(thread.id)
        if known is None or _age(known) <= _age(thread):
            self._hold(thread)

    def on_match(self, match: Match, *, now: datetime) -> Raised:
        """Return what a match makes of its group. `now` is when alerts are raised, no window depends on it."""
        raised = Raised()
        if match.rule == ARTICLES:
            self._heard.put(match)
            return raised
        rule = self._rule(match)
        if rule is None:
            return raised
        group, touched = self._put(rule, match)
        if not touched:
            return raised
        if rule.kind == "absence":
            for told in absences(rule, group, None, now):
                raised.add(told)
        else:
            for firing in firings(rule, group, touched):
                if firing.thread:
                    raised.add(again(rule, match.group, firing, now))
                elif firing.verdict.fires:
                    raised.add(begun(rule, match.group, firing, now))
        for thread in raised.threads:
            self._hold(thread)
        self._let_go(rule, group)
        return raised

    def tick(self, now: datetime, *, first: bool) -> Raised:
        """Return what time alone makes of the rules. `first`: this is the one partition that speaks for all."""
        raised = Raised()
        for rule in self._absences:
            for (of_rule, _), group in self._groups.items():
                if of_rule == rule.id:
                    for told in absences(rule, group, now, now):
                        raised.add(told)
        if first:
            for rule in self._silences:
                for told in silences(rule, self._heard, self._timed, now):
                    raised.add(told)
            for rule in self._always:
                raised.add(always(rule, self._timed, now))
        for thread in raised.threads:
            self._hold(thread)
        return raised

    def _rule(self, match: Match) -> Rule | None:
        """Return the rule that a match counts toward. No silence is measured in an archive while it is read."""
        rule = self._over.get(match.rule)
        if rule is None or rule.version != match.version or (match.backfill and rule.kind == "absence"):
            return None
        return rule

    def _group(self, rule: str, group: str) -> Group:
        key = (rule, group)
        if key not in self._groups:
            self._groups[key] = Group()
        self._groups.move_to_end(key)
        return self._groups[key]

    def _put(self, rule: Rule, match: Match) -> tuple[Group, set[datetime]]:
        """Hold a match; return its group and the times that it touches, none when it is old or too late."""
        group = self._group(rule.id, group_text(match.group))
        if group.floor and match.at <= group.floor:
            self.let_go["late"] += 1
            return group, set()
        before = len(group.matches)
        touched = group.put(match)
        self.held += len(group.matches) - before
        return group, touched

    def _hold(self, thread: Thread) -> None:
        rule = self._over.get(thread.rule)
        if rule is None:
            self._timed[thread.id] = thread
        elif rule.version == thread.version:
            self._group(rule.id, thread.subject).threads[thread.id] = thread

    def _let_go(self, rule: Rule, group: Group) -> None:
        gone = group.let_go(rule)
        self.held -= gone
        self.let_go["ended"] += gone
        while self.held > self._most:
            _, oldest = self._groups.popitem(last=False)
            self.held -= len(oldest.matches)
            self.let_go["limit"] += len(oldest.matches)


def _age(thread: Thread) -> tuple[float, int]:
    return thread.start.timestamp() if thread.start else 0.0, thread.messages
