"""Which texts share a band of positions with another: they may be near-copies of it (locality-sensitive hashing).

A hash table of chains on two arrays: a slot leads to the newest text of its band, each text to the one before it in
the same slot. Texts go in the order that they came, so none need be taken out: a chain ends at the first that is gone.
Four bytes a link, where a dict of bands takes a hundred; two bands that meet in a slot cost one comparison.
"""

from __future__ import annotations

import struct
from array import array
from typing import TYPE_CHECKING

from streams.copies.signature import POSITIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 3  # positions of a band: with two, ten times as many strangers would have to be compared
BANDS = POSITIONS // ROWS
BUCKET = 16  # texts that one band leads to at most, the newest
SLOTS_A_TEXT = 4
LAST = 2**32 - 1  # number that a link can hold

_IN_BANDS = struct.Struct(f"{ROWS}s" * BANDS)


class Bands:
    """Numbers of texts by band, for `room` texts at a time. Numbers begin at 1 and rise by one."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._slots = SLOTS_A_TEXT * room
        self._firsts = range(0, BANDS * self._slots, self._slots)
        self._newest = array("I", [0]) * (BANDS * self._slots)  # 0: none
        self._before = array("I", [0]) * (BANDS * room)

    def enter(self, number: int, positions: bytes) -> None:
        """Enter a text; the one that came `room` texts before it must be gone."""
        newest, link = self._newest, number % self.room * BANDS
        slots = self._slots_of(positions)
        self._before[link : link + BANDS] = array("I", [newest[slot] for slot in slots])
        for slot in slots:
            newest[slot] = number

    def sharing(self, positions: bytes, oldest: int) -> set[int]:
        """Return the numbers, from `oldest` up, of the texts that may share a band with these positions."""
        newest = self._newest
        chains = [newest[slot] for slot in self._slots_of(positions)]
        found: set[int] = set()
        for band, number in enumerate(chains):
            if number >= oldest:
                found.update(self._chain(number, band, oldest))
        return found

    def _chain(self, number: int, band: int, oldest: int) -> Iterator[int]:
        for _ in range(BUCKET):
            if number < oldest:
                return
            yield number
            number = self._before[number % self.room * BANDS + band]

    def _slots_of(self, positions: bytes) -> list[int]:
        """Return the slot of each band: minima of a hash are as random as any hash of them."""
        bands = map(int.from_bytes, _IN_BANDS.unpack(positions))
        return [first + band % self._slots for first, band in zip(self._firsts, bands, strict=True)]
