"""What mutes what: a more severe alert is under way on the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from streams.delivery.policy.plan import alike

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from schemas import Brief
    from streams.delivery.policy.plan import Inhibition


class _Muting(NamedTuple):
    """An alert that mutes milder ones."""

    thread: str
    severity: float
    until: datetime


class Inhibitions:
    """Remembers the alerts that mute others, in whatever order they are seen."""

    def __init__(self, rules: Sequence[Inhibition]) -> None:
        self._rules = rules
        self._muting: dict[tuple[int, tuple[str, ...]], dict[str, _Muting]] = {}
        self._ended: dict[str, datetime] = {}

    def see(self, brief: Brief) -> None:
        """Take note of an alert; a Cancel ends what its thread mutes."""
        if brief.msg_type == "Cancel":
            self._ended[brief.thread] = brief.raised_at
            return
        for number, rule in enumerate(self._rules):
            if not rule.by(brief):
                continue
            new = _Muting(brief.thread, brief.severity, brief.raised_at + rule.lasts)
            for what in alike(brief, rule.equal):
                seen = self._muting.setdefault((number, what), {})
                if (known := seen.get(brief.thread)) is None or known.until < new.until:
                    seen[brief.thread] = new

    def muted_by(self, brief: Brief, now: datetime) -> str | None:
        """Return the thread that mutes an alert. What takes an alert back is never muted."""
        if brief.msg_type == "Cancel":
            return None
        for number, rule in enumerate(self._rules):
            if not rule.mutes(brief):
                continue
            for what in alike(brief, rule.equal):
                for muting in list(self._muting.get((number, what), {}).values()):
                    if muting.until <= now or muting.thread in self._ended:
                        del self._muting[number, what][muting.thread]
                    elif muting.thread != brief.thread and muting.severity > brief.severity:
                        return muting.thread
        return None
