"""Plans, briefs and decisions for tests."""

from __future__ import annotations

from datetime import timedelta

from schemas import Brief
from schemas.delivery import Place
from streams.delivery.policy import Plan, Policy
from tests.factories import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
HERE = Place(partition=0, offset=0)


def a_receiver(name="desk", **changes) -> dict:
    return {
        "name": name,
        "kind": "webhook",
        "url": "https://hooks.example",
        "secret": {"env": "KEY"},
    } | changes


def a_plan(*receivers, **changes) -> Plan:
    named = list(receivers) or [a_receiver()]
    plan = {"receivers": named, "routes": [{"receivers": [one["name"] for one in named]}]}
    return Plan.model_validate(plan | changes)


def a_brief(alert="alert-1", **changes) -> Brief:
    brief = {
        "alert": alert,
        "msg_type": "Alert",
        "thread": f"talks:{alert}",
        "rule": "talks",
        "rule_version": 1,
        "story": f"story-of-{alert}",
        "type": "military_communication",
        "severity": 3.0,
        "polarity": "deescalatory",
        "status": "occurred",
        "confirmed": True,
        "dyads": ["RUS-USA"],
        "parties": ["USA", "RUS"],
        "summary": "They spoke.",
        "raised_at": NOON,
    }
    return Brief.model_validate(brief | changes)


class Told:
    """A policy under test: alerts in, outcomes out, all deliveries kept as the topic would."""

    def __init__(self, plan: Plan | None = None) -> None:
        self.plan = plan or a_plan()
        self.policy = Policy(self.plan)
        self.topic = {}

    def alert(self, brief=None, *, at=NOON, silences=(), again=False) -> list[str]:
        brief = brief or a_brief(raised_at=at)
        return self._kept(self.policy.decide(brief, HERE, silences, at, again=again))

    def release(self, at) -> list[str]:
        return self._kept(self.policy.release(at))

    def restart(self) -> None:
        """Rebuild the policy from the topic, compacted, in an order that nobody chose."""
        self.policy = Policy(self.plan)
        for delivery in sorted(self.topic.values(), key=lambda one: one.id):
            self.policy.restore(delivery)

    def _kept(self, deliveries) -> list[str]:
        self.topic |= {delivery.id: delivery for delivery in deliveries}
        return [delivery.outcome.value for delivery in deliveries]

    def outcomes(self) -> list[str]:
        return [delivery.outcome.value for delivery in self.topic.values()]

    def digests(self) -> list:
        return [delivery for delivery in self.topic.values() if delivery.members]
