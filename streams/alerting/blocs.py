"""Which blocs a party belongs to on a day: blocs.yaml, read once."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pydantic import RootModel

from schemas import yaml12

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Blocs(RootModel[dict[str, dict[str, date | None]]]):
    """The contents of blocs.yaml: bloc → member → the day that it joined on."""


@cache
def _members() -> dict[str, dict[str, date | None]]:
    raw = files("streams.alerting").joinpath("blocs.yaml").read_text(encoding="utf-8")
    return _Blocs.model_validate(yaml12.load(raw)).root


@cache
def _joined() -> dict[str, list[tuple[str, date | None]]]:
    """Return the blocs of each member, and when it joined them."""
    joined: dict[str, list[tuple[str, date | None]]] = {}
    for bloc, members in _members().items():
        joined.setdefault(bloc, []).append((bloc, None))  # a bloc that acts as a party is its own member
        for member, since in members.items():
            joined.setdefault(member, []).append((bloc, since))
    return joined


def bloc_names() -> tuple[str, ...]:
    """Return the ids of all blocs."""
    return tuple(_members())


def blocs_of(parties: Iterable[str], on: date) -> list[str]:
    """Return the blocs that any of these parties belongs to on this day, in alphabetical order."""
    known = _joined()
    return sorted(
        {bloc for party in parties for bloc, since in known.get(party, ()) if since is None or since <= on}
    )
