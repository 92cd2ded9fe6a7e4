"""The desk of one receiver: what he was told, what is held for him, and how much he can still be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from schemas import Brief, Delivery, Outcome, Status
from schemas.delivery import digest_id

if TYPE_CHECKING:
    from streams.delivery.policy.plan import Route
    from streams.delivery.policy.receivers import Receiver

HOUR = timedelta(hours=1)
MOST_TOLD = 50  # alerts that a digest names; it counts them all


class Verdict(NamedTuple):
    """What becomes of an alert, why, and until when it is held."""

    outcome: Outcome
    because: str
    release_at: datetime | None = None
    capped_by: Literal["receiver", "rule"] | None = None


class _Sent(NamedTuple):
    """A message that counts against the caps of the hour."""

    at: datetime
    rule: str | None


class Told(NamedTuple):
    """Of what a receiver was last told of a thread, what decides whether more is news."""

    severity: float
    status: Status
    confirmed: bool
    raised_at: datetime


@dataclass(frozen=True, slots=True)
class Thread:
    """What a receiver was last told of a thread, and what its first message was."""

    told: Told
    at: datetime
    first: str
    first_at: datetime
    ref: str | None = None


class Desk:
    """One receiver's part of the policy. Restoring needs no order but that of one delivery's own records."""

    def __init__(self, receiver: Receiver) -> None:
        self.receiver = receiver
        self._sent: dict[str, _Sent] = {}
        self._threads: dict[str, Thread] = {}
        self._groups: dict[str, datetime] = {}
        self._held: dict[str, Delivery] = {}
        self._capped: Counter[datetime] = Counter()  # how many are held until when
        self._digested: set[str] = set()

    def thread(self, name: str) -> Thread | None:
        """Return what the receiver was told of a thread."""
        return self._threads.get(name)

    @property
    def held(self) -> int:
        """How many deliveries wait for a digest."""
        return len(self._held)

    def note(self, delivery: Delivery) -> None:
        """Take note of what a delivery has become."""
        self._let_go(delivery.id)
        if delivery.outcome.is_held and delivery.id not in self._digested:
            self._hold(delivery)
        if delivery.outcome in {Outcome.QUEUED, Outcome.DELIVERED, Outcome.DEAD}:
            rule = delivery.brief.rule if delivery.brief else None
            self._sent[delivery.id] = _Sent(delivery.decided_at, rule)
            if delivery.group:
                last = self._groups.get(delivery.group, delivery.decided_at)
                self._groups[delivery.group] = max(last, delivery.decided_at)
        for member in delivery.members:
            self._digested.add(member)
            self._let_go(member)
        if delivery.brief and (delivery.outcome in _TOLD or delivery.outcome.is_held):
            self._note_thread(delivery.brief, delivery)

    def _hold(self, delivery: Delivery) -> None:
        self._held[delivery.id] = delivery
        if delivery.capped_by == "receiver" and delivery.release_at:
            self._capped[delivery.release_at] += 1

    def _let_go(self, id_: str) -> None:
        held = self._held.pop(id_, None)
        if held and held.capped_by == "receiver" and held.release_at:
            self._capped[held.release_at] -= 1
            self._capped += Counter()  # drops what came to nothing

    def forget(self, before: datetime) -> None:
        """Forget the threads and groups that were last told before an instant."""
        self._threads = {name: one for name, one in self._threads.items() if one.at >= before}
        self._groups = {group: at for group, at in self._groups.items() if at >= before}
        if not self._held:
            self._digested.clear()  # it matters only while records of one digest are read back

    def _note_thread(self, brief: Brief, delivery: Delivery) -> None:
        told = Told(brief.severity, brief.status, brief.confirmed, brief.raised_at)
        new = Thread(told, delivery.decided_at, delivery.id, delivery.decided_at, delivery.ref)
        known = self._threads.get(brief.thread)
        if known is None:
            self._threads[brief.thread] = new
            return
        first = new if delivery.id == known.first or new.first_at < known.first_at else known
        last = new if (new.at, told.raised_at) >= (known.at, known.told.raised_at) else known
        ref = first.ref or known.ref
        self._threads[brief.thread] = replace(last, first=first.first, first_at=first.first_at, ref=ref)

    def judge(
        self, brief: Brief, route: Route, group: tuple[str, timedelta], now: datetime, *, again: bool
    ) -> Verdict:
        """Return what becomes of an alert that nothing mutes; `again`: somebody asked for it once more."""
        if again:
            return self._when(brief, group, now, is_new=False)
        if now - brief.raised_at > self.receiver.patience:
            return Verdict(Outcome.EXPIRED, "it was older than the receiver's patience when it was read")
        known = self._threads.get(brief.thread)
        if known is None and brief.msg_type == "Cancel":
            return Verdict(Outcome.MOOT, "it takes back what this receiver was never told")
        if known and now - known.at < route.repeat and not _is_news(brief, known.told):
            return Verdict(
                Outcome.REPEATED, f"its thread was told at {known.at:%H:%M} UTC, and it adds nothing"
            )
        return self._when(brief, group, now, is_new=known is None)

    def _when(self, brief: Brief, grouping: tuple[str, timedelta], now: datetime, *, is_new: bool) -> Verdict:
        group, interval = grouping
        quiet = self.receiver.quiet
        if quiet and quiet.holds_back(brief.severity) and (ends := quiet.until(now)):
            return Verdict(Outcome.QUIET, f"quiet hours until {ends:%H:%M} {quiet.zone}", ends)
        if capped_until := self._capped_until(now):
            return Verdict(Outcome.CAPPED, self._cap_reached(), capped_until, "receiver")
        last = self._groups.get(group) if group and is_new else None
        if last and now - last < interval:
            return Verdict(Outcome.GROUPED, f"another of {group} was just sent", last + interval)
        if self._used(now) >= self.receiver.cap:
            return Verdict(Outcome.CAPPED, self._cap_reached(), now + HOUR, "receiver")
        if is_new and brief.cap and (rest := self._rule_rests_until(brief.rule, brief.cap)):
            return Verdict(Outcome.CAPPED, f"the rule's {brief.cap} of the hour are used up", rest, "rule")
        return Verdict(Outcome.QUEUED, "to be sent")

    def _cap_reached(self) -> str:
        return f"the receiver's {self.receiver.cap} messages of the hour are used up"

    def _used(self, now: datetime) -> int:
        """Return how many messages of the last hour count against the cap."""
        self._sent = {id_: sent for id_, sent in self._sent.items() if now - sent.at < HOUR}
        return len(self._sent)

    def _rule_rests_until(self, rule: str, cap: int) -> datetime | None:
        """Return when the earliest message of a rule that has had its share of the hour no longer counts."""
        times = sorted(sent.at for sent in self._sent.values() if sent.rule == rule)
        return times[-cap] + HOUR if len(times) >= cap else None

    def _capped_until(self, now: datetime) -> datetime | None:
        """Return when the digest of what was capped is due: an hour after the first, while that has not come."""
        return end if self._capped and (end := min(self._capped)) > now else None

    def release(self, now: datetime) -> list[Delivery]:
        """Return the digest of what is due, and what becomes of each that it tells; one alone is sent itself."""
        due = self._due(now)
        if not due or self._capped_until(now) or self._used(now) >= self.receiver.cap:
            return []
        if len(due) == 1:
            changed = {
                "outcome": Outcome.QUEUED,
                "because": "held until now",
                "decided_at": now,
                "capped_by": None,
            }
            return self._noted([due[0].model_copy(update=changed | {"release_at": None})])
        digest = _digest(self.receiver.name, due, now)
        told = {"outcome": Outcome.DIGESTED, "digest": digest.id, "done_at": now, "release_at": None}
        return self._noted([digest, *(one.model_copy(update=told) for one in due)])

    def _due(self, now: datetime) -> list[Delivery]:
        quiet = self.receiver.quiet
        is_quiet = quiet is not None and quiet.until(now) is not None
        return [
            one
            for one in self._held.values()
            if one.release_at is not None
            and one.release_at <= now
            and not (is_quiet and quiet and one.brief and quiet.holds_back(one.brief.severity))
        ]

    def _noted(self, deliveries: list[Delivery]) -> list[Delivery]:
        for delivery in deliveries:
            self.note(delivery)
        return deliveries


_TOLD = {Outcome.QUEUED, Outcome.DELIVERED, Outcome.DIGESTED, Outcome.DEAD}


def _is_news(brief: Brief, last: Told) -> bool:
    return (
        brief.msg_type == "Cancel"
        or brief.severity > last.severity
        or brief.status != last.status
        or (brief.confirmed and not last.confirmed)
    )


def _digest(receiver: str, due: list[Delivery], now: datetime) -> Delivery:
    briefs = [one.brief for one in due if one.brief]
    reasons = ", ".join(dict.fromkeys(one.outcome.value for one in due))
    members = [one.id for one in due]
    return Delivery(
        id=digest_id(receiver, members),
        receiver=receiver,
        outcome=Outcome.QUEUED,
        because=f"a digest of {len(due)}: {reasons}",
        members=members,
        told=sorted(briefs, key=lambda brief: (-brief.severity, brief.raised_at))[:MOST_TOLD],
        decided_at=now,
    )
