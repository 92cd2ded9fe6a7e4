"""Dates of running text: found, resolved from the publication date, with their precision."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from streams.tagging.lexicon import lexicon
from streams.tagging.reading import MARK, NAME, ROLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from streams.tagging.reading import Reading

Precision = Literal["day", "week", "month", "year", "unknown"]

_WORD: Final = r"(?<![^\W_])"
_END: Final = r"(?![^\W_])"


_SINCE_WITHIN: Final = 20  # characters before a date in which a word such as `since` is sought
_SOLID: Final = frozenset((NAME, MARK, ROLE))  # no date expression begins before one of these


@dataclass(slots=True)
class Found:
    """One date expression: where it stands, the interval it means, and whether it opens one (`since`)."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    weekday: int | None = None
    since: bool = False
    absolute: bool = False  # the year stands there: it holds whenever the text was published


class DateGrammar:
    """The date expressions of one language, from its grammar file."""

    def __init__(self, grammar: dict[str, Any]) -> None:
        words = grammar.get("dates", {})
        self.months = {name: at + 1 for at, names in enumerate(grammar["months"]) for name in names}
        self.weekdays = {name: at for at, names in enumerate(grammar["weekdays"]) for name in _listed(names)}
        self.relative: dict[str, int] = words.get("relative", {})
        self.periods: dict[str, list[Any]] = words.get("periods", {})
        self.units = {name: unit for unit, names in words.get("units", {}).items() for name in names}
        self.numbers: dict[str, int] = words.get("numbers", {})
        self.later = frozenset(words.get("next", ()))
        self.earlier = frozenset(words.get("last", ()))
        self.unspaced = "formats" in words  # no blank stands between words, and dates have forms of their own
        before, after = ("", "") if self.unspaced else (_WORD, rf"(?:(?<=['’])|{_END})")
        since = _any(words.get("since", ())) or "(?!)"
        self.since_before = re.compile(rf"{before}(?:{since})\s*$")
        self.since_first = re.compile(rf"(?:{since}){after}")
        self.pattern = re.compile("|".join(self._patterns(words)))

    def _patterns(self, words: dict[str, Any]) -> list[str]:
        month, weekday = _any(self.months), _any(self.weekdays)
        number = rf"\d+|{_any(self.numbers)}" if self.numbers else r"\d+"
        units = _any(self.units)
        before, after, blank = ("", "", "") if self.unspaced else (_WORD, _END, " ")
        of = words.get("of", "")
        side = _any(self.later | self.earlier) if self.later | self.earlier else "(?!)"
        patterns = [
            r"(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)",
            (
                rf"{_WORD}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|\.|-го|º)? ?{of}(?P<month>{month})\.?"
                rf"(?:,? ?{of}(?P<year>(?:19|20)\d\d))?{_END}"
            ),
            (
                rf"{_WORD}(?P<month2>{month})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?"
                rf"(?:,? (?P<year2>(?:19|20)\d\d))?(?![^\W_]|[.,]\d)"
            ),
            rf"{_WORD}(?P<month3>{month})\.? ?{of}(?P<year3>(?:1[4-9]|20)\d\d){_END}",
            rf"{_WORD}(?:{words.get('in', 'in')}) (?P<month4>{month}){_END}",
            rf"{_WORD}(?:{words.get('in', 'in')}) (?:the year )?(?P<year5>(?:1[4-9]|20)\d\d)(?![^\W_]|-\d|s)",
        ]
        if self.unspaced:
            patterns[1:] = words["formats"]
        if behind := words.get("year_behind"):
            patterns.append(rf"{_WORD}(?P<year6>(?:19|20)\d\d) ?(?:{behind}){_END}")
        if self.relative:
            patterns.append(rf"{before}(?P<relative>{_any(self.relative)}){after}")
        if self.periods:
            patterns.append(rf"{before}(?P<period>{_any(self.periods)}){after}")
        for template in words.get("ago", ()):
            body = template.replace("{n}", rf"(?:{number})").replace("{unit}", rf"(?:{units})")
            patterns.append(rf"{before}(?P<ago{len(patterns)}>{body}){after}")
        on_weekday = (
            rf"{before}(?:(?P<side>{side}){blank})?(?P<weekday>{weekday})(?:{blank}(?P<side2>{side}))?{after}"
        )
        patterns.insert(0 if self.unspaced else len(patterns), on_weekday)  # 上周五 is no 上周
        return patterns

    def find(self, lower: str, reading: Reading, published: date) -> list[Found]:
        """Return the dates of a sentence, resolved from the publication date.

        Looked for only where a number or a word of the calendar stands, or just before it (`in 2015`, `two days ago`).
        """
        found: list[Found] = []
        done = 0
        tried = 0  # no date begins before this unit that is not found
        starts, end = reading.starts, reading.end(-1) if reading.units else 0
        for at in [index for index, unit in enumerate(reading.units) if unit.dated]:
            for first in range(max(at - 4, tried), at + 1):
                if starts[first] < done or (first < at and reading.reads[first] in _SOLID):
                    continue
                match = self.pattern.match(lower, starts[first], end)
                if match is not None and match.end() > starts[at]:
                    done = match.end()
                    groups = {name: value for name, value in match.groupdict().items() if value is not None}
                    resolved = self._resolve(match, groups, published, lower)
                    if resolved is not None:
                        resolved.absolute = _names_year(groups)
                        found.append(resolved)
                    break
            tried = at + 1
        return found

    def _opens(self, lower: str, start: int, end: int) -> bool:
        """Whether a word such as `since` stands before the date or begins it: `с понедельника`, but not `среду`."""
        before = max(start - _SINCE_WITHIN, 0)
        return bool(
            self.since_before.search(lower, before, start) or self.since_first.match(lower, start, end)
        )

    def _resolve(
        self, match: re.Match[str], groups: dict[str, str], published: date, lower: str
    ) -> Found | None:
        a, b = match.span()
        since = self._opens(lower, a, b)
        try:
            if "iso" in groups:
                return _point(a, b, date.fromisoformat(groups["iso"]), since=since)
            if "weekday" in groups:
                return self._weekday(a, b, groups, published, since=since)
            if "relative" in groups:
                return _point(
                    a, b, published + timedelta(days=self.relative[groups["relative"]]), since=since
                )
            if "period" in groups:
                return _period(a, b, self.periods[groups["period"]], published)
            if any(name.startswith("ago") for name in groups):
                return self._ago(a, b, match[0], published)
            past = match[0].split()[0] in self.earlier or lower[b : b + 12].lstrip().startswith(
                tuple(self.earlier)
            )
            return self._calendar(a, b, groups, published, since=since, past=past)
        except (ValueError, OverflowError):
            return None  # 31 June, year 0: not a date

    def _calendar(
        self, a: int, b: int, groups: dict[str, str], published: date, *, since: bool, past: bool
    ) -> Found:
        year = next(
            (int(groups[name]) for name in ("year", "year2", "year3", "year5", "year6") if name in groups),
            None,
        )
        month = next(
            (self.months[groups[name]] for name in ("month", "month2", "month3", "month4") if name in groups),
            None,
        )
        day = next((int(groups[name]) for name in ("day", "day2") if name in groups), None)
        if month is None and day is not None:
            return _point(a, b, _day_of_month(day, published), since=since)
        if month is None:
            year = year or published.year
            return Found(a, b, date(year, 1, 1), date(year, 12, 31), "year", since=since)
        if year is None:
            year = published.year
            if date(year, month, day or 1) > published + timedelta(days=0 if past else 120):
                year -= 1  # `last March`, said in January
        if day is not None:
            return _point(a, b, date(year, month, day), since=since)
        first = date(year, month, 1)
        return Found(a, b, first, _month_end(first), "month", since=since)

    def _weekday(self, a: int, b: int, groups: dict[str, str], published: date, *, since: bool) -> Found:
        wanted = self.weekdays[groups["weekday"]]
        back = (published.weekday() - wanted) % 7
        side = groups.get("side") or groups.get("side2")
        if side in self.later:
            ahead = (wanted - published.weekday()) % 7 or 7
            return _point(a, b, published + timedelta(days=ahead), since=since)
        if side in self.earlier and back == 0:
            back = 7
        day = published - timedelta(days=back)
        return Found(a, b, day, day, "day", weekday=wanted, since=since)

    def _names(self, word: str, text: str) -> bool:
        return word in text if self.unspaced else bool(re.search(rf"\b{re.escape(word)}\b", text))

    def _ago(self, a: int, b: int, text: str, published: date) -> Found | None:
        number = re.search(r"\d+", text)
        count = (
            int(number[0])
            if number
            else next((n for word, n in self.numbers.items() if self._names(word, text)), 1)
        )
        unit = next(
            (
                unit
                for name, unit in sorted(self.units.items(), key=lambda item: -len(item[0]))
                if self._names(name, text)
            ),
            "day",
        )
        day = published - timedelta(days=count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit])
        if unit == "day":
            return _point(a, b, day, since=False)
        if unit == "year":
            return Found(a, b, date(day.year, 1, 1), date(day.year, 12, 31), "year")
        if unit == "month":
            return Found(a, b, day.replace(day=1), _month_end(day), "month")
        return Found(a, b, day - timedelta(days=3), day + timedelta(days=3), "week")


