"""A date as somebody wrote it → an instant, and how much of it was written: ISO 8601, RFC 5322, or in words."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas import yaml12

LONGEST = 100  # characters; a date with a sentence around it is no date
EPOCHS = (10, 13)  # digits of the seconds and milliseconds since 1970, from 2001 to 2286
EARLIEST = 1990  # no news on the web is older; what says so is an empty field of some database
LATEST = 2100
MONTHS = 12

_TIME = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
_ZONE = r"(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?|[^\W\d_]{3,4}\b)"
_HALF = r"(?P<half>[ap])\.?m\b\.?"
_CLOCK = re.compile(rf"(?<!\d){_TIME}(?!\d)(?:\s*{_HALF})?(?:\s*\(?(?:UTC|GMT)?{_ZONE})?", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)T?")
_ONLY_DAY = len("2022-05-13")  # characters of the longest ISO date without a time
_NUMBERS = re.compile(r"(?<!\d)(\d{1,4})(?P<mark>[./-])(\d{1,2})(?P=mark)(\d{1,4})(?![\d:])")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_WORD = re.compile(r"[^\W\d_]+(?: (?:الأول|الثاني))?")
_DAY = re.compile(r"(?<![\d:.])(\d{1,2})(?:-?[^\W\d_]{2}|[.ºª])?(?![\d:]|\.\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DIGITS = {ord(digits[value]): str(value) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value in range(10)}


class Stamp(NamedTuple):
    """A date that was written, in UTC, and how much of it was: midnight stands for a time that was not."""

    at: datetime
    only_day: bool = False
    no_zone: bool = False


def read_stamp(text: object, lang: str | None = None) -> Stamp | None:
    """Return the date that a text is; None when it is none, or may be two.

    `lang`, a BCP 47 tag, tells `5/6/2022` as Americans write it from the way of all others.
    """
    if isinstance(text, datetime):
        return Stamp(text.replace(tzinfo=text.tzinfo or UTC).astimezone(UTC), no_zone=text.tzinfo is None)
    words = " ".join(str(text or "").translate(_DIGITS).split())
    if not words or len(words) > LONGEST:
        return None
    try:
        stamp = _epoch(words) or _standard(words) or _mail(words) or _in_prose(words, lang)
    except (ValueError, OverflowError):
        return None  # 31 June, 25:61
    return stamp if stamp and EARLIEST <= stamp.at.year < LATEST else None


def _epoch(words: str) -> Stamp | None:
    if not (words.isascii() and words.isdigit() and len(words) in EPOCHS):
        return None
    return Stamp(datetime.fromtimestamp(int(words[: EPOCHS[0]]), UTC))


def _standard(words: str) -> Stamp | None:
    with suppress(ValueError):
        at = datetime.fromisoformat(words)
        if len(words) <= _ONLY_DAY:
            return Stamp(at.replace(tzinfo=UTC), only_day=True)
        return Stamp(at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC), no_zone=at.tzinfo is None)
    return None


def _mail(words: str) -> Stamp | None:
    """Return a date as mail, HTTP and RSS write it: `Fri, 13 May 2022 20:00:00 GMT`."""
    if "," not in words[:5]:
        return None
    with suppress(ValueError, TypeError, IndexError):
        at = parsedate_to_datetime(words)
        return Stamp(at.astimezone(UTC)) if at.tzinfo else None  # no zone, or one that is not known
    return None


def _in_prose(words: str, lang: str | None) -> Stamp | None:
    day, rest = _day_of(words, lang)
    if day is None:
        return None
    clock = _CLOCK.search(rest)
    if clock is None:
        return Stamp(datetime.combine(day, time(), UTC), only_day=True)
    zone = _offset(clock["zone"])
    at = datetime.combine(day, _time(clock), timezone(zone) if zone is not None else UTC)
    return Stamp(at.astimezone(UTC), no_zone=zone is None)


def _day_of(words: str, lang: str | None) -> tuple[date | None, str]:
    """Return the day, and the words without it, among which the time stands."""
    if found := _ISO.search(words) or _CHINESE.search(words):
        return date(int(found[1]), int(found[2]), int(found[3])), _without(words, found)
    if found := _NUMBERS.search(words):
        return _in_numbers(found, lang), _without(words, found)
    clock = _CLOCK.search(words)
    return _in_words(_without(words, clock) if clock else words), words


def _without(words: str, found: re.Match[str]) -> str:
    return f"{words[: found.start()]} {words[found.end() :]}"


def _in_numbers(found: re.Match[str], lang: str | None) -> date | None:
    """Return a date such as 13.5.2022; none where day and month cannot be told apart."""
    first, second, last = int(found[1]), int(found[3]), int(found[4])
    if first >= EARLIEST:
        return date(first, second, last)
    if last < EARLIEST:
        return None
    either = max(first, second) <= MONTHS and first != second and found["mark"] == "/"
    if either and (lang or "en") == "en":
        return None
    month_first = second > MONTHS or (either and lang == "en-US")
    return date(last, first, second) if month_first else date(last, second, first)


def _in_words(words: str) -> date | None:
    names = _calendar().months
    year, day = _YEAR.search(words), _DAY.search(words)
    month = next((names[name] for name in _WORD.findall(words.lower()) if name in names), None)
    return date(int(year[1]), month, int(day[1])) if year and day and month else None


def _time(clock: re.Match[str]) -> time:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"] in "pP" else 0)
    return time(hour, int(clock["minute"]), int(clock["second"] or 0))


def _offset(zone: str | None) -> timedelta | None:
    if zone is None:
        return None
    if zone[0] not in "+-":
        minutes = _calendar().zones.get(zone.upper())
        return None if minutes is None else timedelta(minutes=minutes)
    minutes = int(zone[1:3]) * 60 + int(zone[3:].lstrip(":") or 0)
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)


class _Calendar(NamedTuple):
    months: dict[str, int]
    zones: dict[str, int]  # minutes east of Greenwich


@cache
def _calendar() -> _Calendar:
    written = yaml12.load(files(__package__).joinpath("calendar.yaml").read_bytes())
    months = {name: at for at, names in enumerate(written["months"], start=1) for name in names}
    return _Calendar(months, written["zones"])
