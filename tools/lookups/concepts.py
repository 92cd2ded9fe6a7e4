"""The concepts that frames.yaml knows, and what in it fits no event type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lookups.source import BadData, near_miss
from schemas import Status, taxonomy

if TYPE_CHECKING:
    from lookups.source import Source
    from streams.tagging.frames import Frames


def refuse_misfits(frames: Frames, source: Source) -> None:
    """Raise BadData for frames whose type or status is nowhere."""
    known = {
        "type": [type_.name for type_ in taxonomy().types],
        "status": [status.value for status in Status],
    }
    mistakes = [
        source.mistake(("frames", at, field), f"no {field} is called {name!r}{near_miss(name, known[field])}")
        for at, frame in enumerate(frames.frames)
        for field, name in (("type", frame.type), ("status", frame.status))
        if name is not None and name not in known[field]
    ]
    if mistakes:
        raise BadData(mistakes)


def known(frames: Frames) -> set[str]:
    """Return every concept that a word can stand for. Small letters name relations; a group is no concept."""
    named = [concept for concepts in frames.operators.values() for concept in concepts]
    named += [concept for members in frames.groups.values() for concept in members]
    for frame in frames.frames:
        named += [*frame.head, *frame.with_, *frame.also, *frame.without, frame.object or ""]
    return {name for name in named if name.isupper()} - set(frames.groups)
