"""No name and no number in the sentence of an alert that its evidence does not hold, over the whole corpus."""

from __future__ import annotations

import re

import pytest

from streams.alerting import load_rules
from streams.rehearsal import Rehearsal
from streams.sources import Registry
from streams.stories.headline import phrases
from tests.stories.corpus import articles, read

ALL = """\
rules:
  - id: all
    version: 1
    title: All
    description: Every story, whatever it is.
    match: severity >= 0.0
"""
PROPER = re.compile(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


@pytest.fixture(scope="module")
def texts():
    return {one.article.id: one.article.text for one in articles()}


@pytest.fixture(scope="module")
def alerts(tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "all.yaml"
    file.write_text(ALL)
    line = Rehearsal(load_rules(file), Registry.load())
    return [alert for event in read(articles()).events for alert in line.add(event)]


def words_of_the_phrases() -> set[str]:
    """Return the words with a capital that every sentence may begin with, or that phrases.yaml itself writes."""
    fixed = " ".join(
        [*phrases().statuses.values(), *(one.told + " " + one.named for one in phrases().types.values())]
    )
    return {word.capitalize() for word in re.findall(r"[A-Za-z]+", fixed)} | {"Taken", "An"}


def test_the_corpus_makes_alerts_of_every_kind(alerts):
    assert len(alerts) > 300
    assert {alert.msg_type for alert in alerts} >= {"Alert", "Update"}


def test_every_name_in_a_sentence_stands_for_one_that_the_article_has(alerts, texts):
    common = words_of_the_phrases()
    for alert in alerts:
        lead = alert.story.lead
        text = texts[lead.article.id]
        named = {}
        for party in (*lead.actors, *lead.targets, *lead.third_party, *lead.rival):
            assert party.name in text, (alert.summary, party)
            named[party.id] = party.name
            if party.person:
                named[party.person] = party.name
        if lead.object:
            named[lead.object] = lead.object
        sentence = alert.summary
        for name in sorted(named, key=len, reverse=True):
            sentence = sentence.replace(name, "")
        left = [
            word
            for found in PROPER.findall(sentence)
            for word in found.split()
            if word.strip(".:,") not in common
        ]
        assert left == [], alert.summary


def test_every_number_in_a_sentence_stands_in_a_quote(alerts):
    for alert in alerts:
        quotes = " ".join([alert.story.lead.evidence.quote, *(one.evidence.quote for one in alert.evidence)])
        names = {party.id for party in (*alert.story.actors, *alert.story.targets)}
        sentence = alert.summary
        for name in names:
            sentence = sentence.replace(name, "")
        assert [number for number in NUMBER.findall(sentence) if number not in quotes] == [], alert.summary


def test_every_quote_stands_in_its_article_word_for_word(alerts, texts):
    for alert in alerts:
        lead = alert.story.lead
        assert lead.evidence.quote in texts[lead.article.id]
        assert alert.evidence


def test_nothing_is_called_confirmed_that_fewer_origins_tell_than_the_rule_asks_for(alerts):
    assert {alert.confirmed for alert in alerts if alert.story.origins < 2} <= {False}
    assert all(alert.confirmed for alert in alerts if alert.story.origins >= 2)
