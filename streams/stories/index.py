"""Where to look for the story of an event: by the parties or a place that both name, and by the days."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.stories.outline import Names, Outline

SPAN = 4  # days a drawer: an undated report reaches three days back, and so lies in two drawers at most

Drawer = tuple[str, str, int]


class Index:
    """Stories by block, parties or place, and days. Holds ids alone."""

    def __init__(self) -> None:
        self._drawers: dict[Drawer, set[str]] = {}

    def put(self, id_: str, outline: Outline) -> None:
        """Enter a story under all that its outline names."""
        for drawer in _drawers(outline, outline.filed):
            self._drawers.setdefault(drawer, set()).add(id_)

    def drop(self, id_: str, outline: Outline) -> None:
        """Take a story out; the outline must be the one that it was entered under."""
        for drawer in _drawers(outline, outline.filed):
            held = self._drawers.get(drawer)
            if held is not None:
                held.discard(id_)
                if not held:
                    del self._drawers[drawer]

    def near(self, outline: Outline) -> set[str]:
        """Return the ids of all stories that share names with the outline and some of its days."""
        sought = _drawers(outline, outline.sought)
        return set().union(*(self._drawers.get(drawer, ()) for drawer in sought))


def _drawers(outline: Outline, keys: Names) -> Iterator[Drawer]:
    for key in keys:
        for span in range(outline.first // SPAN, outline.last // SPAN + 1):
            yield outline.block, key, span
