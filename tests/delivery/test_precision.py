from __future__ import annotations

from datetime import timedelta

from schemas import Feedback, Verdict
from streams.delivery.precision import Precision
from tests.factories import NOON


def said(story, verdict, *, later=0, rules=("talks",), type_="military_communication", sources=("afp",)):
    return Feedback(
        id=f"{story}-{later}",
        story=story,
        verdict=verdict,
        author="anna",
        given_at=NOON + timedelta(hours=later),
        rules=list(rules),
        type=type_,
        sources=list(sources),
    )


def precision(*words):
    held = Precision()
    for word in words:
        held.take(word)
    return held


def test_precision_is_the_share_of_the_judged_stories_that_was_right():
    held = precision(said("a", "right"), said("b", "right"), said("c", "wrong-date"), said("d", "not-news"))
    table = held.table()
    assert {what: judged.precision for what, judged in table.items()} == {
        ("rule", "talks"): 0.5,
        ("type", "military_communication"): 0.5,
        ("source", "afp"): 0.5,
    }
    assert held.verdicts()[Verdict.WRONG_DATE] == 1


def test_the_latest_word_on_a_story_holds_in_whatever_order_it_comes():
    words = said("a", "right"), said("a", "wrong-actor", later=1)
    for order in (words, words[::-1]):
        assert precision(*order).verdicts() == {Verdict.WRONG_ACTOR: 1}


def test_a_story_counts_for_every_rule_and_source_that_told_it():
    table = precision(said("a", "right", rules=("x", "y"), sources=("afp", "afp", "dpa"))).table()
    assert list(table) == [
        ("rule", "x"),
        ("rule", "y"),
        ("type", "military_communication"),
        ("source", "afp"),
        ("source", "dpa"),
    ]
