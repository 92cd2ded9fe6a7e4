"""How news pages are laid out: which elements hold the text, and which are none of it. The data is in layout.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from schemas import yaml12

_COLONS = (":", "\uff1a")  # ours, and the Chinese one


class Layout(NamedTuple):
    """Selectors of elements, and lines that are left of furniture."""

    containers: tuple[str, ...]
    comments: str
    furniture: str
    lines: frozenset[str]
    openings: tuple[str, ...]


@cache
def layout() -> Layout:
    """Return the layouts that are known."""
    written = yaml12.load(files(__package__).joinpath("layout.yaml").read_bytes())
    lines = {line.casefold() for of_language in written["lines"].values() for line in of_language}
    return Layout(
        containers=tuple(written["containers"]),
        comments=", ".join(written["comments"]),
        furniture=", ".join(written["furniture"]),
        lines=frozenset(lines),
        openings=tuple(sorted(line for line in lines if line.endswith(_COLONS))),
    )
