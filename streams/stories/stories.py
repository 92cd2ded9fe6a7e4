"""The stories of one partition: what is known, and what one more event changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.stories.blocks import story_id
from streams.stories.merge import begin, merge

if TYPE_CHECKING:
    from schemas import Event, Story


class Stories:
    """Holds the latest revision of every story of one partition; it is rebuilt with `restore`."""

    def __init__(self) -> None:
        self._stories: dict[str, Story] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def restore(self, story: Story) -> None:
        """Take a story back from the topic; of two revisions the higher one holds."""
        known = self._stories.get(story.id)
        if known is None or known.revision < story.revision:
            self._stories[story.id] = story

    def add(self, event: Event) -> Story | None:
        """Merge an event; return the new revision of its story, or None when the event is in it already."""
        id_ = story_id(event)
        known = self._stories.get(id_)
        if known is not None and event.id in known.events:
            return None
        story = begin(id_, event) if known is None else merge(known, event)
        self._stories[id_] = story
        return story
