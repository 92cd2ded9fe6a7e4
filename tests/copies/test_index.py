import base64
import random
from datetime import UTC, datetime, timedelta

import pytest

from streams.copies import Copies, signature
from streams.copies.bands import LAST
from streams.copies.index import ROOM
from streams.copies.signature import POSITIONS, VERSION
from tests.copies.measure import measure, reports
from tests.copies.variants import credited, cut, edited

TEXTS = reports()
NOON = datetime(2022, 5, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def copies():
    return Copies(24 * HOUR, limit=100)


def test_two_hundred_edited_reprints_of_one_text_are_one_cluster(copies):
    text = TEXTS[0]
    printed = [credited(cut(edited(text, 0.05, seed), seed), seed) for seed in range(200)]
    firsts = {
        copies.find_or_add(signature(body), f"paper-{at}", NOON) for at, body in enumerate([text, *printed])
    }
    assert firsts == {"paper-0"}
    assert len(copies) == 1


def test_independent_reports_of_one_happening_are_clusters_of_their_own(copies):
    for at, text in enumerate(TEXTS):
        assert copies.find_or_add(signature(text), f"{at}", NOON) == f"{at}"


def test_copies_are_told_from_independent_reports():
    figures = measure()
    assert figures.precision >= 0.99
    assert figures.recall >= 0.98
    assert figures.taken_for_copies == 0
    for kind in ("exact", "respelled", "credited", "5 % of words", "cut", "cut, credited"):
        assert figures.found[kind] == figures.made[kind], kind


def test_an_article_that_comes_again_gets_the_same_answer(copies):
    first = [copies.find_or_add(signature(text), f"{at}", NOON) for at, text in enumerate(TEXTS)]
    again = [copies.find_or_add(signature(text), f"{at}", NOON) for at, text in enumerate(TEXTS)]
    assert first == again
    assert len(copies) == len(TEXTS)


@pytest.mark.parametrize("unreadable", [None, "", "2" + "A" * 128, "what?"])
def test_a_text_without_a_readable_signature_is_always_its_own(copies, unreadable):
    assert [copies.find_or_add(unreadable, id_, NOON) for id_ in ("a", "b", "a")] == ["a", "b", "a"]
    assert len(copies) == 0


def test_a_copy_comes_within_the_window_of_the_first(copies):
    mark = signature(TEXTS[0])
    found = [copies.find_or_add(mark, f"{hours}", NOON + hours * HOUR) for hours in (0, 20, 24, 25)]
    assert found == ["0", "0", "0", "25"]
    assert (copies.expired, len(copies)) == (1, 1)


def test_an_article_that_comes_late_finds_its_cluster_by_its_own_time(copies):
    mark = signature(TEXTS[0])
    assert copies.find_or_add(mark, "on time", NOON) == "on time"
    assert copies.find_or_add(mark, "late", NOON - 23 * HOUR) == "on time"
    assert copies.find_or_add(mark, "too late", NOON - 25 * HOUR) == "too late"


def test_an_article_dated_in_the_future_does_not_empty_the_index(copies):
    for at, text in enumerate(TEXTS):
        copies.find_or_add(signature(text), f"{at}", NOON)
    copies.find_or_add(signature("\n".join(reversed(TEXTS[:3]))), "future", NOON + 10_000 * HOUR)
    assert len(copies) == len(TEXTS) - 2 + 1
    assert copies.find_or_add(signature(TEXTS[9]), "copy", NOON) == "9"


def test_beyond_the_limit_those_that_came_first_go_and_are_counted():
    copies = Copies(24 * HOUR, limit=3)
    marks = [signature(text) for text in TEXTS[:4]]
    for at in range(4):
        copies.find_or_add(marks[at], f"{at}", NOON)
    assert (copies.evicted, len(copies)) == (1, 3)
    assert copies.find_or_add(marks[1], "again", NOON) == "1"
    assert copies.find_or_add(marks[0], "first again", NOON) == "first again"


def test_an_index_that_dropped_everything_holds_nothing():
    copies = Copies(HOUR, limit=1)
    for at, text in enumerate(TEXTS * 2):
        copies.find_or_add(signature(text), f"{at}", NOON + at * HOUR)
    copies.find_or_add(signature(TEXTS[0]), "last", NOON + 1_000 * HOUR)
    assert len(copies) == 1
    assert copies.find_or_add(signature(TEXTS[1]), "again", NOON + 1_000 * HOUR) == "again"


def test_texts_that_share_a_band_are_both_found_and_dropped_one_by_one():
    # A report of two parts: each part, printed alone, shares bands with the whole and hardly any with the other.
    whole, part, other = TEXTS[0] + TEXTS[9], TEXTS[0], TEXTS[9]
    copies = Copies(24 * HOUR, limit=10)
    assert copies.find_or_add(signature(part), "part", NOON) == "part"
    assert copies.find_or_add(signature(other), "other", NOON) == "other"
    assert copies.find_or_add(signature(whole), "whole", NOON) in {"part", "other"}


def test_an_index_restored_from_the_firsts_gives_the_answers_of_the_one_that_was_lost(copies):
    firsts = []
    for at, text in enumerate([*TEXTS, *(cut(text, 1) for text in TEXTS)]):
        mark, when = signature(text), NOON + at * HOUR / 10
        if copies.find_or_add(mark, f"{at}", when) == f"{at}":
            firsts.append((mark, f"{at}", f"{at}", when))
    restored = Copies(24 * HOUR, limit=100)
    restored.restore(firsts)
    for at, text in enumerate(TEXTS):
        mark, when = signature(credited(text, 1)), NOON + (22 + at / 10) * HOUR
        assert restored.find_or_add(mark, f"later {at}", when) == copies.find_or_add(
            mark, f"later {at}", when
        )


def test_a_copy_stands_for_the_first_of_its_cluster_where_that_is_gone(copies):
    copies.restore([(signature(cut(TEXTS[0], 1)), "copy", "first", NOON), (None, "b", "b", NOON)])
    assert copies.find_or_add(signature(TEXTS[0]), "another copy", NOON) == "first"


def test_an_index_that_outgrew_its_room_still_finds_every_text():
    copies = Copies(24 * HOUR, limit=5_000)
    marks = [_mark(seed) for seed in range(3 * ROOM)]
    for at, mark in enumerate(marks):
        assert copies.find_or_add(mark, f"{at}", NOON) == f"{at}"
    assert [copies.find_or_add(mark, "copy", NOON) for mark in marks] == [f"{at}" for at in range(3 * ROOM)]


def test_an_index_that_ran_out_of_numbers_begins_anew_and_forgets_nothing(copies):
    copies._next = LAST - 2
    marks = [_mark(seed) for seed in range(10)]
    for at, mark in enumerate(marks):
        copies.find_or_add(mark, f"{at}", NOON)
    assert copies._next < 20
    assert [copies.find_or_add(mark, "copy", NOON) for mark in marks] == [f"{at}" for at in range(10)]


def _mark(seed):
    return VERSION + base64.b64encode(random.Random(seed).randbytes(POSITIONS)).decode()
