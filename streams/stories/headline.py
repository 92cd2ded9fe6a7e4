"""One plain sentence for an event, made of its own names and numbers alone."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from schemas import Status, yaml12

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Event, Party

_UNNAMED = "an unnamed party"
_OPTIONAL = re.compile(r"\[([^|\]]*)(?:\|([^\]]*))?\]")
_SLOT = re.compile(r"\{(\w+)\}")


class Clause(BaseModel):
    """How one type reads: told as a fact, and named as a thing that may be planned or denied."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    told: str
    named: str


class Phrases(BaseModel):
    """The contents of phrases.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    statuses: dict[Status, str]
    details: dict[str, str]
    types: dict[str, Clause]


@cache
def phrases() -> Phrases:
    """Return the phrases that ship with this version."""
    raw = files("streams.stories").joinpath("phrases.yaml").read_text(encoding="utf-8")
    return Phrases.model_validate(yaml12.load(raw))


def headline(event: Event) -> str:
    """Return what the event tells, in one sentence without its full stop, as `USA spoke with RUS`."""
    clause = phrases().types[event.type]
    slots = {
        "actors": _names(event.actors) or _UNNAMED,
        "targets": _names(event.targets),
        "third_party": _names(event.third_party),
        "object": event.object or "",
    }
    told, named = _fill(clause.told, slots), _fill(clause.named, slots)
    sentence = phrases().statuses[event.status].format(told=told, named=named) + _details(event)
    return sentence[:1].upper() + sentence[1:]


def _fill(pattern: str, slots: dict[str, str]) -> str:
    """Fill a pattern; of `[with {targets}|instead]` the first half stands when its slots are filled."""

    def choose(option: re.Match[str]) -> str:
        filled = all(slots[slot] for slot in _SLOT.findall(option[1]))
        return option[1] if filled else option[2] or ""

    return _OPTIONAL.sub(choose, pattern).format_map(slots)


def _names(parties: Sequence[Party]) -> str:
    said = (f"{party.person} ({party.id})" if party.person else party.id for party in parties)
    *others, last = dict.fromkeys(said) or [""]
    return f"{', '.join(others)} and {last}" if others else last


def _details(event: Event) -> str:
    """Numbers are told only where the quote holds them as written."""
    said = [
        pattern.format(value=value)
        for name, pattern in phrases().details.items()
        if (value := event.attributes.get(name)) is not None
        and re.search(rf"\b{re.escape(str(value))}\b", event.evidence.quote)
    ]
    return f" ({', '.join(said)})" if said else ""
