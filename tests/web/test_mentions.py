from __future__ import annotations

from schemas.event import Evidence
from streams.web.mentions import MOST, mentions_of
from tests.factories import a_party, a_story, an_event

QUOTE = "🕊 Der Minister der USA hat mit Russland nicht gesprochen."
OFFSET = 40  # where the sentence begins in the article


def an_event_of_the_quote(**changes):
    def at(words, id_):
        start = OFFSET + QUOTE.index(words)
        return a_party(id_, start=start, end=start + len(words))

    evidence = Evidence(
        quote=QUOTE, start=OFFSET, end=OFFSET + len(QUOTE), lang="de", trigger="gesprochen", cue="nicht"
    )
    sides = {"actors": [at("USA", "USA")], "targets": [at("Russland", "RUS")]}
    return an_event(status="denied", evidence=evidence, **(sides | changes))


def marked(mention):
    return {span.kind: mention.quote[span.start : span.end] for span in mention.spans}


def test_roles_trigger_and_cue_are_marked_in_the_sentence_where_its_own_words_stand():
    [mention] = mentions_of(a_story(an_event_of_the_quote()), [])
    assert marked(mention) == {"actor": "USA", "target": "Russland", "trigger": "gesprochen", "cue": "nicht"}
    assert {span.kind: span.label for span in mention.spans} == {
        "actor": "USA", "target": "RUS", "trigger": "Military communication", "cue": "denied",
    }  # fmt: skip
    assert [span.start for span in mention.spans] == sorted(span.start for span in mention.spans)


def test_a_party_that_another_sentence_names_is_not_marked():
    far = a_party("USA", start=3, end=6)
    [mention] = mentions_of(a_story(an_event_of_the_quote(actors=[far])), [])
    assert "actor" not in marked(mention)


def test_a_mention_whose_event_is_not_at_hand_is_told_by_the_quote_that_the_story_holds():
    events = [
        an_event(article=f"article-{number}", source=f"source-{number}", quote=f"words {number}")
        for number in range(6)
    ]
    story = a_story(*events)
    found = mentions_of(story, [])
    assert {one.quote for one in found} >= {one.evidence.quote for one in story.evidence}
    assert len(mentions_of(story, events)) == 6


def test_the_lead_comes_first_and_a_report_that_says_otherwise_is_marked():
    events = [
        an_event(quote="They spoke"),
        an_event(status="denied", quote="They did not", article="article-2", source="source-2"),
    ]
    found = mentions_of(a_story(*events), events)
    assert [one.role for one in found] == ["lead", "contradiction"]


def test_of_very_many_mentions_the_best_and_the_latest_are_shown():
    events = [an_event(article=f"article-{number}", source=f"source-{number}") for number in range(MOST + 20)]
    story = a_story(*events)
    found = mentions_of(story, events)
    assert len(found) == MOST
    assert found[0].event_id == story.lead.id
