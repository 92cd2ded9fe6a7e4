from __future__ import annotations

from datetime import UTC, datetime, timedelta

from schemas import Match
from schemas.match import ARTICLES
from schemas.topics import ALERTS, EVENTS, MATCHES, STORIES
from streams.web.filters import Filter
from tests.delivery.alerts import an_alert
from tests.factories import NOON, a_story, an_event
from tests.web.made import a_picture, message, told


def heard(source, at):
    return Match(id=source, rule=ARTICLES, version=1, subject=source, revision=1, at=at, holds=True)


def test_what_was_told_before_is_kept_and_not_told():
    picture = a_picture()
    picture.live = False
    listener = picture.hub.listen(Filter())
    picture.take(message(STORIES, a_story()))
    picture.begin()
    assert told(listener) == []
    assert len(picture.history) == 1


def test_a_story_that_comes_is_told_once():
    picture = a_picture()
    listener = picture.hub.listen(Filter())
    for _ in range(2):
        picture.take(message(STORIES, a_story()))
    assert told(listener) == ["story"]


def test_an_alert_is_told_and_the_card_of_its_story_again():
    picture, story = a_picture(), a_story()
    picture.take(message(STORIES, story))
    listener = picture.hub.listen(Filter())
    picture.take(message(ALERTS, an_alert(story)))
    assert told(listener) == ["alert", "story"]
    assert picture.history.get(story.id).rules == ("talks",)


def test_a_story_that_its_topic_holds_no_more_is_gone():
    picture, story = a_picture(), a_story()
    picture.take(message(STORIES, story))
    listener = picture.hub.listen(Filter())
    picture.take(message(STORIES, None, key=story.id))
    assert told(listener) == ["gone"]
    assert picture.history.get(story.id) is None


def test_revisions_are_held_with_what_they_changed():
    picture = a_picture()
    first, second = an_event(), an_event(article="article-2", source="source-2", attributes={"killed": 3})
    story = a_story(first, second)
    picture.take(message(STORIES, a_story(first)))
    picture.take(message(STORIES, story))
    [revision] = picture.revisions.of(story.id)
    assert revision.revision == story.revision
    assert [change.field for change in revision.changes] == [change.field for change in story.changes]


def test_a_message_that_cannot_be_read_is_passed_over():
    picture = a_picture()
    for topic in (STORIES, ALERTS, MATCHES):
        picture.take(message(topic, b'{"rule":"articles","nonsense":'))
    picture.take(message(EVENTS, b"nonsense"))
    assert len(picture.history) == 0


def test_data_that_is_old_is_stale_and_topics_that_are_silent_have_failed():
    picture = a_picture(stale_after=600)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    assert picture.status(now, failed=False).state == "stale"
    picture.take(message(MATCHES, heard("afp", now - timedelta(minutes=5))))
    status = picture.status(now, failed=False)
    assert (status.state, status.data_age_seconds) == ("ok", 300)
    assert picture.status(now + timedelta(minutes=6), failed=False).state == "stale"
    assert picture.status(now, failed=True).state == "failed"
    picture.live = False
    assert picture.status(now, failed=False).state == "starting"


def test_the_status_names_the_rules_that_fire():
    picture = a_picture()
    picture.take(message(ALERTS, an_alert()))
    assert [rule.rule for rule in picture.status(NOON, failed=False).rules_firing] == ["talks"]
