"""Pages of our own making: fourteen layouts of news pages, each in six languages, with what must be read on them."""

from __future__ import annotations

from functools import cache

from tests.ingest.pages.corpus.modern import MODERN
from tests.ingest.pages.corpus.older import OLDER
from tests.ingest.pages.corpus.story import FETCHED, Made, stories

__all__ = ["FETCHED", "Made", "made"]


@cache
def made() -> list[Made]:
    """Return every layout in every language."""
    return [layout(story) for layout in (*MODERN, *OLDER) for story in stories()]
