from __future__ import annotations

import re

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from streams.metrics import Metrics
from tests.factories import an_event

BASE_UNITS = (
    "_seconds",
    "_bytes",
    "_messages",
    "_timestamp_seconds",
    "_held",
    "_info",
    "_total",
    "_ratio",
    "_days",
)
COUNTS = (  # named for what is counted
    "_origins",
    "_tension",
    "_tension_z",
    "_tension_median",
    "_tension_spread",
    "_stories",
    "_refusals_in_a_row",
    "_lines_open",
    "_lines_cut",
)


@pytest.fixture
def metrics():
    return Metrics(CollectorRegistry())


def test_two_in_one_process_share_nothing(metrics):
    other = Metrics(CollectorRegistry())
    metrics.events.emitted(an_event())
    assert b'type="military_communication"' in generate_latest(metrics.registry)
    assert b'type="military_communication"' not in generate_latest(other.registry)


def test_every_name_ends_in_its_unit(metrics):
    for one in metrics.make.made:
        assert one.name.endswith(BASE_UNITS + COUNTS), one.name


def test_every_instrument_says_what_it_is(metrics):
    for one in metrics.make.made:
        assert re.fullmatch(r"[A-Z].*\.", one.about), one.name


def test_the_list_of_instruments_is_what_is_exported(metrics):
    endings = {"counter": "_total", "info": "_info"}
    exported = {
        family.name + endings.get(family.type, "")
        for family in metrics.registry.collect()
        if family.name.startswith("tocsin_")
    }
    assert {one.name for one in metrics.make.made} == exported


def test_no_series_tells_when_a_counter_was_made(metrics):
    metrics.events.emitted(an_event())
    assert b"_created" not in generate_latest(metrics.registry)


def test_the_process_itself_is_measured(metrics):
    assert metrics.registry.get_sample_value("process_resident_memory_bytes") > 0
