"""What the stages count: what came in, what became of it, and why something became nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry

from schemas import Match, encode
from schemas.match import ARTICLES
from streams.alerting import Alerts, Windows, load_rules
from streams.metrics import Metrics
from streams.sources import Registry
from streams.stages import ENTERED, Correlate, InRecord, Judge, Tag, Warn, Weigh
from streams.stages.readings import Readings
from streams.stories import Stories
from streams.tagging import Tagger
from streams.tension import Dyads, contribution_of, load_watched
from tests.factories import NOON, a_story, an_event
from tests.pipeline.articles import an_article


@pytest.fixture
def metrics():
    made = Metrics(CollectorRegistry())
    made.articles.know(Registry.load())
    return made


def a_record(message, offset=0, entered=None) -> InRecord:
    headers = {} if entered is None else {ENTERED: str(round(entered * 1000)).encode()}
    return InRecord("t", 0, offset, NOON.timestamp(), b"k", encode(message), headers)


def dropped(metrics, reason):
    return metrics.registry.get_sample_value(
        "tocsin_articles_dropped_total", {"stage": "tag", "reason": reason}
    )


def passed_over(metrics, stage, reason):
    labels = {"stage": stage, "reason": reason}
    return metrics.registry.get_sample_value("tocsin_messages_passed_over_total", labels)


def test_an_article_that_tells_nothing_is_counted_by_why(metrics):
    stage = Tag(Tagger.load(["en", "fr"]), Readings(), metrics)
    stage.outputs(a_record(an_article(title="Soup", body="Simmer the lentils.", lang="en")), NOON)
    stage.outputs(a_record(an_article(title="News", body="Ministers might hold talks.", lang="en")), NOON)
    stage.outputs(a_record(an_article(title="Ukuthula", body="Sawubona mhlaba wonke.", lang="zu")), NOON)
    stage.outputs(a_record(an_article(1, retracted=True)), NOON)
    stage.outputs(a_record(an_article(2), offset=9), NOON)
    stage.outputs(a_record(an_article(2), offset=3), NOON)
    reasons = ("no_trigger", "no_event", "unsupported_language", "retracted", "outdated")
    assert {reason: dropped(metrics, reason) for reason in reasons} == dict.fromkeys(reasons, 1)


def test_what_a_text_said_and_was_no_event_is_counted_by_why(metrics):
    stage = Tag(Tagger.load(["en"]), Readings(), metrics)
    stage.outputs(a_record(an_article(title="News", body="Ministers might hold talks.", lang="en")), NOON)
    value = metrics.registry.get_sample_value
    assert value("tocsin_candidates_dropped_total", {"reason": "nobody_named"}) == 1


def test_an_article_that_comes_in_is_the_latest_of_its_source_an_archive_is_not(metrics):
    stage = Tag(Tagger.load(["fr"]), Readings(), metrics)
    stage.outputs(a_record(an_article(source="lemonde", backfill=True)), NOON)
    labels = {"source": "lemonde"}
    value = metrics.registry.get_sample_value
    assert value("tocsin_source_last_article_timestamp_seconds", labels) is None
    stage.outputs(a_record(an_article(1, source="lemonde")), NOON)
    assert value("tocsin_source_last_article_timestamp_seconds", labels) == NOON.timestamp()


def test_a_worker_that_starts_knows_when_each_source_was_heard_from(metrics):
    """Else a source that fell silent would be forgotten with every restart."""
    heard = Match(
        id="heard",
        rule=ARTICLES,
        version=1,
        subject="lemonde",
        revision=1,
        at=NOON - timedelta(days=3),
        holds=True,
    )
    Judge(Windows(load_rules(None)), metrics).restore(encode(heard))
    value = metrics.registry.get_sample_value(
        "tocsin_source_last_article_timestamp_seconds", {"source": "lemonde"}
    )
    assert datetime.fromtimestamp(value, UTC) == heard.at


def test_an_event_that_comes_again_is_counted_as_known(metrics):
    stage = Correlate(Stories(), metrics)
    for _ in range(2):
        stage.outputs(a_record(an_event()), NOON)
    assert passed_over(metrics, "stories", "known") == 1


def test_a_story_is_told_so_long_after_its_article_came_in(metrics):
    stage = Correlate(Stories(), metrics)
    stage.outputs(a_record(an_event(), entered=NOON.timestamp() - 3), NOON)
    assert metrics.registry.get_sample_value("tocsin_story_delay_seconds_sum") == pytest.approx(3)


def test_a_story_that_raises_nothing_is_counted_by_what_it_is(metrics):
    stage = Warn(Alerts(load_rules(None)), metrics)
    stage.outputs(a_record(a_story(type_="condemnation", actors=("FRA",), targets=("CHN",))), NOON)
    stage.outputs(a_record(a_story(type_="condemnation", status="historical", actors=("FRA",))), NOON)
    assert passed_over(metrics, "alert", "no_alert") == 1
    assert passed_over(metrics, "alert", "background") == 1


def test_a_contribution_that_moves_no_dyad_is_counted(metrics):
    stage = Weigh(Dyads(load_watched()), metrics)
    record = a_record(contribution_of(a_story()))
    for _ in range(2):
        stage.outputs(record, NOON)
    assert passed_over(metrics, "tension", "changes_nothing") == 1
