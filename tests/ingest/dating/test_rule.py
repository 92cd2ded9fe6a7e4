"""docs/dates.md in examples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schemas import Article
from streams.ingest.dating import Place, Said, Stamp, believe, day_in, distrusted, said

NOW = datetime(2022, 5, 14, 8, tzinfo=UTC)
EVENING = datetime(2022, 5, 13, 20, tzinfo=UTC)


def dates(*published, **times):
    return believe(published, **{"fetched_at": NOW} | times)


def by(place, text):
    (one,) = said(place, text)
    return one


def in_url(path):
    return Said(Place.URL, day_in(f"https://a.example{path}"))


def test_the_more_trustworthy_place_is_believed():
    feed, ld = by(Place.FEED, "2022-05-13T21:00:00Z"), by(Place.JSON_LD, "2022-05-13T20:00:00Z")
    assert dates(feed, ld).published_at == EVENING
    assert dates(feed, ld).date_flags == ()


def test_a_day_without_a_time_takes_the_time_of_that_day_from_the_next_place():
    day, feed = by(Place.META, "2022-05-13"), by(Place.FEED, "2022-05-13T20:00:00Z")
    assert (dates(day, feed).published_at, dates(day, feed).date_flags) == (EVENING, ())
    assert dates(day).date_flags == ("only_day",)
    other_day = by(Place.FEED, "2022-05-12T20:00:00Z")
    assert dates(day, other_day).published_at == datetime(2022, 5, 13, tzinfo=UTC)


def test_an_undated_article_counts_from_when_it_was_first_seen_and_says_so():
    first = NOW - timedelta(days=3)
    told = dates(first_seen_at=first)
    assert (told.published_at, told.date_flags) == (first, ("undated",))


def test_of_an_undated_page_the_server_may_know_an_earlier_day():
    told = dates(by(Place.HTTP, "Mon, 04 Mar 2019 10:00:00 GMT"))
    assert told.published_at == datetime(2019, 3, 4, 10, tzinfo=UTC)
    assert told.date_flags == ("undated", "from_http")


def test_a_date_ahead_of_the_clock_is_not_believed():
    ahead, time = by(Place.META, "2023-01-01T00:00:00Z"), by(Place.TIME, "2022-05-13T20:00:00Z")
    assert (dates(ahead, time).published_at, dates(ahead, time).date_flags) == (EVENING, ("future",))
    assert dates(ahead).date_flags == ("undated", "future")
    assert dates(ahead).published_at == NOW


def test_a_clock_a_little_ahead_and_a_local_time_of_the_east_are_taken_as_now():
    a_little = Said(Place.FEED, Stamp(NOW + timedelta(minutes=10)))
    eastern = Said(Place.FEED, Stamp(NOW + timedelta(hours=8), no_zone=True))
    assert (dates(a_little).published_at, dates(a_little).date_flags) == (NOW, ())
    assert (dates(eastern).published_at, dates(eastern).date_flags) == (NOW, ("no_zone",))


def test_a_date_later_than_the_address_tells_is_a_new_date_for_old_news():
    told = dates(by(Place.JSON_LD, "2022-05-14T06:00:00Z"), in_url("/2019/03/04/a"))
    assert told.published_at == datetime(2019, 3, 4, tzinfo=UTC)
    assert told.date_flags == ("redated", "from_url", "only_day")


@pytest.mark.parametrize("day", ["/2022/05/12/a", "/2022/05/13/a", "/2022/05/14/a"])
def test_an_address_of_about_the_same_day_changes_nothing(day):
    told = dates(by(Place.JSON_LD, "2022-05-13T20:00:00Z"), in_url(day))
    assert (told.published_at, told.date_flags) == (EVENING, ())


def test_what_was_seen_before_the_date_it_states_now_was_dated_anew():
    told = dates(by(Place.JSON_LD, "2022-05-14T06:00:00Z"), first_seen_at=EVENING)
    assert (told.published_at, told.date_flags) == (EVENING, ("redated",))


def test_a_change_is_kept_when_it_comes_after_and_not_from_the_future():
    published = [by(Place.JSON_LD, "2022-05-13T20:00:00Z")]

    def modified(*texts):
        changes = [by(Place.META, text) for text in texts]
        return believe(published, changes, fetched_at=NOW).modified_at

    assert modified("2022-05-13T21:00:00Z", "2022-05-13T22:00:00Z") == datetime(2022, 5, 13, 22, tzinfo=UTC)
    assert modified("2022-05-13T19:00:00Z") is None
    assert modified("2023-05-13T19:00:00Z") is None


def test_the_four_times_are_kept_apart():
    told = dates(by(Place.FEED, "2022-05-13T20:00:00Z"), first_seen_at=NOW - timedelta(hours=2))
    assert told.published_at < told.first_seen_at < told.fetched_at


def test_an_article_that_comes_with_a_date_ahead_of_the_clock_is_not_believed_either():
    sent = Article(id="a", body="b", published_at=NOW + timedelta(days=30), fetched_at=NOW)
    assert distrusted(sent).published_at == NOW
    assert distrusted(sent).date_flags == ["undated", "future"]
    as_it_should_be = sent.model_copy(update={"published_at": EVENING})
    assert distrusted(as_it_should_be) is as_it_should_be
