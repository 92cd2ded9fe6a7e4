"""The clock of tests that run processes: an alert of the past would be too old for its receivers."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    return datetime.now(UTC)
