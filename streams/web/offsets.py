"""Where a message lies, as one number: of each of many it is remembered."""

from __future__ import annotations

_BITS = 48  # of an offset


def packed(partition: int, offset: int) -> int:
    """Return partition and offset as one number."""
    return partition << _BITS | offset


def unpacked(place: int) -> tuple[int, int]:
    """Return partition and offset."""
    return place >> _BITS, place & (1 << _BITS) - 1
