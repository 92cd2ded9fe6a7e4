from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from streams.metrics import OTHER, Metrics
from streams.sources import Registry
from streams.sources.source import Source
from tests.factories import NOON
from tests.pipeline.articles import an_article


@pytest.fixture
def metrics():
    made = Metrics(CollectorRegistry())
    known = Source(
        id="lemonde",
        name="Le Monde",
        domains=["lemonde.fr"],
        langs=["fr"],
        kind="newspaper",
        tier=1,
        expected_interval=timedelta(minutes=15),
    )
    quiet = Source(id="quiet", name="Quiet", langs=["fr"], kind="magazine", tier=2)
    made.articles.know(Registry([known, quiet]))
    return made


def value(metrics, name, **labels):
    return metrics.registry.get_sample_value(name, labels)


def test_a_source_is_named_by_its_id_however_the_article_names_it(metrics):
    for source in ("lemonde", "lemonde.fr", "www.lemonde.fr"):
        metrics.articles.received(an_article(source=source), NOON)
    assert value(metrics, "tocsin_articles_received_total", source="lemonde") == 3


def test_sources_that_the_registry_does_not_name_count_as_one(metrics):
    for number in range(1000):
        metrics.articles.received(an_article(source=f"source-{number}"), NOON)
        metrics.articles.heard(f"source-{number}", NOON.timestamp())
    assert value(metrics, "tocsin_articles_received_total", source=OTHER) == 1000
    assert value(metrics, "tocsin_source_last_article_timestamp_seconds", source=OTHER) is None


def test_the_latest_article_of_a_source_is_told_with_its_rhythm(metrics):
    for at in (1000.0, 2000.0, 1500.0):
        metrics.articles.heard("lemonde", at)
    assert value(metrics, "tocsin_source_last_article_timestamp_seconds", source="lemonde") == 2000
    assert value(metrics, "tocsin_source_expected_interval_seconds", source="lemonde") == 900


def test_a_source_without_a_known_rhythm_is_told_without_one(metrics):
    metrics.articles.heard("quiet", 1000.0)
    assert value(metrics, "tocsin_source_last_article_timestamp_seconds", source="quiet") == 1000
    assert value(metrics, "tocsin_source_expected_interval_seconds", source="quiet") is None


def test_a_source_that_was_never_heard_from_is_not_told_of(metrics):
    assert value(metrics, "tocsin_source_expected_interval_seconds", source="lemonde") is None


def test_what_a_source_yields_is_counted(metrics):
    metrics.articles.tagged("events", "fr", "lemonde", 3)
    metrics.articles.tagged("nothing", "fr", "lemonde")
    assert value(metrics, "tocsin_source_events_total", source="lemonde") == 3
    assert value(metrics, "tocsin_articles_tagged_total", outcome="nothing", lang="fr") == 1


def test_an_article_from_the_future_counts_as_new(metrics):
    metrics.articles.received(an_article(published_at=NOON.replace(year=2100)), NOON)
    assert value(metrics, "tocsin_article_age_seconds_sum") == 0
