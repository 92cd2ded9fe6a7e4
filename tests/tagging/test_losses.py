"""What could have been an event and was none is counted by a few kinds, and no reason falls between them."""

from __future__ import annotations

import pytest

from schemas import taxonomy
from streams.tagging import Tagger
from streams.tagging.losses import KINDS, kind_of, losses
from streams.tagging.sentences import MAX_SENTENCE
from tests.factories import NOON
from tests.pipeline.articles import an_article


@pytest.fixture(scope="module")
def tagger():
    return Tagger.load(["en", "fr"])


def tag(tagger, body, **changes):
    article = an_article(title="News", body=body, lang="en", **changes)
    return tagger.tag(article, now=NOON, explain=changes.get("explain", False))


def test_every_reason_that_the_examples_of_the_taxonomy_give_has_a_kind(tagger):
    reasons = {
        draft.dropped
        for type_ in taxonomy().types
        for lang, text in type_.example.items()
        if lang in tagger.langs
        for draft in tagger.tag(an_article(title="", body=text, lang=lang), now=NOON, explain=True).drafts
        if draft.dropped
    }
    assert reasons
    assert {reason for reason in reasons if kind_of(reason) not in KINDS} == set()


def test_an_article_without_a_word_that_could_report_an_event_is_told_from_one_with_such_words(tagger):
    assert tag(tagger, "Simmer the lentils with thyme for an hour.").why_nothing == "no_trigger"
    nobody = tag(tagger, "Ministers might hold talks.")
    assert (nobody.why_nothing, nobody.dropped) == ("no_event", {"nobody_named": 1})
    assert tag(tagger, "Russia and the United States signed a treaty.").why_nothing is None


def test_a_sentence_too_long_to_be_read_is_counted(tagger):
    endless = "Russia attacked Ukraine and " * (MAX_SENTENCE // 20)
    assert tag(tagger, endless + ".").dropped.get("sentence_too_long") == 1


def test_nothing_is_lost_where_nothing_was_found():
    assert losses([], 0) == {}
