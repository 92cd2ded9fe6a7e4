"""What an article says happened today is not sure when nobody knows which day that was."""

from datetime import UTC, datetime

import pytest

from schemas import Article
from schemas.article import DateFlag
from streams.tagging import Tagger

SEEN = datetime(2022, 5, 14, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def the_event(tagger, text, *flags, **times):
    article = Article(
        id="a",
        title="",
        body=text,
        lang="en",
        published_at=SEEN,
        date_flags=flags,
        **{"fetched_at": SEEN} | times,
    )
    (event,) = tagger.tag(article, now=SEEN).events
    return event


@pytest.mark.parametrize("when", ["", " yesterday", " on Friday", " on 12 May"])
def test_a_day_that_counts_from_an_unknown_day_is_unknown(tagger, when):
    text = f"Russia launched a missile strike on Ukraine{when}."
    assert the_event(tagger, text).event_date.precision == "day"
    assert the_event(tagger, text, DateFlag.UNDATED).event_date.precision == "unknown"


def test_a_day_that_is_named_with_its_year_is_known_whenever_it_was_published(tagger):
    text = "Russia launched a missile strike on Ukraine on 12 May 2022."
    when = the_event(tagger, text, DateFlag.UNDATED).event_date
    assert (when.start.isoformat(), when.precision) == ("2022-05-12", "day")


def test_old_news_under_a_new_date_is_told_as_from_an_archive(tagger):
    text = "Russia launched a missile strike on Ukraine."
    old = {"published_at": datetime(2019, 3, 4, tzinfo=UTC)}
    told = Article(id="a", body=text, lang="en", fetched_at=SEEN, date_flags=[DateFlag.REDATED], **old)
    (event,) = tagger.tag(told, now=SEEN).events
    assert event.article.backfill
    assert not the_event(tagger, text, DateFlag.REDATED).article.backfill
