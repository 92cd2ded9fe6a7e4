"""Quiet hours: when a receiver wants to be told of nothing but what is urgent."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from streams.delivery.policy.durations import Clock, Zone


class QuietHours(BaseModel):
    """From one time of the day to another, over midnight where the second is the earlier."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: Clock = Field(alias="from", description="When they begin, as '22:00'.")
    end: Clock = Field(alias="to", description="When they end, as '07:00'.")
    zone: Zone = Field(description="Time zone, as Europe/Paris.")
    urgent: Annotated[float, Field(ge=0, le=10)] | None = Field(
        default=None, description="What is this severe or more is told all the same; without it nothing is."
    )

    def until(self, now: datetime) -> datetime | None:
        """Return when the quiet hours end that `now` is in; None outside of them."""
        zone = ZoneInfo(self.zone)
        local = now.astimezone(zone)
        for days_ago in (1, 0):  # those that began yesterday evening may go on
            day = local.date() - timedelta(days=days_ago)
            last = day + timedelta(days=self.end <= self.start)
            begins = datetime.combine(day, self.start, zone)
            ends = datetime.combine(last, self.end, zone)
            if begins.timestamp() <= now.timestamp() < ends.timestamp():
                return ends
        return None

    def holds_back(self, severity: float) -> bool:
        """Tell whether an alert of this severity waits for their end."""
        return self.urgent is None or severity < self.urgent
