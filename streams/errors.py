"""The base of every error that a user is meant to read."""

from __future__ import annotations


class TocsinError(Exception):
    """Something the user can act on: it says what was wrong with which input, and what to do."""
