"""What was learnt of sources → a source file that extends those that ship."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import yaml
from pydantic import TypeAdapter

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from streams.sources.rhythm import Rhythm
    from streams.sources.source import Source

_HEAD = """\
# Intervals that `tocsin sources learn` learnt; written anew each time it is told to, so edit your own file, not this.
# TOCSIN_SOURCES_LEARNT names it to workers. What the file of TOCSIN_SOURCES states goes before it.
sources:
"""
_REQUIRED = (
    "name",
    "langs",
    "kind",
    "tier",
)  # of a source that does not ship, so that the file is sound alone
_DURATION = TypeAdapter(timedelta)


def write_learnt(learnt: Iterable[tuple[Source, Rhythm]], shipped: Container[str]) -> str | None:
    """Return a source file with every interval that was learnt; None when none was. `shipped`: ids that ship."""
    entries = [
        _entry(source, rhythm, rhythm.interval, is_shipped=source.id in shipped)
        for source, rhythm in learnt
        if rhythm.interval
    ]
    return _HEAD + "".join(entries) if entries else None


def duration(interval: timedelta) -> str:
    """Return an interval as source files write it, ISO 8601."""
    return str(_DURATION.dump_python(interval, mode="json"))


def _entry(source: Source, rhythm: Rhythm, interval: timedelta, *, is_shipped: bool) -> str:
    stated = source.model_dump(mode="json")
    days = rhythm.span / timedelta(days=1)
    lines = [
        f"id: {source.id}",
        *(f"{name}: {_flow(stated[name])}" for name in _REQUIRED if not is_shipped),
        f"expected_interval: {duration(interval)}  # of {rhythm.articles} articles in {days:.1f} days",
    ]
    return "  - " + "\n    ".join(lines) + "\n"


def _flow(value: object) -> str:
    """Return a value as YAML on one line."""
    dumped: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10_000)
    return dumped.removesuffix("\n").removesuffix("\n...")
