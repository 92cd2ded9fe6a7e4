"""Every type of the taxonomy is found in the sentences that explain it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from schemas import Article, taxonomy
from streams.tagging import Tagger

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)
EXAMPLES = [(type_.name, lang, said) for type_ in taxonomy().types for lang, said in type_.example.items()]


@cache
def tagger():
    return Tagger.load()


@pytest.mark.parametrize(
    ("type_", "lang", "said"), EXAMPLES, ids=[f"{name} {lang}" for name, lang, _ in EXAMPLES]
)
def test_the_example_of_a_type_yields_the_type(type_, lang, said):
    """The countries are invented, so that who did it is not asked."""
    article = Article(id="example", body=said, lang=lang, published_at=NOON)
    assert type_ in {event.type for event in tagger().tag(article, now=NOON).events}
