from datetime import timedelta
from itertools import permutations

import pytest

from schemas import Status
from streams.copies import signature
from streams.stories import Stories
from streams.stories.contradictions import MOST as MAX_EVIDENCE
from streams.stories.merge import MAX_ARTICLES, MAX_EVENTS
from streams.stories.told import PRECEDENCE
from tests.factories import NOON, a_party, a_story, an_event

TOLD_BY_THE_ORDER = {"revision", "novelty", "changes", "articles", "events", "reports"}
REPORTS = [
    an_event(
        status="planned",
        article="a",
        source="agency",
        published=NOON - timedelta(hours=20),
        quote="will speak",
    ),
    an_event(article="b", source="daily", origin_hint="AFP", lang="fr", severity=4, quote="se sont parlé"),
    an_event(
        article="c", source="radio", origin_hint="AFP", confidence=0.9, object="Syria", quote="they spoke"
    ),
    an_event(status="denied", article="d", source="ministry", quote="no call was held"),
    an_event(
        status="historical",
        article="e",
        source="weekly",
        published=NOON + timedelta(days=9),
        quote="had spoken",
    ),
]


def content(story):
    return story.model_dump(exclude=TOLD_BY_THE_ORDER) | {
        "articles": set(story.articles),
        "events": set(story.events),
    }


def test_the_same_events_in_any_order_tell_the_same_story():
    expected = content(a_story(*REPORTS))
    for order in permutations(REPORTS):
        assert content(a_story(*order)) == expected


def test_evidence_beyond_the_bound_is_the_same_in_any_order():
    reports = [an_event(article=f"a{size}", quote="x" * size, confidence=size / 10) for size in range(1, 8)]
    expected = [one.event for one in a_story(*reports).evidence]
    assert len(expected) == MAX_EVIDENCE
    for order in list(permutations(reports))[::97]:
        assert [one.event for one in a_story(*order).evidence] == expected


def test_every_status_has_its_place_among_the_others():
    assert set(PRECEDENCE) == set(Status)


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        ("planned", "occurred", "occurred"),
        ("conditional", "planned", "planned"),
        ("planned", "denied", "denied"),
        ("denied", "occurred", "occurred"),
        ("planned", "historical", "historical"),
        ("historical", "occurred", "occurred"),
        ("ongoing", "occurred", "occurred"),
    ],
)
def test_of_two_statuses_the_stronger_one_holds(one, other, holds):
    events = [an_event(status=one, article="a"), an_event(status=other, article="b")]
    assert a_story(*events).status == holds
    assert a_story(*reversed(events)).status == holds


def test_a_plan_that_came_to_pass_is_an_update():
    story = a_story(an_event(status="planned"), an_event(status="occurred", article="b"))
    assert (story.status, story.novelty) == ("occurred", "update")


def test_a_graver_report_is_an_update():
    assert a_story(an_event(), an_event(article="b", severity=5)).novelty == "update"


def test_severity_is_the_gravest_reported():
    assert a_story(an_event(severity=5), an_event(article="b", severity=3)).severity == 5


def test_history_is_background_however_often_told():
    story = a_story(an_event(status="historical"), an_event(status="historical", article="b"))
    assert story.novelty == "background"


def test_news_does_not_turn_into_background_when_it_is_looked_back_on():
    assert a_story(an_event(), an_event(status="historical", article="b")).novelty == "repeat"


def test_reprints_of_one_wire_are_one_origin():
    reprints = [an_event(article=f"a{n}", source=f"paper-{n}", origin_hint="AFP") for n in range(5)]
    story = a_story(*reprints, an_event(article="own", source="daily"))
    assert (story.origins, story.origin_names, story.mentions) == (2, ["AFP", "daily"], 6)
    assert len(story.sources) == 6


def test_the_story_says_what_its_best_event_says():
    vague = an_event(actors=["USA"], article="a", confidence=0.6)
    clear = an_event(
        actors=[a_party("USA", person="Lloyd Austin")],
        article="b",
        confidence=0.9,
        attributes={"gap_days": 84},
    )
    story = a_story(clear, vague)
    assert story.lead == clear
    assert story.actors == clear.actors
    assert story.attributes == {"gap_days": 84}
    assert story.evidence[0].event == clear.id


def test_of_two_events_as_sure_the_one_with_more_roles_leads():
    bare = an_event(article="a")
    full = an_event(article="b", object="Syria")
    assert a_story(full, bare).lead == full


def test_a_denial_of_what_happened_is_kept_as_a_contradiction_and_not_as_evidence():
    denial, report = an_event(status="denied", article="a"), an_event(article="b")
    for order in ((denial, report), (report, denial)):
        story = a_story(*order)
        assert [one.event for one in story.evidence] == [report.id]
        assert [one.event for one in story.contradictions] == [denial.id]


