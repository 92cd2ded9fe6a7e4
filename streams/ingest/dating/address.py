"""The day in an address: publishers put it there once, when an article is first published, and it stays."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from streams.ingest.dating.written import EARLIEST, LATEST, Stamp

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Whole segments of a path only: the digits of an article's number, and a date that a headline tells of, are none.
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"/{_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)(?=/|$)",  # /2022/05/13/
        rf"/{_YEAR}/(?P<month>{'|'.join(_MONTHS)})/(?P<day>\d\d?)(?=/|$)",  # /2022/may/13/
        rf"/{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?=/|$)",  # /2022-05-13/
        rf"/{_YEAR}-(?P<month>\d\d)/(?P<day>\d\d)(?=/|$)",  # /2022-05/13/
        rf"/{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=/|$)",  # /20220513/
        rf"/{_YEAR}/(?P<month>\d\d)(?P<day>\d\d)(?=/|$)",  # /2022/0513/
        rf"/(?P<day>\d\d)-(?P<month>\d\d)-{_YEAR}(?=/|$)",  # /13-05-2022/
    )
)


def day_in(url: str | None) -> Stamp | None:
    """Return the day that an address names in whole segments of its path; None when it names none."""
    try:
        path = urlsplit(url or "").path.lower()
    except ValueError:
        return None
    for pattern in _PATTERNS:
        if found := pattern.search(path):
            return _day(found)
    return None


def _day(found: re.Match[str]) -> Stamp | None:
    month = found["month"]
    number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
    try:
        day = date(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None
    if not EARLIEST <= day.year < LATEST:
        return None
    return Stamp(datetime(day.year, day.month, day.day, tzinfo=UTC), only_day=True)
