"""Pages of several workers, read as one."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.metrics import Metrics
from streams.top.samples import read

ONE = """\
# TYPE tocsin_x_total counter
tocsin_x_total{topic="a",partition="0"} 3
tocsin_x_total{topic="b",partition="0"} 1
# TYPE tocsin_y gauge
tocsin_y{source="afp"} 5
"""
OTHER = """\
# TYPE tocsin_x_total counter
tocsin_x_total{topic="a",partition="0"} 4
tocsin_x_total{topic="a",partition="1"} 2
# TYPE tocsin_y gauge
tocsin_y{source="afp"} 7
"""


def test_counters_of_workers_add_up_and_of_gauges_the_largest_holds():
    samples = read([ONE, OTHER])
    assert samples.by("tocsin_x_total", "topic") == {"a": 9, "b": 1}
    assert samples.total("tocsin_x_total") == 10
    assert samples.total("tocsin_x_total", topic="a", partition="1") == 2
    assert samples.by("tocsin_y", "source") == {"afp": 7}


def test_a_metric_that_no_worker_has_is_nothing():
    samples = read([])
    assert (samples.by("none", "x"), samples.total("none"), samples.quantile("none", 0.5)) == ({}, 0, None)


def test_a_quantile_is_the_bound_of_the_bucket_that_it_falls_in():
    metrics = Metrics(CollectorRegistry())
    for seconds in [0.15] * 98 + [4.0, 4.0]:
        metrics.alerts.raised_after(seconds)
    samples = read([generate_latest(metrics.registry).decode()])
    assert samples.quantile("tocsin_end_to_end_seconds", 0.5) == 0.2
    assert samples.quantile("tocsin_end_to_end_seconds", 0.99) == 5


def test_what_is_no_page_of_metrics_is_refused():
    with pytest.raises(ValueError, match="nvalid"):
        read(["{nope"])
