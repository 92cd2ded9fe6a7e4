"""Whole messages, read off their topics when somebody looks at a story: in memory there is a card of it alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from kafka import TopicPartition

from schemas import Event, Story, Unreadable, decode
from schemas.topics import EVENTS, STORIES
from streams.delivery.reading import Reader
from streams.web.mentions import wanted
from streams.web.offsets import unpacked

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from streams.settings import Settings
    from streams.web.kept import Kept
    from streams.web.recent import Places

LOGGER = logging.getLogger(__name__)
FETCHED = 100_000  # bytes; one message is asked for, what follows it is not wanted


class LookUp:
    """Reads stories and events at the places where they lie."""

    def __init__(self, settings: Settings) -> None:
        self._reader = Reader(settings, "web-look-up", [STORIES, EVENTS], fetched=FETCHED)

    async def story(self, kept: Kept) -> Story | None:
        """Return a story in the revision that is kept; None when its topic holds it no more.

        Raises BrokerUnreachable.
        """
        record = await self._at(STORIES.name, unpacked(kept.place))
        if record is None or (record.key or b"").decode(errors="replace") != kept.id:
            return None
        return decode(Story, record.value)

    async def events(self, story: Story, places: Places) -> AsyncIterator[Event]:
        """Yield the events of a story that are not in the story itself, as far as it is known where they lie."""
        held = {event.id for event in (story.lead, *story.next_best)}
        for id_ in wanted(story):
            place = None if id_ in held else places.of(id_)
            record = await self._at(EVENTS.name, place) if place else None
            try:
                event = decode(Event, record.value) if record else None
            except Unreadable as error:
                LOGGER.warning("event %s: %s", id_, error)
                continue
            if event and event.id == id_:
                yield event

    async def close(self) -> None:
        """Close the connection."""
        await self._reader.close()

    async def _at(self, topic: str, place: tuple[int, int]) -> Any | None:
        return await self._reader.at(TopicPartition(topic, place[0]), place[1])
