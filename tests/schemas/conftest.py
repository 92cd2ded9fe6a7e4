"""One valid message of each kind; a test says only what it is about."""

from __future__ import annotations

from typing import Any

import pytest

from schemas import (
    Alert,
    Article,
    Contribution,
    Delivery,
    Dyad,
    Event,
    Feedback,
    Match,
    Reading,
    Silence,
    Story,
    Thread,
    Withdrawal,
)
from schemas.brief import brief_of

TEXT = {"title": "Austin appelle Choïgou", "body": "Le chef du Pentagone a demandé un cessez-le-feu."}
QUOTE = {"quote": TEXT["body"], "start": 23, "end": 71, "lang": "fr", "trigger": "demandé un cessez-le-feu"}


@pytest.fixture
def article():
    def make(**changes: Any) -> Article:
        return Article.model_validate(
            {"id": "a1", "source": "lemonde", **TEXT, "published_at": "2022-05-13T20:00:00Z"} | changes
        )

    return make


@pytest.fixture
def event():
    def make(**changes: Any) -> Event:
        return Event.model_validate(
            {
                "id": "e1",
                "type": "call_for_ceasefire",
                "family": "diplomacy",
                "polarity": "deescalatory",
                "severity": 3,
                "status": "occurred",
                "actors": [{"id": "USA", "name": "Le chef du Pentagone", "start": 23, "end": 43}],
                "targets": [{"id": "RUS", "name": "Choïgou"}],
                "event_date": {"start": "2022-05-13", "end": "2022-05-13", "precision": "day"},
                "place": {"name": "Moscou", "country": "RUS", "lat": 55.75, "lon": 37.62},
                "claim": {"kind": "official", "by": "USA"},
                "evidence": QUOTE,
                "attributes": {"gap_days": 84, "scheduled": False, "stage": "first"},
                "confidence": 0.8,
                "codes": {"cameo": "0214", "goldstein": 3.4, "quadclass": 1},
                "article": {"id": "a1", "source": "lemonde", "published_at": "2022-05-13T20:00:00Z"},
                "tagged_at": "2022-05-13T20:01:00Z",
                "taxonomy": "1",
                "tagger": "1",
            }
            | changes
        )

    return make


@pytest.fixture
def story(event):
    def make(**changes: Any) -> Story:
        lead = event()
        return Story.model_validate(
            {
                "id": "s1",
                "revision": 1,
                **lead.model_dump(include={"type", "family", "polarity", "severity", "status", "taxonomy"}),
                **lead.model_dump(include={"actors", "targets", "event_date", "confidence"}),
                "dyads": ["RUS-USA"],
                "headline": "USA calls for a ceasefire",
                "first_seen": "2022-05-13T20:00:00Z",
                "last_seen": "2022-05-13T20:00:00Z",
                "origins": 1,
                "mentions": 1,
                "sources": ["lemonde"],
                "langs": ["fr"],
                "articles": ["a1"],
                "events": ["e1"],
                "evidence": [{"event": "e1", "source": "lemonde", "evidence": QUOTE}],
                "novelty": "first",
                "lead": lead,
            }
            | changes
        )

    return make


@pytest.fixture
def alert(story):
    def make(**changes: Any) -> Alert:
        about = story()
        return Alert.model_validate(
            {
                "id": "al1",
                "rule": {"id": "ceasefire", "version": 1, "title": "A ceasefire is called for"},
                "condition": 'story.type == "call_for_ceasefire"',
                "why": [{"name": "story.type", "value": "call_for_ceasefire"}],
                "story": about,
                **about.model_dump(include={"severity", "polarity", "status"}),
                "summary": "USA called for a ceasefire.",
                "evidence": about.evidence,
                "dedup_key": "ceasefire:s1",
                "raised_at": "2022-05-13T20:02:00Z",
            }
            | changes
        )

    return make


@pytest.fixture
def withdrawal():
    def make(**changes: Any) -> Withdrawal:
        sound = {"id": "w1", "article": "a1", "reason": "revised", "withdrawn_at": "2022-05-13T21:00:00Z"}
        return Withdrawal.model_validate(sound | changes)

    return make


@pytest.fixture
def reading():
    def make(**changes: Any) -> Reading:
        times = dict.fromkeys(("published_at", "read_at"), "2022-05-13T21:00:00Z")
        sound = {"id": "a1", "text": "t1", "offset": 3, "blocks": ["ceasefire_call"]}
        return Reading.model_validate(sound | times | changes)

    return make


