"""The latest alerts, each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Alert

MOST = 200  # alerts that the feeds show
MOST_KNOWN = 50_000  # alerts of which it is known when they were raised, so that others can refer to them


class Recent:
    """Holds the latest alerts, and when those before them were raised."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._alerts: dict[str, Alert] = {}
        self.raised_at: dict[str, datetime] = {}

    def add(self, alert: Alert) -> None:
        """Take an alert; one that is there already changes nothing."""
        if alert.id in self.raised_at:
            return
        self.raised_at[alert.id] = alert.raised_at
        self._alerts[alert.id] = alert
        if len(self._alerts) > self._most:
            del self._alerts[min(self._alerts.values(), key=lambda one: one.raised_at).id]
        if len(self.raised_at) > MOST_KNOWN:
            del self.raised_at[next(iter(self.raised_at))]

    def get(self, id_: str) -> Alert | None:
        """Return an alert that is held."""
        return self._alerts.get(id_)

    def newest_first(self) -> list[Alert]:
        """Return the alerts, the newest first."""
        return sorted(self._alerts.values(), key=lambda alert: alert.raised_at, reverse=True)
