"""Which day a sentence says that it happened on."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from schemas import Article
from streams.tagging import Tagger


@pytest.mark.parametrize(
    ("lang", "sentence", "day"),
    [
        ("en", "Russian missiles yesterday struck the city of Kharkiv.", date(2031, 3, 19)),
        ("de", "Russische Raketen haben gestern Charkiw getroffen.", date(2031, 3, 19)),
        ("ru", "Россия в среду нанесла удар по Харькову.", date(2031, 3, 19)),
        ("ru", "Войска России в субботу обстреляли Харьков.", date(2031, 3, 15)),
    ],
)
def test_a_day_told_in_the_midst_of_a_sentence_dates_it(lang, sentence, day):
    article = Article(
        id="a",
        source="s",
        title="",
        body=sentence,
        lang=lang,
        published_at=datetime(2031, 3, 20, 12, tzinfo=UTC),
    )
    [event] = Tagger.load().tag(article, now=article.published_at).events
    assert (event.event_date.start, event.event_date.end) == (day, day)
