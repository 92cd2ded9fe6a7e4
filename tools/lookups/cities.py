"""cities.tsv: one city a line, too many of them for YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lookups.source import BadData

if TYPE_CHECKING:
    from pathlib import Path

FACTS = ("name", "country", "lat", "lon", "population", "capital")
"""The columns before those of the languages. The id of a city is its name and country: `Kharkiv, UKR`."""


def rows(path: Path, shown_as: str) -> list[tuple[int, dict[str, Any]]]:
    """Return each city with its line, none without a file. Raises BadData when a line does not fit."""
    if not path.exists():
        return []
    lines = [
        (number, line.split("\t"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]
    if not lines:
        raise BadData([f"{shown_as}:1: the file is empty"])
    (first, header), *cities = lines
    if tuple(header[: len(FACTS)]) != FACTS:
        raise BadData([f"{shown_as}:{first}: the columns begin with {', '.join(FACTS)}"])
    if mistakes := [
        f"{shown_as}:{number}: {cells[0]}: has {len(cells)} columns, the head has {len(header)}"
        for number, cells in cities
        if len(cells) != len(header)
    ]:
        raise BadData(mistakes)
    return [(number, _city(dict(zip(header, cells, strict=True)))) for number, cells in cities]


def _city(cells: dict[str, str]) -> dict[str, Any]:
    facts = {column: cells.pop(column) for column in FACTS}
    return {
        "id": f"{facts['name']}, {facts['country']}",
        "kind": "city",
        **facts,
        "capital": facts["capital"] == "yes",
        "names": {language: [forms] for language, forms in cells.items() if forms},
    }
