from __future__ import annotations

from prometheus_client import CollectorRegistry

from streams.ingest.outlet import Outcome
from streams.ingest_metrics import OUTCOMES, IngestMetrics


def test_whatever_senders_and_agents_say_the_budget_holds():
    metrics = IngestMetrics(CollectorRegistry())
    for number in range(600):
        metrics.answered(number)
        metrics.counted(f"agent-{number}", f"outcome-{number}")
        metrics.counted("feeds", f"outcome-{number}")
        metrics.spooled(f"agent-{number}", articles=1, size=1)
    metrics.holds(1)
    made = {family.name: len(family.samples) for family in metrics.registry.collect()}
    for one in metrics.make.made:
        assert 0 < made[one.name.removesuffix("_total")] <= one.most


def test_every_outcome_of_the_outlet_is_named():
    assert {outcome.value for outcome in Outcome} <= set(OUTCOMES)
