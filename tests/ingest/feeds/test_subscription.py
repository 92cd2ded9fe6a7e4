from __future__ import annotations

import pytest

from streams.ingest.feeds.subscription import NoAuthorization, NoFeeds, subscriptions
from streams.sources import Registry
from streams.sources.source import Fetching, Source

PLAIN = {"name": "A", "langs": ["en", "fr"], "kind": "online", "tier": 2}


def a_source(id_="aa", **fields) -> Source:
    return Source.model_validate(PLAIN | {"id": id_, "feeds": [f"https://{id_}.test/feed"]} | fields)


def test_every_feed_of_every_source_is_polled():
    sources = [
        a_source(),
        a_source("bb", feeds=["https://b.test/1", "https://b.test/2"]),
        a_source("cc", feeds=[]),
    ]
    found = subscriptions(sources, environment={})
    assert [(one.source, one.url) for one in found] == [
        ("aa", "https://aa.test/feed"),
        ("bb", "https://b.test/1"),
        ("bb", "https://b.test/2"),
    ]
    assert len({one.key for one in found}) == 3


def test_a_source_says_how_it_is_fetched():
    how = Fetching(full_text="never", robots=False, spacing=5, authorization_env="A_TOKEN")
    source = a_source(fetching=how, expected_interval="PT1H", langs=["uk"])
    (one,) = subscriptions([source], environment={"A_TOKEN": "Bearer hush"})
    assert (one.full_text, one.robots, one.spacing, one.authorization) == ("never", False, 5, "Bearer hush")
    assert (one.expected, one.lang) == (3600, "uk")


def test_user_and_password_of_an_address_are_sent_as_a_header_and_kept_out_of_the_address():
    (one,) = subscriptions([a_source(feeds=["https://me:hush@a.test/feed"])], environment={})
    assert (one.url, one.authorization) == ("https://a.test/feed", "Basic bWU6aHVzaA==")


def test_a_feed_without_its_secret_is_told_before_anything_is_polled():
    source = a_source(fetching=Fetching(authorization_env="A_TOKEN"))
    with pytest.raises(NoAuthorization, match="source aa: the environment has no A_TOKEN"):
        subscriptions([source], environment={})


def test_one_source_may_be_polled_alone():
    (one,) = subscriptions([a_source(), a_source("bb")], only=["bb"], environment={})
    assert one.source == "bb"


def test_a_source_that_is_not_known_is_told_with_what_was_probably_meant():
    with pytest.raises(NoFeeds, match="no source is called lemond; did you mean lemonde"):
        subscriptions(Registry.load(), only=["lemond"], environment={})


def test_sources_without_feeds_are_told():
    with pytest.raises(NoFeeds, match="none of these sources has feeds"):
        subscriptions([a_source(feeds=[])], environment={})


def test_more_than_a_hundred_and_twenty_sources_ship_with_feeds():
    assert len({one.source for one in subscriptions(Registry.load(), environment={})}) >= 120
