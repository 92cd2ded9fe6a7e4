from __future__ import annotations

from prometheus_client import CollectorRegistry

from streams.web_metrics import WebMetrics


def test_whatever_browsers_ask_for_the_budget_holds():
    metrics = WebMetrics(CollectorRegistry())
    for number in range(600):
        metrics.answered(f"/api/v1/{number}", number, 0.01)
        metrics.answered("/api/v1/stories", number, 0.01)
    made = {family.name: len(family.samples) for family in metrics.registry.collect()}
    for one in metrics.make.made:
        assert 0 < made[one.name.removesuffix("_total")] <= one.most
