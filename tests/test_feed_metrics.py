from __future__ import annotations

from types import SimpleNamespace

from prometheus_client import CollectorRegistry

from streams.feed_metrics import OUTCOMES, FeedMetrics
from streams.fetching import Fault

STATE = SimpleNamespace(last_success=2.0, last_new=1.0)


def poll(metrics, source, result="new"):
    metrics.polled(source, SimpleNamespace(result=result, items=dict.fromkeys(OUTCOMES, 1)), STATE, took=1.0)


def test_whatever_sources_and_results_come_the_budget_holds():
    metrics = FeedMetrics(CollectorRegistry())
    for number in range(1_500):
        poll(metrics, f"source-{number}", f"result-{number}")
    for fault in Fault:
        poll(metrics, "source-0", fault)
    made = {family.name: len(family.samples) for family in metrics.registry.collect()}
    for one in metrics.make.made:
        assert 0 < made[one.name.removesuffix("_total")] <= one.most


def test_sources_that_are_not_polled_here_are_not_named():
    metrics = FeedMetrics(CollectorRegistry())
    metrics.name_only(["afp"])
    poll(metrics, "afp")
    poll(metrics, "reuters")
    value = metrics.registry.get_sample_value
    assert value("tocsin_source_fetches_total", {"source": "afp", "result": "new"}) == 1
    assert value("tocsin_source_fetches_total", {"source": "other", "result": "new"}) == 1
    assert value("tocsin_source_fetches_total", {"source": "reuters", "result": "new"}) is None
