from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry

from streams.copies import signature
from streams.metrics import Metrics
from streams.stories import Stories
from tests.factories import an_event


@pytest.fixture
def metrics():
    return Metrics(CollectorRegistry())


def tell(metrics, *events):
    stories = Stories(family=str)
    for event in events:
        story = stories.add(event)
        metrics.events.told(story)
        metrics.stories.merged(story, event.article.id)
    return len(stories)


def firsts(metrics):
    return {
        sample.labels["status"]: sample.value
        for family in metrics.registry.collect()
        if family.name == "tocsin_first_reports"
        for sample in family.samples
    }


def severity(metrics, family, polarity):
    labels = {"family": family, "polarity": polarity}
    return metrics.registry.get_sample_value("tocsin_severity_points_total", labels)


def test_ten_reports_of_one_call_are_one_first_report(metrics):
    assert tell(metrics, *[an_event(article=f"a{number}", source=f"s{number}") for number in range(10)]) == 1
    assert firsts(metrics) == {"occurred": 1}
    assert severity(metrics, "communication", "deescalatory") == an_event().severity


def test_a_plan_weighs_nothing_until_it_has_occurred(metrics):
    tell(metrics, an_event(status="planned"))
    assert firsts(metrics) == {"planned": 1}
    assert severity(metrics, "communication", "deescalatory") is None


def test_a_plan_that_came_true_is_reported_first_as_both(metrics):
    assert tell(metrics, an_event(status="planned"), an_event(article="a2", source="s2")) == 1
    assert firsts(metrics) == {"planned": 1, "occurred": 1}
    assert severity(metrics, "communication", "deescalatory") == an_event().severity


def test_events_count_by_whether_any_list_knows_who_acted(metrics):
    metrics.events.emitted(an_event())
    metrics.events.emitted(an_event(actors=()))
    value = metrics.registry.get_sample_value
    assert value("tocsin_event_actors_total", {"actor": "known"}) == 1
    assert value("tocsin_event_actors_total", {"actor": "unknown"}) == 1


def test_a_near_copy_is_told_apart_from_a_report_of_its_own(metrics):
    text = "The defence ministers spoke on the phone on Friday for the first time since February. " * 10
    sign = signature(text)
    tell(
        metrics,
        an_event(article="a1", source="s1", signature=sign),
        an_event(article="a2", source="s2", signature=sign),
        an_event(article="a3", source="s3"),
    )
    value = metrics.registry.get_sample_value
    kinds = ("begins", "near_copy", "joins")
    assert [value("tocsin_mentions_merged_total", {"kind": kind}) for kind in kinds] == [1, 1, 1]


def test_an_archive_that_is_read_late_is_no_news(metrics):
    event = an_event()
    old = event.model_copy(update={"article": event.article.model_copy(update={"backfill": True})})
    metrics.events.emitted(old)
    tell(metrics, old)
    assert firsts(metrics) == {}
    assert metrics.registry.get_sample_value("tocsin_event_actors_total", {"actor": "known"}) is None


def test_what_may_happen_is_shown_before_it_does_so_that_the_first_time_is_a_growth(metrics):
    metrics.events.begin()
    value = metrics.registry.get_sample_value
    for polarity in ("escalatory", "neutral"):
        kind = {"type": "arms_transfer", "status": "occurred", "polarity": polarity}
        assert value("tocsin_first_reports_total", kind) == 0
    planned = {"type": "arms_transfer", "status": "planned", "polarity": "escalatory"}
    assert value("tocsin_first_reports_total", planned) is None
    assert severity(metrics, "coercion", "escalatory") == 0


def test_rules_are_shown_before_they_fire(metrics):
    metrics.alerts.begin(["talks"])
    fired = {"rule": "talks", "msg_type": "Alert"}
    assert metrics.registry.get_sample_value("tocsin_alerts_emitted_total", fired) == 0
