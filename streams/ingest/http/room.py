"""Room for requests: bytes that are under way together are bounded, and what does not fit is asked to come later."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class NoRoom(Exception):
    """More is under way than there is room for."""


class Room:
    """`limit`: bytes of bodies, unpacked, of all requests together."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0

    @contextlib.contextmanager
    def share(self) -> Iterator[Share]:
        """Yield a share of the room for one request; it is given back at the end."""
        share = Share(self)
        try:
            yield share
        finally:
            self.taken -= share.size


class Share:
    """What one request takes of the room."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.size = 0

    def grow(self, size: int) -> None:
        """Take so many bytes more. Raises NoRoom; a request alone always has room."""
        if self._room.taken + size > self._room.limit and self._room.taken > self.size:
            raise NoRoom
        self._room.taken += size
        self.size += size
