"""Where nobody acts and little speaks of states, everyday words are no news of them."""

from datetime import UTC, datetime

import pytest

from schemas import Article
from streams.tagging import Tagger

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


def tagged(tagger, text, lang="en"):
    article = Article(id="a", title="", body=text, lang=lang, published_at=NOON)
    return tagger.tag(article, now=NOON, explain=True)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The photos of the party were released on Tuesday."),
        ("fr", "Elle rencontra Florence Garrard, dont il tomba amoureux."),
        ("fr", "Les photos ont été prises lors de sa visite à Londres."),
    ],
)
def test_everyday_life_is_no_event(tagger, lang, text):
    read = tagged(tagger, text, lang)
    assert not read.events
    assert any(draft.dropped.startswith("nobody") for draft in read.drafts)


@pytest.mark.parametrize(
    ("lang", "text", "type_"),
    [
        ("en", "The ceasefire took effect at noon.", "ceasefire_agreed"),
        ("en", "The hostages were released after talks between the two governments.", "prisoner_exchange"),
        ("fr", "Un attentat à la voiture piégée a tué huit civils à Mogadiscio.", "armed_violence_other"),
        ("fr", "Un deuxième cycle de pourparlers s'est tenu à Oslo.", "negotiation"),
    ],
)
def test_what_no_everyday_word_tells_needs_nobody(tagger, lang, text, type_):
    assert type_ in {event.type for event in tagged(tagger, text, lang).events}


def test_one_sure_event_makes_the_article_one_of_states(tagger):
    alone = "Des manifestants ont été arrêtés."
    told = "La Russie a bombardé Kharkiv. Dix personnes ont été tuées."
    assert not tagged(tagger, alone, "fr").events
    assert {event.type for event in tagged(tagger, told, "fr").events} >= {"air_missile_strike"}


def test_a_text_of_history_yields_nothing(tagger):
    read = tagged(tagger, "In 1839 Britain invaded China.")
    assert not read.events
    assert {draft.dropped for draft in read.drafts} == {"a text of history"}


def test_background_within_a_lifetime_is_told(tagger):
    (event,) = tagged(tagger, "In 1991 Iraq invaded Kuwait.").events
    assert event.status == "historical"
