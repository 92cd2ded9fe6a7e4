"""How news pages are laid out: which elements hold the text, and which are none of it. The data is in layout.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from schemas import yaml12

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEART = ":has(h1, [itemprop~='articleBody'])"
_COLONS = (":", "\uff1a")  # ours, and the Chinese one


class Layout(NamedTuple):
    """Selectors of elements, and lines that are left of furniture, which comments are a part of."""

    containers: tuple[str, ...]
    any_container: str
    leads: str
    comments: str
    furniture: str
    lines: frozenset[str]
    openings: tuple[str, ...]


def _furniture(written: dict[str, Any]) -> str:
    """Return a selector that spares what holds the headline or the body, whatever it is called.

    What has no class is asked once and not once a word: that is a third of the time of a page.
    """
    classes = [f'[class*="{word}" i]' for word in _flat(written["names_hold"])]
    classes += [f".{name}" for name in _flat(written["classes"])]
    ids = [f'[id*="{word}" i]' for word in _flat(written["ids_hold"])]
    named = f"[class]:is({', '.join(classes)}), [id]:is({', '.join(ids)})"
    return f":is({', '.join(written['elements'])}, {named}):not(html, body, main, {_HEART})"


def _flat(written: list[Any]) -> Iterator[str]:
    for entry in written:
        yield from [entry] if isinstance(entry, str) else entry


@cache
def layout() -> Layout:
    """Return the layouts that are known."""
    written = yaml12.load(files(__package__).joinpath("layout.yaml").read_bytes())
    lines = {line.casefold() for of_language in written["lines"].values() for line in of_language}
    return Layout(
        containers=tuple(written["containers"]),
        any_container=", ".join(written["containers"]),
        leads=", ".join(written["leads"]),
        comments=_furniture(written["comments"]),
        furniture=f"{_furniture(written['furniture'])}, {_furniture(written['comments'])}",
        lines=frozenset(lines),
        openings=tuple(sorted(line for line in lines if line.endswith(_COLONS))),
    )
