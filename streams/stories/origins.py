"""Who reported first: publishers of one owner, reprints of one wire and copies of one text are one origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from schemas.story import Report


class Origins(NamedTuple):
    """The origins that are known, and how many sources there are besides of which none is."""

    names: list[str]
    unknown_sources: int

    @property
    def number(self) -> int:
        """Independent first reporters: unknown ones may all be one of the known, so they add none."""
        return len(self.names) or min(1, self.unknown_sources)


def origins(reports: Iterable[Report]) -> Origins:
    """Return who reported independently of each other."""
    texts: dict[str, list[Report]] = {}
    for report in reports:
        texts.setdefault(report.copy_of or report.article, []).append(report)
    whose = {text: _origin(copies) for text, copies in texts.items()}
    unknown = {copy.source for text, copies in texts.items() if whose[text] is None for copy in copies}
    return Origins(sorted({origin for origin in whose.values() if origin}), len(unknown))


def _origin(copies: Sequence[Report]) -> str | None:
    """Return whose text it is: the origin that a copy names, else that of the earliest whose owner is known."""
    known = [one for one in copies if one.origin]
    return (
        min(known, key=lambda one: (not one.named, one.published_at, one.article)).origin if known else None
    )
