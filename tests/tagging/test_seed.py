"""The sample article yields what its gold says, and nothing of what its gold forbids."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest

from schemas import yaml12
from streams.evaluation.comparing import RECIPROCAL, ids
from streams.ingest.read import read_articles
from streams.tagging import Tagger

SEEDS = Path("seeds")
GOLD = yaml12.load((SEEDS / "austin-choigou.gold.yaml").read_text(encoding="utf-8"))


@cache
def found():
    (sample,) = read_articles([SEEDS / GOLD["article"]["file"]], now=datetime.now(UTC))
    return Tagger.load().tag(sample.article, now=sample.article.published_at).events


def lacks(want, event) -> list[str]:
    """Return the fields of the row that the event does not fulfil."""
    checks = {
        "type": lambda: event.type == want["type"],
        "status": lambda: event.status in as_list(want["status"]),
        "roles": lambda: roles_fit(want, event),
        "object": lambda: event.object == want["object"],
        "quote": lambda: want["quote"] in event.evidence.quote,
        "date": lambda: event.event_date.start == event.event_date.end == as_date(want["date"]),
        "attributes": lambda: want["attributes"].items() <= event.attributes.items(),
        "persons": lambda: set(want["persons"]) <= {p.person for p in [*event.actors, *event.targets]},
        "places": lambda: set(want["places"]) <= {p.name for p in [event.place, *event.other_places] if p},
        "third_party": lambda: set(want["third_party"]) <= {p.id for p in event.third_party},
    }
    return [
        name for name, fulfilled in checks.items() if (name in want or name == "roles") and not fulfilled()
    ]


def roles_fit(want, event) -> bool:
    actors, targets = ids(event)
    wanted = [set(want.get(role, ())) for role in ("actors", "targets")]
    if want["type"] in RECIPROCAL:
        return wanted[0] | wanted[1] <= actors | targets
    return wanted[0] <= actors and wanted[1] <= targets


def as_list(status):
    return status if isinstance(status, list) else [status]


def as_date(day):
    return day if isinstance(day, date) else date.fromisoformat(day)


def named(row) -> str:
    return f"{row['type']} {row.get('quote', '')}"


@pytest.mark.parametrize("want", GOLD["events"], ids=named)
def test_every_event_of_the_sample_is_found_with_all_that_is_known_of_it(want):
    nearest = min(found(), key=lambda event: (event.type != want["type"], len(lacks(want, event))))
    missing = lacks(want, nearest)
    assert not missing, f"{missing} in {nearest.model_dump_json(indent=1)}"


@pytest.mark.parametrize("rule", GOLD["absent"], ids=named)
def test_nothing_is_found_that_the_sample_does_not_report(rule):
    broken = [
        event
        for event in found()
        if event.type == rule["type"]
        and event.status == rule.get("status", event.status)
        and set(rule.get("targets", ())) <= ids(event)[1]
    ]
    assert not broken, broken[0].evidence.quote


def test_every_quote_stands_where_its_offsets_say():
    (sample,) = read_articles([SEEDS / GOLD["article"]["file"]], now=datetime.now(UTC))
    for event in found():
        assert sample.article.text[event.evidence.start : event.evidence.end] == event.evidence.quote
