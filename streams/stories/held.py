"""The stories in memory: those touched lately as they are, all others packed to a fifth of their size."""

from __future__ import annotations

import zlib
from collections import OrderedDict

from schemas import Story, decode, encode

AT_HAND = 2_000  # stories unpacked; one in the news is touched every few minutes


class Held:
    """Stories by id."""

    def __init__(self) -> None:
        self._at_hand: OrderedDict[str, Story] = OrderedDict()
        self._packed: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._at_hand) + len(self._packed)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._at_hand or id_ in self._packed

    def get(self, id_: str) -> Story:
        """Return a story that is held."""
        if id_ in self._at_hand:
            self._at_hand.move_to_end(id_)
            return self._at_hand[id_]
        return decode(Story, zlib.decompress(self._packed[id_]))

    def put(self, story: Story) -> None:
        """Hold this revision instead of the one before."""
        self._packed.pop(story.id, None)
        self._at_hand[story.id] = story
        self._at_hand.move_to_end(story.id)
        if len(self._at_hand) > AT_HAND:
            id_, oldest = self._at_hand.popitem(last=False)
            self._packed[id_] = zlib.compress(encode(oldest), level=1)

    def drop(self, id_: str) -> None:
        """Forget a story."""
        self._at_hand.pop(id_, None)
        self._packed.pop(id_, None)
