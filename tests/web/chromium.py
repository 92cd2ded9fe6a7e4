"""Debian's Chromium, or whichever there is."""

from __future__ import annotations

import shutil

# Its own sandbox needs rights that a container does not have; what it opens here is ours.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def program() -> str | None:
    """Return where it is; None where there is none."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
