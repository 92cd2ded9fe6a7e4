from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
import xmlschema

from schemas import Place
from streams.delivery.feeds import cap_alert, cap_feed
from tests.delivery.alerts import an_alert
from tests.delivery.feeds.hostile import HOSTILE
from tests.factories import NOON, a_story

CAP = xmlschema.XMLSchema(str(Path(__file__).with_name("cap-1.2.xsd")))


def read(alert, **raised_at):
    """Return a document, checked against the schema of CAP 1.2."""
    made = cap_alert(alert, sender="alerts.example.org", raised_at=raised_at).decode()
    CAP.validate(made)
    return CAP.to_dict(made)


@pytest.mark.parametrize("msg_type", ["Alert", "Update", "Cancel"])
def test_an_alert_is_a_valid_cap_document(msg_type):
    document = read(an_alert(msg_type=msg_type))
    assert document["msgType"] == msg_type
    assert document["sent"] == "2022-05-13T12:00:00-00:00"


@pytest.mark.parametrize("status", ["occurred", "ongoing", "planned", "conditional", "denied", "historical"])
def test_every_status_has_words_of_cap(status):
    info = read(an_alert(a_story(status=status)))["info"][0]
    assert (info["urgency"] == "Future") == (status in {"planned", "conditional"})
    assert (info["certainty"] == "Unlikely") == (status == "denied")


def test_what_changes_an_alert_refers_to_it_as_cap_does():
    changed = an_alert(id="alert-2", msg_type="Update", references=["alert-1", "long-ago"])
    document = read(changed, **{"alert-1": NOON - timedelta(hours=1)})
    assert document["references"] == "alerts.example.org,alert-1,2022-05-13T11:00:00-00:00"


def test_a_place_that_is_known_is_the_area():
    place = Place(name="Kyiv", country="UKR", lat=50.45, lon=30.52)
    [area] = read(an_alert(a_story(place=place)))["info"][0]["area"]
    assert (area["areaDesc"], area["circle"]) == ("Kyiv", ["50.45,30.52 0"])
    assert area["geocode"][0]["value"] == "UKR"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_of_an_article_break_the_document(words):
    document = read(an_alert(a_story(quote=words), summary=words))
    assert words.split()[0] in document["info"][0]["headline"]
    assert document["info"][0]["headline"].isprintable()


def test_the_feed_lists_the_documents_where_they_are_served():
    made = cap_feed([an_alert()], address="https://alerts.example.org/alerts.cap.atom")
    feed = feedparser.parse(made)
    assert not feed.bozo
    [link] = feed.entries[0].links
    assert (link.type, link.href) == ("application/cap+xml", "https://alerts.example.org/cap/alert-1.xml")
