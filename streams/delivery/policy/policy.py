"""The policy: an alert and all that was decided before → what becomes of it at each receiver."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from schemas import Delivery, Outcome
from schemas.delivery import ANYONE, delivery_id
from streams.delivery.policy.desk import Desk, Verdict
from streams.delivery.policy.inhibiting import Inhibitions
from streams.delivery.policy.plan import grouping

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from schemas import Brief, Silence
    from schemas.delivery import Place
    from streams.delivery.policy.plan import Plan, Route


class Policy:
    """Decides. Its state is rebuilt from the deliveries that it made: give each to `restore`."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.desks = {receiver.name: Desk(receiver) for receiver in plan.receivers}
        self._inhibitions = Inhibitions(plan.inhibitions)
        self._seen: dict[str, datetime] = {}
        self._dead: set[str] = set()

    def restore(self, delivery: Delivery) -> None:
        """Take note of what was decided before."""
        if delivery.brief:
            self._inhibitions.see(delivery.brief)
        self.note(delivery)

    def note(self, delivery: Delivery) -> None:
        """Take note of what a delivery has become."""
        self._seen[delivery.id] = delivery.decided_at
        (self._dead.add if delivery.outcome is Outcome.DEAD else self._dead.discard)(delivery.id)
        if desk := self.desks.get(delivery.receiver):
            desk.note(delivery)

    def decide(
        self, brief: Brief, place: Place, silences: Iterable[Silence], now: datetime, *, again: bool = False
    ) -> list[Delivery]:
        """Return what becomes of an alert at each receiver; nothing where that was decided before.

        `again`: it was replayed from the dead letters, and is sent once more to who gave it up.
        """
        self._inhibitions.see(brief)
        routes: dict[str, Route | None] = {**self._plan.routes_of(brief)}
        silence = next((one for one in silences if one.holds(now) and one.match(brief)), None)
        decided = []
        for receiver, route in (routes or {ANYONE: None}).items():
            id_ = delivery_id(brief.alert, receiver)
            was_given_up = again and id_ in self._dead
            if id_ in self._seen and not was_given_up:
                continue
            group, interval = grouping(brief, route) if route else ("", timedelta(0))
            verdict = self._verdict(
                brief, receiver, route, (group, interval), silence, now, again=was_given_up
            )
            delivery = Delivery(
                id=id_,
                receiver=receiver,
                outcome=verdict.outcome,
                because=verdict.because,
                brief=brief,
                place=place,
                group=group,
                decided_at=now,
                release_at=verdict.release_at,
                capped_by=verdict.capped_by,
            )
            self.note(delivery)
            decided.append(delivery)
        return decided

    def _verdict(
        self,
        brief: Brief,
        receiver: str,
        route: Route | None,
        group: tuple[str, timedelta],
        silence: Silence | None,
        now: datetime,
        *,
        again: bool,
    ) -> Verdict:
        if route is None:
            return Verdict(Outcome.UNROUTED, "no route leads it to any receiver")
        if silence:
            said = (
                f"silenced by {silence.author} until {silence.ends_at:%Y-%m-%d %H:%M} UTC: {silence.reason}"
            )
            return Verdict(Outcome.SILENCED, said)
        if muting := self._inhibitions.muted_by(brief, now):
            return Verdict(Outcome.INHIBITED, f"a more severe alert is under way: {muting}")
        return self.desks[receiver].judge(brief, route, group, now, again=again)

    def release(self, now: datetime) -> list[Delivery]:
        """Return the digests that are due, and what becomes of what they tell."""
        released = [delivery for desk in self.desks.values() for delivery in desk.release(now)]
        self._seen |= {delivery.id: delivery.decided_at for delivery in released}
        return released

    def forget(self, before: datetime) -> None:
        """Forget what was decided before an instant: its topic forgets it too, and the alerts are kept no longer."""
        self._seen = {id_: at for id_, at in self._seen.items() if at >= before}
        self._dead &= self._seen.keys()
        for desk in self.desks.values():
            desk.forget(before)
