from __future__ import annotations

import feedparser
import pytest

from streams.delivery.feeds import Recent, atom_feed
from tests.delivery.alerts import an_alert
from tests.delivery.feeds.hostile import HOSTILE
from tests.factories import NOON, a_story

ADDRESS = "https://alerts.example.org/alerts.atom"


def read(*alerts):
    feed = feedparser.parse(atom_feed(alerts, address=ADDRESS), sanitize_html=False)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


def test_a_feed_has_what_atom_asks_of_it():
    feed = read(an_alert())
    assert (feed.feed.id, feed.feed.author) == ("urn:tocsin:alerts", "tocsin")
    assert feed.feed.links[0] == {"rel": "self", "href": ADDRESS, "type": "application/atom+xml"}
    assert feed.feed.updated == "2022-05-13T12:00:00Z"
    [entry] = feed.entries
    assert entry.id == "urn:tocsin:alert:alert-1"
    assert entry.title.startswith("UNCONFIRMED [")
    assert entry.updated == entry.published == "2022-05-13T12:00:00Z"
    assert "the words of the text" in entry.content[0].value


def test_a_feed_without_alerts_is_a_feed():
    assert read().entries == []


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_of_an_article_break_the_feed(words):
    [entry] = read(an_alert(a_story(quote=words), summary=words)).entries
    assert entry.summary.split()[0] == words.split()[0]


def test_the_feeds_hold_the_latest_alerts_each_once():
    recent = Recent(most=2)
    for hour in (1, 3, 2, 3):
        recent.add(an_alert(id=f"alert-{hour}", raised_at=NOON.replace(hour=hour)))
    assert [alert.id for alert in recent.newest_first()] == ["alert-3", "alert-2"]
    assert "alert-1" in recent.raised_at
