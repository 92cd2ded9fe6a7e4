from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from schemas import Feedback, decode
from schemas.topics import FEEDBACK, SILENCES
from tests.factories import a_story
from tests.pipeline.waiting import wait_for
from tests.web.conftest import TOKEN
from tests.web.site import Site

ALLOWED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def stream(site):
    """Open a stream that is closed with the test."""
    opened = []

    def listen(query="", **headers):
        opened.append(site.stream(query, **headers))
        wait_for(lambda: opened[-1].begun, "the stream to begin")
        return opened[-1]

    yield listen
    for one in opened:
        one.close()


def test_stories_told_before_it_started_are_in_the_feed(site, world):
    ids = {card["id"] for card in site.get("/stories")["items"]}
    assert {world.story.id, *(story.id for story in world.days)} <= ids


def test_a_story_that_comes_is_in_front_of_the_feed(site):
    site.tell(story := a_story(actors=["FRA"], targets=["DEU"]))
    wait_for(lambda: site.get("/stories?limit=1")["items"][0]["id"] == story.id, "the story")


def test_a_browser_is_told_of_a_story_that_its_filters_let_through(site, stream):
    listening = stream("?dyad=IRN-ISR")
    assert listening.headers["Content-Type"] == "text/event-stream"
    site.tell(a_story(actors=["POL"], targets=["BLR"]), told := a_story(actors=["ISR"], targets=["IRN"]))
    wait_for(lambda: listening.of("story"), "the story")
    assert [card["id"] for card in listening.of("story")] == [told.id]


def test_a_browser_that_comes_back_is_told_what_it_missed(site, stream):
    first = stream("?dyad=GRC-TUR,ARM-AZE")
    site.tell(a_story(actors=["GRC"], targets=["TUR"]))
    wait_for(lambda: first.of("story"), "the first story")
    last = next(id_ for kind, id_, _ in first.events if kind == "story")
    first.close()
    kept = site.get("/status")["stories_kept"]
    site.tell(other := a_story(actors=["ARM"], targets=["AZE"]))
    wait_for(lambda: site.get("/status")["stories_kept"] > kept, "the second story")
    again = stream("?dyad=GRC-TUR,ARM-AZE", **{"Last-Event-ID": last})
    wait_for(lambda: again.of("story"), "what was missed")
    assert [card["id"] for card in again.of("story")] == [other.id]
    assert not again.of("reset")


def test_a_story_page_shows_mentions_that_only_the_topic_of_events_holds(site, world):
    page = site.get(f"/stories/{world.story.id}")
    assert {mention["event_id"] for mention in page["mentions"]} == {event.id for event in world.events}
    assert page["mentions"][0]["event_id"] == world.story.lead.id
    assert page["card"]["id"] == world.story.id
    assert {
        article["id"]
        for origin in page["origins"]
        for source in origin["sources"]
        for article in source["articles"]
    } == {f"article-{number}" for number in range(9)}
    assert {rule["id"] for rule in page["rules"]} >= {"military-contact-made"}
    assert page["codes"]["cameo"]


def test_a_story_that_is_not_kept_is_not_found(site):
    status, headers, body = site.ask("/api/v1/stories/nothing")
    assert status == 404
    assert json.loads(body)["error"]["code"] == "not_found"
    assert headers["Content-Type"].startswith("application/json")


def test_a_dyad_page_shows_the_days_gone_by(site, world):
    told = site.get("/dyads/RUS-USA")
    days = [point["at"] for point in told["series"]]
    assert (days[0], days[-1]) == ("2022-05-13", "2022-06-22")
    assert len(days) == 41
    silent = datetime.now(UTC).date() - date.fromisoformat(told["contact"]["channels"][0]["day"])
    assert told["contact"]["days_since"] == silent.days
    assert {event["story"] for event in told["events"]} == {story.id for story in world.days}


