"""Which lines of history a rule can never care about: told by their first words, without reading the rest.

Reports are merged within a block of types and nowhere else, so a report of a block that no rule is about begins no
thread of alerts. One thing is lost, as it is between the partitions of a worker: that a later report is a near-copy of
one passed over, so an origin more may be counted. To read and merge one takes half a thousandth of a second, to pass
over it a few millionths.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from schemas import taxonomy
from streams.alerting.needs import types_of
from streams.alerting.rule import OVER_STORIES
from streams.stories import block_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.alerting import Rules

_HEAD = re.compile(rb'\{"id":"[^"]*",(?:"revision":\d+,)?"type":"(\w+)"')  # as events and stories are written
_EVENT, _STORY = b'"published_at":"', b'"last_seen":"'  # no text can hold these: its quotes are escaped
_ISO = len("2022-05-13")


class Peek:
    """Tells what can be passed over, and keeps the days on which anything was reported."""

    def __init__(self, rules: Iterable[Rules], first: date = date.min, last: date = date.max) -> None:
        self._types = _concerned(rules)
        self._first, self._last = first.isoformat().encode(), last.isoformat().encode()
        self._days: set[bytes] = set()

    def passes_over(self, line: bytes) -> bool:
        """Tell whether a line, an event or a story as JSON, can be passed over; what is neither cannot."""
        head = _HEAD.match(line)
        day = _day(line)
        if head is None or day is None:
            return False
        if not self._first <= day <= self._last:
            return True
        self._days.add(day)
        return head[1] not in self._types

    def days(self) -> set[date]:
        """Return the days on which anything was reported."""
        return {date.fromisoformat(day.decode()) for day in self._days}


def _day(line: bytes) -> bytes | None:
    for mark in (_STORY, _EVENT):  # a story holds events too
        if (at := line.find(mark)) >= 0:
            start = at + len(mark)
            return line[start : start + _ISO]
    return None


def _concerned(rules: Iterable[Rules]) -> frozenset[bytes]:
    """Return the types of every block that any rule is about."""
    every = frozenset(type_.name for type_ in taxonomy().types)
    judged = [
        rule for each in rules for rule in each.rules if rule.kind == "each" or rule.kind in OVER_STORIES
    ]
    wanted: set[str] = set()
    for rule in judged:
        types = types_of(rule.needs)
        wanted |= {block_of(type_) for type_ in (every if types is None else types)}
    return frozenset(type_.encode() for type_ in every if block_of(type_) in wanted)
