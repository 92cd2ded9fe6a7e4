"""What one message or one tick of the clock makes of the rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas import Alert, Match, Thread


@dataclass(slots=True)
class Raised:
    """Alerts, what is remembered of them, and what is passed on to where groups meet."""

    alerts: list[Alert] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    withheld: int = 0  # alerts that were not raised since only archives tell the story

    def add(self, told: tuple[Alert, Thread] | None) -> None:
        """Add a message of a thread, and the thread as it stands after it."""
        if told:
            self.alerts.append(told[0])
            self.threads.append(told[1])