@pytest.fixture
def contribution():
    def make(**changes: Any) -> Contribution:
        sound = {
            "id": "s1",
            "revision": 2,
            "type": "military_communication",
            "family": "communication",
            "polarity": "deescalatory",
            "severity": 3,
            "status": "occurred",
            "actors": ["USA"],
            "targets": ["RUS"],
            "event_date": {"start": "2022-05-13", "end": "2022-05-13", "precision": "day"},
            "first_seen": "2022-05-13T20:00:00Z",
            "last_seen": "2022-05-13T21:00:00Z",
            "origins": 1,
            "mentions": 2,
            "attributes": {"gap_days": 84},
            "headline": "USA spoke with RUS",
        }
        return Contribution.model_validate(sound | changes)

    return make


@pytest.fixture
def dyad():
    def make(**changes: Any) -> Dyad:
        few = {"stories": 1, "no_z": "few_days"}
        sound = {
            "id": "RUS-USA",
            "sides": ["RUS", "USA"],
            "as_of": "2022-05-13",
            "formula": "1",
            "tension": {"direction": "RUS-USA", "value": -3.0, **few},
            "directed": [
                {"direction": "RUS>USA", "value": 0.0, "stories": 0, "no_z": "few_days"},
                {"direction": "USA>RUS", "value": -3.0, **few},
            ],
            "window": {
                "start": "2022-05-13",
                "monitored_days": 1,
                "baseline_days": 0,
                "relative_volume": 1.0,
            },
            "contacts": [
                {
                    "channel": "military",
                    "day": "2022-05-13",
                    "precision": "day",
                    "background": False,
                    "story": "s1",
                    "headline": "USA spoke with RUS",
                    "silence_days": 0,
                }
            ],
            "silence_days": 0,
            "refusals": {"in_a_row": 0},
            "lines": [
                {
                    "name": "hotline",
                    "state": "open",
                    "since": "2022-03-01",
                    "background": True,
                    "story": "s2",
                    "headline": "A hotline was opened",
                }
            ],
            "lines_open": 1,
            "lines_cut": 0,
        }
        return Dyad.model_validate(sound | changes)

    return make


@pytest.fixture
def delivery(alert):
    def make(**changes: Any) -> Delivery:
        sound = {
            "id": "d1",
            "receiver": "desk",
            "outcome": "queued",
            "because": "to be sent",
            "brief": brief_of(alert()),
            "place": {"partition": 0, "offset": 7},
            "decided_at": "2022-05-13T20:02:01Z",
        }
        return Delivery.model_validate(sound | changes)

    return make


@pytest.fixture
def silence():
    def make(**changes: Any) -> Silence:
        times = {"starts_at": "2022-05-13T20:00:00Z", "ends_at": "2022-05-14T20:00:00Z"}
        sound = {"id": "si1", "match": {"dyad": ["RUS-USA"]}, "author": "anna", "reason": "an exercise"}
        return Silence.model_validate(sound | times | changes)

    return make


@pytest.fixture
def feedback():
    def make(**changes: Any) -> Feedback:
        sound = {"id": "f1", "story": "s1", "verdict": "wrong-date", "author": "anna"}
        told = {"type": "call_for_ceasefire", "rules": ["ceasefire"], "sources": ["lemonde"]}
        return Feedback.model_validate(sound | told | {"given_at": "2022-05-14T08:00:00Z"} | changes)

    return make


@pytest.fixture
def match():
    def make(**changes: Any) -> Match:
        sound = {"id": "m1", "rule": "storm", "version": 1, "group": {"dyad": "RUS-UKR"}, "subject": "s1"}
        sound |= {"revision": 1, "at": "2022-05-13T20:00:00Z", "holds": True, "values": ["KIV"]}
        return Match.model_validate(sound | changes)

    return make


@pytest.fixture
def thread():
    def make(**changes: Any) -> Thread:
        sound = {"id": "t1", "kind": "story", "rule": "storm", "version": 1, "subject": "s1", "first": "al1"}
        return Thread.model_validate(sound | {"last": "al1", "messages": 1, "toll": {"killed": 3}} | changes)

    return make


@pytest.fixture
def messages(
    article,
    event,
    withdrawal,
    reading,
    story,
    contribution,
    dyad,
    match,
    thread,
    alert,
    delivery,
    silence,
    feedback,
):
    kinds = (
        article,
        event,
        withdrawal,
        reading,
        story,
        contribution,
        dyad,
        match,
        thread,
        alert,
        delivery,
        silence,
        feedback,
    )
    return [kind() for kind in kinds]
