from __future__ import annotations

import json

from tests.factories import NOON, a_story, an_event
from tests.web.made import a_history, gist, kept


def test_a_card_comes_out_as_it_was_kept():
    story = a_story(
        an_event(quote="Los dos presidentes hablaron «una hora».", lang="es", actors=["ESP"], targets=["MEX"])
    )
    card = kept(story).card()
    assert card.headline == story.headline
    assert card.quote.text == "Los dos presidentes hablaron «una hora»."
    assert (card.quote.lang, card.quote.dir) == ("es", "ltr")
    assert [party.id for party in card.actors] == ["ESP"]
    assert card.counts
    assert card.type_label == "Military communication"


def test_a_quote_in_a_script_from_right_to_left_says_so():
    assert kept(lang="ar", quote="تحدث الوزيران").card().quote.dir == "rtl"


def test_the_story_told_last_comes_first():
    one, other = a_story(actors=["IND"], targets=["PAK"]), a_story(actors=["ISR"], targets=["IRN"])
    assert [story.id for story in a_history(one, other).newest_first()] == [other.id, one.id]


def test_a_later_revision_takes_the_place_of_the_one_before_and_goes_to_the_front():
    event = an_event()
    first = a_story(event)
    second = a_story(event, an_event(article="article-2", source="source-2"))
    other = a_story(actors=["ISR"], targets=["IRN"])
    history = a_history(first, other, second)
    assert [story.id for story in history.newest_first()] == [second.id, other.id]
    assert history.get(first.id).card().mentions == 2


def test_a_revision_that_comes_late_changes_nothing():
    event = an_event()
    second = a_story(event, an_event(article="article-2", source="source-2"))
    history = a_history(second)
    assert history.take(gist(a_story(event)), 1, 0) is None
    assert history.get(second.id).revision == second.revision


def test_of_too_many_stories_those_told_first_go():
    stories = [a_story(actors=[actor], targets=["USA"]) for actor in ("IND", "ISR", "IRN")]
    assert [one.id for one in a_history(*stories, most=2).newest_first()] == [stories[2].id, stories[1].id]


def test_a_card_names_the_rules_that_alerted_to_its_story_whichever_came_first():
    story = a_story()
    history = a_history()
    history.fired("early", [story.id])
    history.take(gist(story), 1, 0)
    changed = history.fired("late", [story.id])
    assert [one.id for one in changed] == [story.id]
    assert json.loads(history.get(story.id).text())["rules"] == ["early", "late"]
    assert history.fired("late", [story.id]) == []


def test_stories_read_from_partitions_side_by_side_are_put_in_the_order_of_their_time():
    stories = [a_story(actors=[actor], targets=["USA"]) for actor in ("IND", "ISR", "IRN")]
    history = a_history()
    for story, ms in zip(stories, (30, 10, 20), strict=True):
        history.take(gist(story), ms, 0)
    history.settle()
    assert [one.updated_ms for one in history.newest_first()] == [30, 20, 10]


def test_a_story_that_was_taken_back_says_so():
    story = a_story().model_copy(update={"revision": 2, "cancelled": True})
    assert kept(story).card().cancelled


def test_a_card_takes_a_fraction_of_its_json():
    one = kept(published=NOON)
    assert len(one.packed) < len(one.text()) / 2.5


def test_a_search_looks_through_headline_quote_parties_and_place_whatever_the_capitals():
    words = kept(a_story(an_event(quote="Die Minister SPRACHEN", lang="de"))).words()
    assert "sprachen" in words
    assert "usa" in words
