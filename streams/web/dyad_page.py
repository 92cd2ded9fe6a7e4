"""Watched dyads as the API answers them. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import orjson

from schemas import Status
from streams.tension.series import CONSISTENT
from streams.web.world_answers import ContactAnswer, DyadAnswer, DyadEvent, DyadRow, TensionPoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from schemas import Dyad
    from schemas.dyad import Tension
    from streams.web.kept import Kept
    from streams.web.pairs import Pairs

UNUSUAL = 2.0  # of |z|: where the band of what is usual ends
MOST_EVENTS = 400  # of one dyad in the chart
DAYS = timedelta(days=180)  # of the chart


def on_day(dyad: Dyad, today: date) -> Dyad:
    """Return a dyad with its silence counted to today: the message counts it to the last day that brought news."""
    quiet = max(0, (today - dyad.as_of).days)
    contacts = [one.model_copy(update={"silence_days": one.silence_days + quiet}) for one in dyad.contacts]
    days = None if dyad.silence_days is None else dyad.silence_days + quiet
    return dyad.model_copy(update={"silence_days": days, "contacts": contacts})


def row_of(id_: str, pairs: Pairs, dyad: Dyad | None) -> DyadRow:
    """Return a watched dyad as it is now; without numbers while nothing is known of it."""
    watched = pairs.watched[id_]
    if dyad is None:
        return DyadRow(id=id_, title=watched.title, sides=list(watched.sides), blocs=watched.blocs)
    low, high = band(dyad.tension)
    return DyadRow(
        id=id_,
        title=watched.title,
        sides=dyad.sides,
        blocs=dyad.blocs,
        tension=dyad.tension.value,
        low=low,
        high=high,
        z=dyad.tension.z,
        no_z=dyad.tension.no_z,
        days_since=dyad.silence_days,
        refusals=dyad.refusals.in_a_row,
        lines_open=dyad.lines_open,
        lines_cut=dyad.lines_cut,
        as_of=dyad.as_of,
    )


def page_of(
    id_: str, pairs: Pairs, dyad: Dyad | None, series: Iterable[TensionPoint], stories: Iterable[Kept]
) -> DyadAnswer:
    """Return the page of a watched dyad. `series`: days gone by; the state as of now is put at their end.

    `stories`: those of the pairs that it stands for, the newest first.
    """
    points = {point.at: point for point in series}
    if dyad is not None:
        points[dyad.as_of] = point_of(dyad.as_of, dyad.tension)
    since = dyad.as_of - DAYS if dyad else date.min
    events = sorted(_events(stories), key=lambda event: event.at)
    return DyadAnswer(
        dyad=row_of(id_, pairs, dyad),
        series=[points[day] for day in sorted(points)],
        events=[event for event in events if event.at >= since],
        contact=_contact(dyad),
    )


def point_of(at: date, tension: Tension) -> TensionPoint:
    """Return the tension of a day with the band of what was usual."""
    low, high = band(tension)
    return TensionPoint(at=at, tension=tension.value, low=low, high=high, z=tension.z)


def band(tension: Tension) -> tuple[float | None, float | None]:
    """Return where z would be -2 and 2; nothing without a baseline."""
    if tension.median is None or not tension.mad:
        return None, None
    reach = UNUSUAL * tension.mad / CONSISTENT
    return round(tension.median - reach, 3), round(tension.median + reach, 3)


def _events(stories: Iterable[Kept]) -> list[DyadEvent]:
    found = []
    for kept in stories:
        card = orjson.loads(kept.text())
        when = card["event_date"]
        seen = card["first_seen"][:10]
        at = min(when["end"], seen) if when["precision"] in {"day", "week"} else seen
        if kept.status == Status.PLANNED.value:
            at = when["end"] if when["precision"] == "day" else seen
        found.append(
            DyadEvent(
                story=kept.id,
                headline=card["headline"],
                at=date.fromisoformat(at),
                polarity=card["polarity"],
                severity=kept.severity,
                status=kept.status,
                planned=kept.status == Status.PLANNED.value,
            )
        )
        if len(found) >= MOST_EVENTS:
            break
    return found


def _contact(dyad: Dyad | None) -> ContactAnswer:
    if dyad is None:
        return ContactAnswer()
    return ContactAnswer(
        channels=dyad.contacts,
        days_since=dyad.silence_days,
        refusals=dyad.refusals,
        lines=dyad.lines,
        lines_open=dyad.lines_open,
        lines_cut=dyad.lines_cut,
    )
