"""Why a value is what it is: the stories that make it, with shares that add up to it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from streams.tension import Dyads, NothingHeld, NotWatched, formula
from tests.tension.contributions import DAY, a_call, a_contribution, days, elsewhere, of
from tests.tension.test_order import some_history


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("as_of", [None, DAY - timedelta(days=3), DAY + timedelta(days=30)])
def test_the_shares_add_up_to_the_value_in_every_direction(watch, seed, as_of):
    dyads = of(some_history(seed), watch)
    for name in ("RUS-USA", "RUS-UKR", "RUS-WEST"):
        explained = dyads.explain(name, as_of)
        for tension in (explained.dyad.tension, *explained.dyad.directed):
            shares = explained.shares[tension.direction]
            assert sum(share.share for share in shares) == pytest.approx(explained.values[tension.direction])
            assert tension.value == pytest.approx(explained.values[tension.direction], abs=5e-4)
            assert tension.stories == len(shares)
            assert sum(share.part for share in shares) == pytest.approx(1 if shares else 0)


def test_shares_add_up_where_the_monitored_volume_changed(watch):
    feed = [
        elsewhere(day, number) for at, day in enumerate(days(60)) for number in range(20 if at < 50 else 60)
    ]
    strikes = [a_contribution(day=day) for day in days(60)]
    explained = of([*feed, *strikes], watch).explain("RUS-UKR")
    assert len({share.relative_volume for share in explained.shares["RUS-UKR"]}) > 1
    total = sum(share.share for share in explained.shares["RUS-UKR"])
    assert total == pytest.approx(explained.values["RUS-UKR"])


def test_a_share_is_made_of_what_is_told_beside_it(watch):
    old = a_contribution(day=DAY - timedelta(days=7), origins=2)
    [share] = of([old, elsewhere(DAY)], watch).explain("RUS-UKR").shares["RUS-UKR"]
    assert (share.severity, share.origins, share.origin_weight, share.decay) == (old.severity, 2, 2.0, 0.5)
    assert share.share == share.severity * share.origin_weight * share.decay / share.relative_volume


def test_the_largest_shares_come_first_whatever_their_sign(watch):
    call = a_call()
    strike = a_contribution(targets=("USA",), day=DAY - timedelta(days=21))
    explained = of([strike, call], watch).explain("RUS-USA")
    assert [share.story for share in explained.shares["RUS-USA"]] == [call.id, strike.id]


def test_each_story_says_which_way_it_went(watch):
    clash = a_contribution("armed_clash", ("RUS", "UKR"), ())
    explained = of([clash, a_contribution()], watch).explain("RUS-UKR")
    assert {share.story: share.way for share in explained.shares["RUS-UKR"]} == {
        clash.id: "both",
        a_contribution().id: "RUS>UKR",
    }
    assert [share.story for share in explained.shares["UKR>RUS"]] == [clash.id]


def test_a_dyad_that_is_not_watched_is_named_with_what_was_probably_meant(watch):
    with pytest.raises(NotWatched, match="RUS-US is not watched; did you mean RUS-USA"):
        of([a_contribution()], watch).explain("RUS-US")


def test_without_any_story_there_is_no_day_to_tell_of(watch):
    with pytest.raises(NothingHeld):
        Dyads(watch).dyad("RUS-USA")
    assert Dyads(watch).dyads() == []


def test_every_constant_of_the_formula_says_why():
    told = list(formula().constants())
    assert len(told) == len(type(formula()).model_fields) - 1
    for name, _, why in told:
        assert why.strip().endswith("."), name


def test_every_constant_of_the_formula_is_told_on_its_page():
    page = (Path(__file__).parents[2] / "docs" / "tension.md").read_text(encoding="utf-8")
    table = page[page.index("| constant | value |") :]
    for name, value, _ in formula().constants():
        assert f"`{name}`" in table, name
        if isinstance(value, int | float):
            assert f"{value:g}" in next(row for row in table.splitlines() if f"`{name}`" in row), name
