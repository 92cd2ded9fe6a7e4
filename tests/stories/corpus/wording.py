"""How one report is worded: a pattern, and what stands in its slots on the day it is published.

`{by}`, `{on}`, `{at}`, `{bycap}`, `{oncap}` are the parties, the place and the capitals, `{by.gen}` one of their forms,
`{by?has|have}` a word by the number or gender of the party, `{killed}` and `{count}` numbers; `{when}` may say a
day and may be silent, `{day}` always says it; what stands in brackets may be left out. `{at~}` is a place in words that
the tagger does not place yet: a reader knows it, so it is told, but where all hangs on it the sentence is not taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.stories.corpus.data import Happening, happenings, language, names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from schemas import Status
    from tests.stories.corpus.data import Calendar

_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)~?(?:\.(\w+)|\?([^}]*))?\}")
_UNREAD = re.compile(r"\{(\w+)~")
_NUMBER = {"fr": "sp", "de": "sp", "ru": "mfnp", "uk": "mfnp"}
_WEEK = 8  # days within which `this week` or `last week` might mean either of two
_SILENT = {0: 4, 1: 2, 2: 1}  # how often nothing is said of the day, by days since
_LATE = 6  # days after which nobody writes the weekday any more
_SPELLED = 0.4  # numbers written out, where the language has words for them here
FULL = frozenset({"by", "on"})  # what a sentence tells that stands among others' news


@dataclass(frozen=True, slots=True)
class Moment:
    """When a report is published, and how it may name the day of the happening."""

    published: date
    exact: bool = False  # a day must be named, if the day of publication is another
    full: bool = False  # with its year, as of long ago


def sentences(happening: Happening, lang: str, status: Status, wanted: frozenset[str]) -> list[str]:
    """Return the patterns that can tell a happening and name what is wanted of it."""
    reports = language(lang).reports[happening.kind]
    return [pattern for pattern in reports.told_as(status) if _fits(pattern, happening, wanted)]


def headlines(happening: Happening, lang: str, wanted: frozenset[str]) -> list[str]:
    """Return the headlines that can tell a happening and name what is wanted of it."""
    reports = language(lang).reports[happening.kind]
    return [pattern for pattern in reports.headline if _fits(pattern, happening, wanted)]


def _fits(pattern: str, happening: Happening, wanted: frozenset[str]) -> bool:
    slots = set(_slots(_OPTIONAL.sub("", pattern)))
    lacking = {slot for slot in ("at", "also", "killed", "count") if not getattr(happening, slot)}
    lacking |= {side + "cap" for side in ("by", "on") if not _capital(happening, side)}
    told = {slot.removesuffix("cap") for slot in slots - set(_UNREAD.findall(pattern))}
    return not slots & lacking and wanted <= told | ({"day"} if "when" in told else set())


def _capital(happening: Happening, side: str) -> str | None:
    capital = names().parties[getattr(happening, side)].capital
    return capital if capital != happening.at else None  # nobody writes "Beirut said Beirut was hit"


def _slots(pattern: str) -> list[str]:
    return [slot[1] for slot in _SLOT.finditer(pattern)]


def worded(pattern: str, happening: Happening, lang: str, moment: Moment, chance: Random) -> str:
    """Return the sentence."""
    text = _OPTIONAL.sub(lambda option: _option(option[1], happening, chance), pattern)
    when = _when(happening, lang, moment, chance, text)
    spelled = language(lang).numbers if chance.random() < _SPELLED else {}
    filled = _SLOT.sub(lambda slot: _filled(slot, happening, lang, moment, when, spelled), text)
    for found, put in language(lang).mends:
        filled = re.sub(found, put, filled)
    filled = filled.strip()
    return filled[:1].upper() + filled[1:]


def _option(text: str, happening: Happening, chance: Random) -> str:
    known = all(getattr(happening, slot) for slot in _slots(text) if slot in ("killed", "count", "at"))
    return text if known and chance.random() < 0.5 else ""


def _filled(
    slot: re.Match[str],
    happening: Happening,
    lang: str,
    moment: Moment,
    when: str,
    spelled: Mapping[int, str],
) -> str:
    name, form, choice = slot[1], slot[2] or "nom", slot[3]
    match name:
        case "when":
            return f" {when}" if when else ""
        case "day":
            return when
        case "killed" | "count":
            risen = getattr(happening, name)
            number = risen[max(0, min((moment.published - happening.day).days, len(risen) - 1))]
            return spelled.get(number, str(number))
        case "at":
            return names().of("place", happening.at, lang)[form]
        case "bycap" | "oncap":
            capital = _capital(happening, name.removesuffix("cap"))
            return names().of("place", capital, lang)[form]
    forms = names().of("party", getattr(happening, name), lang)
    if choice is not None:
        return choice.split("|")[_NUMBER[lang].index(forms["number"])]
    return forms[form]


def _when(happening: Happening, lang: str, moment: Moment, chance: Random, text: str) -> str:
    """Say the day as outlets do: the weekday mostly, the date, yesterday, this week, or nothing at all."""
    day, calendar = happening.day, language(lang).calendar
    late = (moment.published - day).days
    if moment.full or late > _LATE:
        return _dated(calendar, day, chance, full=moment.full)
    match chance.choices(*_ways(happening, late, text, exact=moment.exact))[0]:
        case "weekday":
            return calendar.weekdays[day.weekday()]
        case "date":
            return _dated(calendar, day, chance, full=False)
        case "near":
            return {-1: calendar.tomorrow, 0: calendar.today, 1: calendar.yesterday}[late]
        case "week":
            same = _monday(day) == _monday(moment.published)
            return calendar.this_week if same else calendar.last_week
    return ""


def _ways(happening: Happening, late: int, text: str, *, exact: bool) -> tuple[list[str], list[int]]:
    """Return in which ways the day may be said, and how often each is; vaguely only where no other is meant."""
    ways = {"weekday": 5, "date": 3}
    if late in (-1, 0, 1) and not exact:
        ways["near"] = 2
    if "{day}" not in text:
        placed = "{at" in text
        if late in _SILENT and not (exact and late) and not _another(happening, 0, late, placed=placed):
            ways["silent"] = _SILENT[late]
        if late > 0 and not exact and not _another(happening, -_WEEK, _WEEK, placed=placed):
            ways["week"] = 1
    return list(ways), list(ways.values())


def _another(happening: Happening, first: int, last: int, *, placed: bool) -> bool:
    """Whether the same parties did the same so many days before or after, elsewhere only if no place is told."""
    return any(
        other.id != happening.id
        and first <= (other.day - happening.day).days <= last
        and not (placed and other.at != happening.at)
        for other in _alike()[_likeness(happening)]
    )


@cache
def _alike() -> dict[tuple[str, frozenset[str]], list[Happening]]:
    alike = defaultdict(list)
    for one in happenings().values():
        alike[_likeness(one)].append(one)
    return alike


def _likeness(happening: Happening) -> tuple[str, frozenset[str]]:
    return happening.kind, frozenset((happening.by, happening.on))


def _dated(calendar: Calendar, day: date, chance: Random, *, full: bool) -> str:
    pattern = calendar.full_date if full else chance.choice(calendar.date)
    return pattern.format(day=day.day, month=calendar.months[day.month - 1], year=day.year)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