def test_seen_first_and_last_are_times_of_publication():
    late, early = NOON + timedelta(hours=3), NOON - timedelta(hours=3)
    story = a_story(an_event(article="a", published=late), an_event(article="b", published=early))
    assert (story.first_seen, story.last_seen) == (early, late)


def test_articles_are_bounded_and_the_rest_is_counted():
    story = a_story(*(an_event(article=f"a{n}") for n in range(MAX_ARTICLES + 7)))
    assert (len(story.articles), story.articles_beyond) == (MAX_ARTICLES, 7)
    assert story.articles[0] == "a0"


def test_a_large_story_still_knows_its_latest_mentions():
    stories = Stories()
    for number in range(MAX_EVENTS + 10):
        story = stories.add(an_event(article=f"a{number}"))
    assert (len(story.events), story.mentions) == (MAX_EVENTS, MAX_EVENTS + 10)
    assert stories.add(an_event(article=f"a{MAX_EVENTS}")) is None


def test_a_toll_that_rises_is_an_update_and_the_highest_holds_in_any_order():
    tolls = [
        an_event(
            article=f"a{killed}", attributes={"killed": killed}, published=NOON + timedelta(hours=killed)
        )
        for killed in (3, 7, 5)
    ]
    assert a_story(*tolls[:2]).novelty == "update"
    assert [(one.field, one.before, one.after) for one in a_story(*tolls[:2]).changes] == [
        ("attributes.killed", 3, 7)
    ]
    for order in permutations(tolls):
        assert a_story(*order).attributes == {"killed": 7}


def test_a_lower_toll_told_later_is_a_contradiction_and_an_outdated_one_is_none():
    early = an_event(article="a", attributes={"killed": 3})
    late = an_event(article="b", attributes={"killed": 7}, published=NOON + timedelta(hours=1))
    assert a_story(early, late).contradictions == []
    lower = an_event(article="c", attributes={"killed": 5}, published=NOON + timedelta(hours=2))
    [one] = a_story(early, late, lower).contradictions
    assert (one.event, one.differs) == (lower.id, {"killed": 5})


def test_numbers_that_cannot_both_be_right_stand_side_by_side():
    hour = an_event(article="a", confidence=0.9, attributes={"duration_minutes": 60})
    longer = an_event(article="b", attributes={"duration_minutes": 90})
    for order in ((hour, longer), (longer, hour)):
        story = a_story(*order)
        assert story.attributes == {"duration_minutes": 60}
        assert [(one.event, one.differs) for one in story.contradictions] == [
            (longer.id, {"duration_minutes": 90})
        ]


def test_a_plan_that_is_called_off_is_told_as_denied_under_the_same_id():
    plan = an_event(status="planned")
    off = an_event(status="denied", article="b", published=NOON + timedelta(days=1))
    story = a_story(plan, off)
    assert (story.status, story.novelty) == ("denied", "update")
    assert [(one.field, one.before, one.after) for one in story.changes] == [("status", "planned", "denied")]


def test_a_source_that_nobody_knows_adds_no_origin():
    stories = Stories(family={"lemonde": "groupe-le-monde"}.get)
    for source in ("blog", "another blog"):
        story = stories.add(an_event(article=source, source=source))
    assert (story.origins, story.origin_names, story.unknown_sources) == (1, [], 2)
    story = stories.add(an_event(article="c", source="lemonde"))
    assert (story.origins, story.origin_names, story.unknown_sources) == (1, ["groupe-le-monde"], 2)


def test_papers_of_one_owner_are_one_origin():
    owners = {"lemonde": "groupe", "huffpost": "groupe", "tass": "russian-state"}
    stories = Stories(family=owners.get)
    for source in owners:
        story = stories.add(an_event(article=source, source=source))
    assert story.origin_names == ["groupe", "russian-state"]


def test_copies_of_one_text_are_one_origin_whoever_prints_them():
    text = signature(
        "The two ministers spoke by telephone for an hour on Friday, the Pentagon said in a read-out."
    )
    stories = Stories(family=str)
    for number in range(200):
        story = stories.add(an_event(article=f"a{number}", source=f"paper-{number}", signature=text))
    assert (story.mentions, story.origins, story.origin_names) == (200, 1, ["paper-0"])
    own = stories.add(an_event(article="own", source="daily"))
    assert own.origin_names == ["daily", "paper-0"]


def test_of_copies_one_that_names_the_wire_says_whose_text_it_is():
    text = signature(
        "The two ministers spoke by telephone for an hour on Friday, the Pentagon said in a read-out."
    )
    stories = Stories(family=str)
    stories.add(an_event(article="a", source="first", signature=text))
    story = stories.add(an_event(article="b", source="second", origin_hint="afp", signature=text))
    assert story.origin_names == ["afp"]
