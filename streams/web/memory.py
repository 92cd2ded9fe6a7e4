"""Memory of the process beside what is kept: the allocator of glibc holds on to a third as much again, unless told."""

from __future__ import annotations

import ctypes
import gc

_M_ARENA_MAX = -8  # <malloc.h>
_C = ctypes.CDLL(None)


def share_one_arena() -> None:
    """Have all threads take from one pool: one of them runs at a time anyway. Nothing where there is no glibc."""
    if hasattr(_C, "mallopt"):
        _C.mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system back what was freed, after much was read, and look through what is kept for rubbish no more.

    To look through 100,000 stories takes a fifth of a second, in which nobody is told anything.
    """
    gc.collect()
    gc.freeze()
    if hasattr(_C, "malloc_trim"):
        _C.malloc_trim(0)
