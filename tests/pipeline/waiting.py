"""Waiting for what happens elsewhere."""

from __future__ import annotations

import time


def wait_for(is_so, what: str, *, within: float = 60.0, every: float = 0.05) -> None:
    """Wait until it is so; the limit is for a machine that hangs, not for one that is slow."""
    until = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < until, f"waited {within:.0f} s in vain for {what}"
        time.sleep(every)
