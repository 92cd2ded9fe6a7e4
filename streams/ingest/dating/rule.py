"""Which date is believed, of those that feed, page, address and server state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from schemas.article import REDATED_AFTER, DateFlag
from streams.ingest.dating.written import Stamp, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas import Article

TOLERANCE = timedelta(minutes=15)  # by which clocks of publishers run ahead of ours
EASTERNMOST = timedelta(hours=14)  # a local time without its zone, or a day, may lie this far ahead of UTC


class Place(IntEnum):
    """Who states a date, the most trustworthy first: the order in which they are asked."""

    JSON_LD = 1  # made for machines, from the database of the publisher
    META = 2  # the like, with less of a standard
    FEED = 3  # often the date of the last change
    TIME = 4  # what readers are shown, and now and then that of something else on the page
    URL = 5  # a day alone
    HTTP = 6  # most servers say now; an earlier date is that of a file


_FLAG_OF_PLACE = {Place.URL: DateFlag.FROM_URL, Place.HTTP: DateFlag.FROM_HTTP}


@dataclass(frozen=True, slots=True)
class Said:
    """A date, and who states it."""

    place: Place
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Dates:
    """The four times of an article, and what to know of the first; fields of Article by the same names."""

    published_at: datetime
    modified_at: datetime | None
    first_seen_at: datetime
    fetched_at: datetime
    date_flags: tuple[DateFlag, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of Article that are known."""
        values = ((name, getattr(self, name)) for name in self.__dataclass_fields__)
        return {name: value for name, value in values if value}


def said(place: Place, text: object, lang: str | None = None) -> list[Said]:
    """Return what a place states, in a list that is empty when the text is no date."""
    stamp = read_stamp(text, lang)
    return [Said(place, stamp)] if stamp else []


def believe(
    published: Iterable[Said],
    modified: Iterable[Said] = (),
    *,
    fetched_at: datetime,
    first_seen_at: datetime | None = None,
) -> Dates:
    """Return the dates of an article from what was stated of it.

    `first_seen_at` is when the article was first found, in whatever version, if that was before `fetched_at`.
    """
    seen = min(first_seen_at or fetched_at, fetched_at)
    stated = sorted(published, key=lambda one: one.place)
    believable = [one for one in stated if not _is_future(one.stamp, fetched_at)]
    flags = {DateFlag.FUTURE} if len(believable) < len(stated) else set()
    chosen, why = _choose(believable, seen)
    published_at = min(chosen.stamp.at, seen) if chosen else seen
    flags |= why | _flags_of(chosen)
    return Dates(
        published_at=published_at,
        modified_at=_last(modified, published_at, fetched_at),
        first_seen_at=seen,
        fetched_at=fetched_at,
        date_flags=tuple(flag for flag in DateFlag if flag in flags),
    )


def distrusted(article: Article) -> Article:
    """Return an article that came with its dates; one that lies ahead of the clock is not believed."""
    now = article.fetched_at
    if now is None or not _is_future(Stamp(article.published_at), now):
        return article
    flags = {*article.date_flags, DateFlag.FUTURE, DateFlag.UNDATED}
    seen = min(article.first_seen_at or now, now)
    return article.model_copy(
        update={"published_at": seen, "date_flags": [flag for flag in DateFlag if flag in flags]}
    )


def _is_future(stamp: Stamp, now: datetime) -> bool:
    return stamp.at > now + (EASTERNMOST if stamp.only_day or stamp.no_zone else TOLERANCE)


def _choose(believable: Sequence[Said], seen: datetime) -> tuple[Said | None, set[DateFlag]]:
    """Return the date that is believed, and whether another was stated that is later than it can be."""
    if not believable or believable[0].place is Place.HTTP:
        return (believable[0] if believable else None), {DateFlag.UNDATED}
    chosen = _with_time(believable[0], believable)
    in_url = next((one for one in believable if one.place is Place.URL), None)
    if in_url and chosen.stamp.at > in_url.stamp.at + REDATED_AFTER:
        return in_url, {DateFlag.REDATED}
    return chosen, {DateFlag.REDATED} if _is_future(chosen.stamp, seen) else set()


def _with_time(first: Said, believable: Sequence[Said]) -> Said:
    """Return the first place that states the time as well, where the first states the day alone."""
    if not first.stamp.only_day:
        return first
    day = first.stamp.at.date()
    timed = (
        one
        for one in believable
        if one.place is not Place.HTTP and not one.stamp.only_day and one.stamp.at.date() == day
    )
    return next(timed, first)


def _flags_of(chosen: Said | None) -> set[DateFlag]:
    if chosen is None:
        return set()
    flags = {_FLAG_OF_PLACE[chosen.place]} if chosen.place in _FLAG_OF_PLACE else set()
    if chosen.stamp.only_day:
        flags.add(DateFlag.ONLY_DAY)
    if chosen.stamp.no_zone:
        flags.add(DateFlag.NO_ZONE)
    return flags


def _last(modified: Iterable[Said], published_at: datetime, now: datetime) -> datetime | None:
    """Return the latest change that can be believed; none before it was published."""
    stamps = [one.stamp for one in modified]
    times = [stamp.at for stamp in stamps if not _is_future(stamp, now) and stamp.at > published_at]
    return min(max(times), now) if times else None
