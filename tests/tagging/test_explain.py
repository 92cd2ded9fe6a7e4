from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas import Article
from streams.tagging import Tagger
from streams.tagging.explain import explain

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load()


@pytest.fixture
def explained(tagger):
    def of(body, title="News", lang="en"):
        article = Article(
            id="a", title=title, body=body, lang=lang, source="s", published_at=NOON, fetched_at=NOON
        )
        tagged = tagger.tag(article, now=NOON, explain=True)
        return article, tagged, explain(article, tagged)

    return of


def candidates(passages):
    return [candidate for passage in passages for candidate in passage.candidates]


BODY = (
    "Russia struck Kyiv with missiles on Monday. The weather was mild. "
    "Ukraine did not attack Belarus. Poland threatened to close its border with Belarus."
)


def test_every_sentence_is_there_in_its_order_whether_it_has_candidates_or_not(explained):
    article, _, passages = explained(BODY)
    assert [passage.number for passage in passages] == list(range(5))
    assert passages[0].words.text == "News"
    assert passages[2].words.text == "The weather was mild."
    assert passages[2].candidates == []
    assert all(article.text[p.words.start : p.words.end] == p.words.text for p in passages)


def test_every_event_is_explained_by_one_candidate_and_every_other_candidate_says_why_it_is_none(explained):
    _, tagged, passages = explained(BODY)
    found = candidates(passages)
    kept = [candidate.event for candidate in found if not candidate.dropped]
    assert sorted(kept) == sorted(event.id for event in tagged.events)
    assert [candidate for candidate in found if candidate.dropped and candidate.event] == []
    assert any(candidate.dropped for candidate in found)


def test_what_is_explained_is_what_the_event_says(explained):
    _, tagged, passages = explained(BODY)
    by_id = {event.id: event for event in tagged.events}
    for candidate in candidates(passages):
        if candidate.event:
            event = by_id[candidate.event]
            assert (candidate.type, candidate.status) == (event.type, event.status)
            assert candidate.trigger.text == event.evidence.trigger
            assert [part.party for part in candidate.actors] == [party.id for party in event.actors]
            assert (candidate.date_start, candidate.confidence) == (event.event_date.start, event.confidence)


def test_words_are_those_of_the_text_at_their_place(explained):
    article, _, passages = explained(BODY)
    for candidate in candidates(passages):
        parts = candidate.actors + candidate.targets + candidate.third_party
        spans = [candidate.trigger, candidate.partner, candidate.cue, candidate.date_words]
        for words in [*(part.words for part in parts), *filter(None, spans)]:
            assert article.text[words.start : words.end] == words.text != ""


def only(passages, type_):
    (found,) = [candidate for candidate in candidates(passages) if candidate.type == type_]
    return found


def test_it_names_the_concept_and_where_the_parties_stand(explained):
    strike = only(explained("Russia struck Ukraine on Monday.")[2], "air_missile_strike")
    assert strike.concept == "STRIKE"
    assert strike.frame.startswith("STRIKE")
    assert [(part.party, part.relation) for part in strike.actors] == [("RUS", "subject")]
    assert [(part.party, part.relation) for part in strike.targets] == [("UKR", "object")]
    assert strike.date_words.text.endswith("Monday")


def test_the_subject_of_a_passive_is_its_object(explained):
    strike = only(explained("Ukraine was struck by Russia.")[2], "air_missile_strike")
    assert [(part.party, part.relation) for part in strike.targets] == [("UKR", "object")]
    assert [(part.party, part.relation) for part in strike.actors] == [("RUS", "by")]


def test_a_denial_names_its_reason_and_the_words_that_deny(explained):
    _, _, passages = explained("Ukraine did not attack Belarus.")
    denied = candidates(passages)[0]
    assert (denied.status, denied.cue.text) == ("denied", "not")
    assert denied.why


def test_what_a_threat_threatens_is_dropped_with_the_reason(explained):
    _, _, passages = explained("Poland threatened to close its border with Belarus.")
    assert [bool(candidate.dropped) for candidate in candidates(passages)] == [False, True]


def test_an_article_in_a_language_that_is_not_read_has_no_sentences(explained):
    _, tagged, passages = explained(
        "Hallitus ja eduskunta keskustelivat tänään talousarviosta Helsingissä.", lang=None
    )
    assert tagged.outcome == "unsupported_language"
    assert passages == []


def test_a_sentence_too_long_to_be_read_says_so(explained):
    _, _, passages = explained("Russia attacked Ukraine and " * 100 + "left.")
    assert passages[-1].candidates == []
    assert "characters" in passages[-1].unread


def test_hostile_text_is_explained_as_it_is(explained):
    article, _, passages = explained("Russia \x9b31mstruck\x9b0m Ukraine.\u202e\tRussia struck Ukraine.")
    assert all(article.text[p.words.start : p.words.end] == p.words.text for p in passages)
