"""Contributions for tests: sound by default, with what matters to the test named."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from schemas import Contribution, EventDate, taxonomy
from schemas.base import stable_id
from streams.tension import Dyads, load_watched

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2022, 5, 13)
WATCHED = """\
blocs:
  WEST:
    title: The West
    members: [USA, GBR, FRA]
dyads:
  - {id: RUS-USA, title: Russia and the United States}
  - {id: RUS-WEST, title: Russia and the West}
  - {id: RUS-UKR, title: Russia and Ukraine}
"""


def a_contribution(
    type_="air_missile_strike", actors=("RUS",), targets=("UKR",), day=DAY, **changes
) -> Contribution:
    """Return a contribution. `day` it happened on; `reported` first, the same day unless named."""
    known = taxonomy()[type_]
    reported = changes.pop("reported", day)
    last = changes.pop("last_reported", reported)
    precision = changes.pop("precision", "day")
    id_ = changes.pop("id", None) or stable_id(type_, actors, targets, day, reported)
    fields = {
        "id": id_,
        "revision": 1,
        "type": type_,
        "family": known.family,
        "polarity": known.polarity,
        "severity": known.severity,
        "status": "occurred",
        "actors": sorted(actors),
        "targets": sorted(targets),
        "event_date": EventDate(start=day, end=day, precision=precision),
        "first_seen": at(reported),
        "last_seen": at(last, hour=13),
        "origins": 1,
        "mentions": 1,
        "headline": f"{'+'.join(actors)} {type_} {'+'.join(targets)}",
    }
    return Contribution.model_validate(fields | changes)


def a_call(day=DAY, *, gap_days=None, **changes) -> Contribution:
    """Return a contact of the military of USA and RUS."""
    attributes = {"gap_days": gap_days} if gap_days else {}
    changes = {"actors": ("USA",), "targets": ("RUS",), "attributes": attributes} | changes
    return a_contribution("military_communication", day=day, **changes)


def elsewhere(day: date, number: int = 0) -> Contribution:
    """Return a story about nobody who is watched: it is monitored, no more."""
    return a_contribution("armed_clash", ("SDN",), ("TCD",), day, id=f"elsewhere-{day}-{number}")


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def days(count: int, *, until: date = DAY) -> list[date]:
    """Return so many days in a row, the last of them `until`."""
    return [until - timedelta(days=back) for back in range(count - 1, -1, -1)]


def watched(folder: Path, text: str = WATCHED):
    """Return the dyads of a watch list."""
    file = folder / "dyads.yaml"
    file.write_text(text)
    return load_watched(file)


def of(contributions, watch, **bounds) -> Dyads:
    """Return what these contributions make, added in this order."""
    dyads = Dyads(watch, **bounds)
    for contribution in contributions:
        dyads.add(contribution)
    return dyads
