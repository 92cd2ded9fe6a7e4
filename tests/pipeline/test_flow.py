"""Articles in, alerts out, on a real broker."""

from __future__ import annotations

import pytest

from schemas import Alert, Event, Story, decode
from schemas.topics import ALERTS, EVENTS, STORIES
from tests.pipeline.articles import an_article, ids_by_core
from tests.pipeline.line import Line

ARTICLES = [an_article(number) for number in range(20)]


@pytest.fixture(scope="module")
def line(broker, tmp_path_factory):
    """A line that these articles went through."""
    opened = Line(broker.clean(), tmp_path_factory.mktemp("line"))
    opened.start_worker()
    opened.publish(*ARTICLES)
    opened.drain()
    yield opened
    opened.close()


def test_articles_become_events_stories_and_alerts_as_the_core_has_them(line):
    assert line.ids() == ids_by_core(ARTICLES)
    assert line.count(ALERTS) > 0
    assert line.deadletters() == []


def test_the_same_articles_twice_add_no_story_and_no_alert(line):
    once, stories, alerts = line.ids(), line.count(STORIES), line.count(ALERTS)
    line.publish(*ARTICLES)
    line.drain()
    assert line.ids() == once
    assert (line.count(STORIES), line.count(ALERTS)) == (stories, alerts)


def test_every_message_names_its_kind_and_its_id_in_cloudevents_headers(line):
    for topic, model, kind in ((EVENTS, Event, "event"), (STORIES, Story, "story"), (ALERTS, Alert, "alert")):
        for record in line.records(topic):
            headers = dict(record.headers)
            assert headers["ce_type"] == f"dev.tocsin.{kind}.v1".encode()
            assert headers["ce_subject"].decode() == decode(model, record.value).id


def test_a_story_and_its_alerts_stay_on_the_partition_of_its_events(line):
    of_event = {decode(Event, record.value).id: record.partition for record in line.records(EVENTS)}
    of_story = {}
    for record in line.records(STORIES):
        story = decode(Story, record.value)
        of_story[story.id] = record.partition
        assert {of_event[event] for event in story.events} == {record.partition}
    told = [(record.partition, decode(Alert, record.value).story) for record in line.records(ALERTS)]
    assert all(partition == of_story[story.id] for partition, story in told if story)
    assert any(story for _, story in told)  # rules over several stories have a partition of their own
