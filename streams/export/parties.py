"""Parties as CAMEO and FIPS 10-4 code them; the table is parties.csv, one party a line."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas import Party

# Roles as CAMEO types. A minister of defence is of the government and of the military.
ROLE_TYPES: dict[str, tuple[str, ...]] = {
    "head": ("GOV",),
    "foreign": ("GOV",),
    "government": ("GOV",),
    "defence": ("GOV", "MIL"),
    "forces": ("MIL",),
    "parliament": ("LEG",),
    "judiciary": ("JUD",),
    "police": ("COP",),
    "rebels": ("REB",),
    "opposition": ("OPP",),
    "crowd": ("CVL",),
    "people": ("CVL",),
    "media": ("MED",),
    "business": ("BUS",),
    "counterpart": (),
}
MAX_TYPES = 3  # GDELT has three columns for them


@dataclass(frozen=True, slots=True)
class Coded:
    """A party in codes. `code` is the whole CAMEO code; `country` may be a region; empty is not known."""

    name: str
    code: str = ""
    country: str = ""
    group: str = ""
    types: tuple[str, ...] = ()
    fips: str = ""


@cache
def parties() -> dict[str, Coded]:
    """Return the codes of every party that the table has, by the party's id."""
    table = files("streams.export").joinpath("parties.csv").read_text(encoding="utf-8")
    return {row["id"]: _read(row) for row in csv.DictReader(table.splitlines())}


def _read(row: dict[str, str]) -> Coded:
    return Coded(
        row["name"], row["code"], row["country"], row["group"], tuple(row["types"].split()), row["fips"]
    )


def coded(party: Party) -> Coded:
    """Return the party of an event in codes: those of the table, then the types of its role.

    A person who stands for the party gives the name. What the table does not have keeps its id as its name.
    """
    known = parties().get(party.id, Coded(party.id))
    added = tuple(type_ for type_ in ROLE_TYPES.get(party.role or "", ()) if type_ not in known.types)
    added = added[: MAX_TYPES - len(known.types)]
    return Coded(
        party.person or known.name,
        known.code + "".join(added),
        known.country,
        known.group,
        known.types + added,
        known.fips,
    )
