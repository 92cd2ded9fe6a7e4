"""The corpus of stories is what it claims to be; how well stories are merged on it is asked elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from schemas import Status, taxonomy
from tests.factories import an_event
from tests.stories.corpus import articles, half_of, happenings, pairs, read
from tests.stories.corpus.data import (
    HERE,
    LANGS,
    UnusableCorpus,
    World,
    language,
    loaded,
    names,
    sources,
    world,
)
from tests.stories.corpus.mentions import Mention
from tests.stories.corpus.scoring import false_merges, false_splits


@pytest.fixture(scope="module")
def told():
    return articles()


@pytest.fixture(scope="module")
def reading(told):
    return read(told)


def test_a_thousand_articles_tell_of_three_hundred_happenings(told):
    assert len({one.article.id for one in told}) == 1_000
    assert {telling.happening for one in told for telling in one.tellings} == set(happenings())
    assert len(happenings()) == 300


def test_the_same_articles_are_written_at_every_call(told):
    assert articles() == told


def test_every_language_tells_its_share(told):
    in_language = Counter(one.article.lang for one in told)
    assert set(in_language) == set(LANGS)
    assert min(in_language.values()) >= 100


def test_forty_outlets_or_so_report_each_in_its_language(told):
    assert {one.article.source for one in told} == {
        source for those in sources().values() for source in those
    }
    assert 35 <= sum(map(len, sources().values())) <= 45
    assert all(one.article.source in sources()[one.article.lang] for one in told)


def test_every_scene_is_there_for_something_and_every_trap_is_set():
    scenes = [scene for theatre in world().theatres.values() for scene in theatre]
    assert {scene.what for scene in scenes} == {*world().together, *world().apart}


def test_a_trap_has_two_happenings_and_what_must_come_together_is_one():
    for scene in (scene for theatre in world().theatres.values() for scene in theatre):
        assert len(scene.happenings) == (2 if scene.what in world().apart else 1), scene


def test_what_may_be_confused_lies_in_one_half():
    halves = defaultdict(set)
    for id_, happening in happenings().items():
        halves[happening.theatre].add(half_of(id_))
    assert all(len(half) == 1 for half in halves.values())
    sizes = Counter(half_of(id_) for id_ in happenings())
    assert min(sizes.values()) >= 120


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_happening_is_told_in_several_ways_in_every_language(lang):
    reports = language(lang).reports
    assert set(reports) == set(world().kinds)
    assert all(len(ways.occurred) >= 3 for ways in reports.values())


def test_kinds_parties_and_places_are_known():
    types = {type_.name for type_ in taxonomy().types}
    assert {type_ for those in world().kinds.values() for type_ in those} <= types
    for one in happenings().values():
        assert one.kind in world().kinds
        assert {one.by, one.on, one.also or one.by} <= set(names().parties)
        assert one.at is None or one.at in names().places


def test_an_entry_that_does_not_fit_is_named_with_its_file(tmp_path):
    sound = (HERE / "happenings.yaml").read_text(encoding="utf-8")
    (tmp_path / "happenings.yaml").write_text(sound.replace("killed: 6}", "killed: 3}", 1), encoding="utf-8")
    with pytest.raises(
        UnusableCorpus, match=r"^happenings\.yaml .*\n.* ukraine-02 > killed .*3 takes another plural"
    ):
        loaded(World, "happenings.yaml", tmp_path)


def test_what_must_come_together_is_told_in_many_languages(told):
    langs = defaultdict(set)
    for one in told:
        for telling in one.tellings:
            langs[telling.happening].add(one.article.lang)
    six = [id_ for id_, one in happenings().items() if one.what == "told in six languages"]
    assert all(len(langs[id_]) == len(LANGS) for id_ in six)


def test_a_sentence_stands_where_its_telling_says(told):
    for one in told:
        for telling in one.tellings:
            sentence = one.article.text[telling.start : telling.end]
            assert sentence == sentence.strip()
            assert "{" not in sentence


def test_round_ups_looks_back_plans_and_denials_are_among_the_articles(told):
    assert sum(len({telling.happening for telling in one.tellings}) > 1 for one in told) >= 80
    statuses = Counter(telling.status for one in told for telling in one.tellings)
    assert {Status.PLANNED, Status.DENIED, Status.HISTORICAL} <= set(statuses)
    assert min(statuses.values()) >= 15


def test_reports_come_up_to_a_week_late_and_plans_ahead(told):
    lags = Counter(
        (one.article.published_at.date() - happenings()[one.tellings[0].happening].day).days
        for one in told
        if one.tellings[0].status is Status.OCCURRED
    )
    assert set(range(4)) <= set(lags)
    assert max(lags) >= 5


def test_the_tagger_reads_what_nine_articles_in_ten_tell(told, reading):
    lacking = {one.article.id for one, _ in reading.unread}
    assert len(lacking) <= len(told) / 10, [one.article.text[t.start : t.end] for one, t in reading.unread]


def test_some_reports_lack_the_actor_some_the_other_side_some_the_place(reading):
    events = [mention.event for mention in reading.mentions]
    assert sum(not event.actors for event in events) >= 50
    assert sum(not event.targets and len(event.actors) == 1 for event in events) >= 10
    assert sum(event.place is None and event.type == "air_missile_strike" for event in events) >= 10


def test_an_event_belongs_to_one_happening(reading):
    ids = [mention.event.id for mention in reading.mentions]
    assert len(set(ids)) == len(ids)


def three_mentions():
    return [
        Mention(an_event(article="a"), "one"),
        Mention(an_event(article="b"), "one"),
        Mention(an_event(article="c"), "other"),
    ]


def test_one_story_for_all_is_fully_recalled_and_imprecise():
    mentions = three_mentions()
    counted = pairs(mentions, dict.fromkeys((mention.event.id for mention in mentions), "story"))
    assert (counted.right, counted.together, counted.meant) == (1, 3, 1)
    assert (counted.precision, counted.recall) == (1 / 3, 1.0)


def test_a_story_for_each_is_precise_and_recalls_nothing():
    counted = pairs(three_mentions(), {})
    assert (counted.precision, counted.recall) == (1.0, 0.0)


def test_faults_name_the_story_or_the_happening_and_what_it_costs():
    mentions = three_mentions()
    merged = dict.fromkeys((mention.event.id for mention in mentions), "story")
    assert [(fault.name, fault.pairs) for fault in false_merges(mentions, merged)] == [("story", 2)]
    assert [(fault.name, fault.pairs) for fault in false_splits(mentions, {})] == [("one", 1)]