def test_rules_are_tried_on_the_events_that_the_topic_holds(site):
    rule = "rules: [{id: talks, version: 1, title: T, description: d, match: '\"RUS-USA\" in dyads'}]"
    status, _, body = site.ask("/api/v1/rules/backtest", rule)
    told = json.loads(body)
    assert status == 200, told
    assert told["alerts"] == 3
    assert sum(day["alerts"] for day in told["per_day"]) == 3
    assert told["samples"][0]["quote"] == "the words of the text"


def test_feedback_with_the_token_ends_on_its_topic(site, world):
    said = json.dumps({"story": world.story.id, "verdict": "wrong-date", "note": "it was Friday"})
    assert site.ask("/api/v1/feedback", said)[0] == 401
    assert site.ask("/api/v1/feedback", said, **ALLOWED)[0] == 201
    [record] = site.broker.records(FEEDBACK)
    feedback = decode(Feedback, record.value)
    assert (feedback.verdict.value, feedback.type) == ("wrong-date", "leader_communication")
    wait_for(lambda: site.get(f"/stories/{world.story.id}").get("verdict") == "wrong-date", "the verdict")


def test_a_silence_can_be_made_and_ended(site):
    said = json.dumps({"match": {"dyad": ["USA-RUS"]}, "lasts": "2h", "reason": "an exercise"})
    status, _, body = site.ask("/api/v1/silences", said, **ALLOWED)
    assert status == 201
    id_ = json.loads(body)["id"]
    wait_for(lambda: site.get("/silences")["items"], "the silence")
    assert site.ask(f"/api/v1/silences/{id_}", method="DELETE", **ALLOWED)[0] == 200
    wait_for(lambda: not site.get("/silences")["items"][0]["holds"], "its end")
    assert len(site.broker.records(SILENCES)) == 2


def test_a_silence_of_everything_is_refused(site):
    said = json.dumps({"match": {}, "lasts": "2h", "reason": "all of it"})
    status, _, body = site.ask("/api/v1/silences", said, **ALLOWED)
    assert (status, json.loads(body)["error"]["parameter"]) == (400, "match")


def test_every_answer_is_hardened(site, stream):
    for path in ("/api/v1/status", "/api/v1/nothing", "/static/nothing.js", "/metrics"):
        _, headers, _ = site.ask(path)
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
    assert stream().headers["Content-Security-Policy"]


def test_a_name_that_is_not_ours_and_a_parameter_that_makes_no_sense_are_refused(site):
    assert site.ask("/api/v1/status", Host="evil.example")[0] == 421
    status, _, body = site.ask("/api/v1/stories?polarity=up")
    assert (status, json.loads(body)["error"]["parameter"]) == (400, "polarity")


def test_it_says_what_it_keeps_and_how_late_it_tells(site, stream):
    listening = stream()
    site.tell(a_story(actors=["CHN"], targets=["IND"]))
    wait_for(lambda: listening.of("story"), "the story")
    kept = site.get("/status")["stories_kept"]
    said = site.ask("/metrics")[2].decode()
    assert f"tocsin_web_stories_kept {kept:.1f}" in said
    assert "tocsin_web_clients 1.0" in said or "tocsin_web_clients 2.0" in said
    assert "tocsin_web_story_to_stream_seconds_bucket" in said


def test_brokers_that_do_not_answer_are_told_and_the_page_stays(bare_broker, tmp_path):
    bare_broker.provision()
    page = Site(bare_broker, tmp_path).ready()
    bare_broker.embedded.process.kill()
    wait_for(lambda: page.get("/status")["state"] == "failed", "the failure")
    assert page.ask("/readyz")[0] == 503
    assert page.ask("/healthz")[0] == 200
    assert page.stop() == 0


def test_it_ends_when_told_to_with_browsers_that_listen(broker, tmp_path):
    page = Site(broker, tmp_path).ready()
    listening = page.stream()
    wait_for(lambda: listening.of("status"), "the status")
    assert page.stop() == 0
