from __future__ import annotations

import re

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.metrics import MOST_SOURCES, OTHER, Bounded, Metrics
from tests.factories import NOON, an_event
from tests.pipeline.articles import an_article

BASE_UNITS = ("_seconds", "_bytes", "_messages", "_timestamp_seconds", "_held", "_info", "_total", "_ratio")
COUNTS = (  # named for what is counted
    "_origins",
    "_tension",
    "_tension_z",
    "_refusals_in_a_row",
    "_lines_open",
    "_lines_cut",
    "_articles",
)


@pytest.fixture
def metrics():
    return Metrics(CollectorRegistry())


def _ours(metrics):
    return [family for family in metrics.registry.collect() if family.name.startswith("tocsin_")]


def test_two_in_one_process_share_nothing(metrics):
    other = Metrics(CollectorRegistry())
    metrics.emitted(an_event())
    assert b'type="military_communication"' in generate_latest(metrics.registry)
    assert b'type="military_communication"' not in generate_latest(other.registry)


def test_sources_without_end_do_not_make_time_series_without_end(metrics):
    for number in range(MOST_SOURCES + 50):
        metrics.received(an_article(source=f"source-{number}"), NOON)
    value = metrics.registry.get_sample_value
    assert value("tocsin_articles_received_total", {"source": "source-0"}) == 1
    assert value("tocsin_articles_received_total", {"source": OTHER}) == 50


def test_a_label_seen_in_time_keeps_its_own_count():
    label = Bounded(1)
    assert [label("a"), label("b"), label("a")] == ["a", OTHER, "a"]


def test_every_name_ends_in_its_unit(metrics):
    for family in _ours(metrics):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        name = f"{name}_info" if family.type == "info" else name
        assert name.endswith(BASE_UNITS + COUNTS), name


def test_every_instrument_says_what_it_is(metrics):
    for family in _ours(metrics):
        assert re.fullmatch(r"[A-Z].*\.", family.documentation), family.name


def test_an_article_from_the_future_counts_as_new(metrics):
    metrics.received(an_article(published_at=NOON.replace(year=2100)), NOON)
    assert metrics.registry.get_sample_value("tocsin_article_age_seconds_sum") == 0


def test_the_process_itself_is_measured(metrics):
    assert metrics.registry.get_sample_value("process_resident_memory_bytes") > 0