def _names_year(groups: dict[str, str]) -> bool:
    return any(name.startswith(("iso", "year")) for name in groups)


def _point(a: int, b: int, day: date, *, since: bool) -> Found:
    return Found(a, b, day, day, "day", since=since)


def _day_of_month(day: int, published: date) -> date:
    """Return the day of this month, of the one before where it lies more than a fortnight ahead."""
    found = published.replace(day=day)
    if found > published + timedelta(days=14):
        found = (published.replace(day=1) - timedelta(days=1)).replace(day=day)
    return found


def _period(a: int, b: int, spec: list[Any], published: date) -> Found:
    unit, steps = spec
    if unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=steps)
        return Found(a, b, monday, monday + timedelta(days=6), "week")
    if unit == "month":
        month = published.month - 1 + steps
        first = date(published.year + month // 12, month % 12 + 1, 1)
        return Found(a, b, first, _month_end(first), "month")
    year = published.year + steps
    return Found(a, b, date(year, 1, 1), date(year, 12, 31), "year")


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(days=1)


def _listed(names: str | list[str]) -> list[str]:
    return [names] if isinstance(names, str) else names


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def date_grammar(lang: str) -> DateGrammar:
    """Return the date expressions of a language."""
    return DateGrammar(lexicon(lang).grammar)
