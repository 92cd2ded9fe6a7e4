"""Do the matches of one window make a rule fire? Pure sums over matches in the order of their time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from schemas import Match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streams.alerting.rule import Rule
    from streams.alerting.written import Sequence as Steps


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a window comes to: the value that the rule asks for, what made it, and whether it is enough."""

    value: float
    used: tuple[Match, ...]
    fires: bool


def window_of(rule: Rule) -> tuple[timedelta, timedelta]:
    """Return how long the rule's window is, and how late a match may come and still count."""
    when = rule.when
    if when.sequence:
        return when.sequence.within, when.sequence.lateness
    window = when.count or when.distinct or when.sum
    return (window.over, window.lateness) if window else (timedelta(0), timedelta(0))


def verdict(rule: Rule, matches: Sequence[Match]) -> Verdict:
    """Judge the matches of one window, which are in the order of their time."""
    when = rule.when
    if when.sequence:
        used = _chain(when.sequence, matches)
        return Verdict(float(len(used)), tuple(used), len(used) == len(when.sequence.steps))
    if when.distinct:
        value = float(len({value for match in matches for value in match.values}))
        return Verdict(value, tuple(matches), value >= when.distinct.at_least)
    if when.sum:
        value = sum(match.value or 0.0 for match in matches)
        return Verdict(value, tuple(matches), value >= when.sum.at_least)
    enough = when.count.at_least if when.count else 1
    return Verdict(float(len(matches)), tuple(matches), len(matches) >= enough)


def _chain(sequence: Steps, matches: Sequence[Match]) -> list[Match]:
    """Return one match for each step, as far as they come; each story serves one step."""
    if sequence.ordered:
        chain: list[Match] = []
        for match in matches:
            if len(chain) < len(sequence.steps) and len(chain) in match.steps:
                chain.append(match)
        return chain
    found: dict[int, Match] = {}
    for match in matches:
        _place(match, found, set())
    return sorted(found.values(), key=lambda match: (match.at, match.id))


def _place(match: Match, found: dict[int, Match], tried: set[int]) -> bool:
    """Give a match a step, moving others to steps that they meet too where that helps."""
    for step in match.steps:
        if step in tried:
            continue
        tried.add(step)
        if step not in found or _place(found[step], found, tried):
            found[step] = match
            return True
    return False
