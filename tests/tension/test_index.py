"""The number: what counts in it, how much, for how long, and against what it is measured."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schemas import Withdrawal
from streams.stories import Stories
from streams.tension import contribution_of, formula
from tests.factories import NOON, a_party, a_story, an_event
from tests.tension.contributions import DAY, a_call, a_contribution, days, elsewhere, of


def values(dyads, name, as_of=DAY):
    dyad = dyads.dyad(name, as_of)
    return {tension.direction: tension.value for tension in (dyad.tension, *dyad.directed)}


def test_what_escalates_adds_its_severity_and_what_deescalates_takes_it_away(watch):
    strike = a_contribution()
    agreed = a_contribution("prisoner_exchange", ("RUS",), ("UKR",))
    assert values(of([strike], watch), "RUS-UKR")["RUS-UKR"] == strike.severity
    assert values(of([agreed], watch), "RUS-UKR")["RUS-UKR"] == -agreed.severity
    both = values(of([strike, agreed], watch), "RUS-UKR")["RUS-UKR"]
    assert both == strike.severity - agreed.severity


def test_a_directed_value_holds_what_one_side_did_to_the_other(watch):
    strike = a_contribution()
    assert values(of([strike], watch), "RUS-UKR") == {
        "RUS-UKR": strike.severity,
        "RUS>UKR": strike.severity,
        "UKR>RUS": 0.0,
    }


def test_what_two_did_together_counts_both_ways_and_once_in_all(watch):
    together = a_contribution("armed_clash", ("RUS", "UKR"), ())
    severity = together.severity
    assert values(of([together], watch), "RUS-UKR") == {
        "RUS-UKR": severity,
        "RUS>UKR": severity,
        "UKR>RUS": severity,
    }


def test_what_two_did_to_a_third_is_none_of_their_own_dyad(watch):
    assert values(of([a_contribution("demand", ("RUS", "UKR"), ("IRN",))], watch), "RUS-UKR")["RUS-UKR"] == 0


def test_a_rival_that_the_text_names_is_the_other_side(watch):
    step = a_contribution("troop_deployment", ("RUS",), (), rivals=["UKR"])
    assert values(of([step], watch), "RUS-UKR")["RUS>UKR"] == step.severity


def test_a_bloc_is_a_side_and_a_story_with_several_members_counts_once(watch):
    several = a_contribution("threat_force", ("RUS",), ("FRA", "GBR", "USA"))
    dyads = of([several], watch)
    assert values(dyads, "RUS-WEST")["RUS>WEST"] == several.severity
    assert values(dyads, "RUS-USA")["RUS>USA"] == several.severity


def test_a_text_that_names_the_bloc_itself_counts_for_it(watch):
    named = a_contribution("threat_force", ("RUS",), ("WEST",))
    assert values(of([named], watch), "RUS-WEST")["RUS>WEST"] == named.severity


def test_four_origins_weigh_threefold_and_two_hundred_no_more(watch):
    severity = a_contribution().severity
    weights = {
        origins: values(of([a_contribution(origins=origins)], watch), "RUS-UKR")["RUS-UKR"] / severity
        for origins in (0, 1, 2, 4, 200)
    }
    assert weights == {0: 1.0, 1: 1.0, 2: 2.0, 4: 3.0, 200: 3.0}


@pytest.mark.parametrize("status", ["planned", "conditional", "denied", "historical"])
def test_what_did_not_happen_now_is_no_part_of_the_sum(watch, status):
    assert values(of([a_contribution(status=status)], watch), "RUS-UKR")["RUS-UKR"] == 0


def test_a_story_is_counted_once_in_its_latest_revision(watch):
    first = a_contribution(id="s", revision=1)
    second = a_contribution(id="s", revision=2, origins=2)
    assert values(of([first, second, first, second], watch), "RUS-UKR")["RUS-UKR"] == 2 * first.severity


def test_a_story_that_was_taken_back_counts_no_more(watch):
    strike = a_contribution(id="s")
    back = strike.model_copy(update={"revision": 2, "cancelled": True})
    dyads = of([strike, back], watch)
    assert values(dyads, "RUS-UKR") == {"RUS-UKR": 0.0, "RUS>UKR": 0.0, "UKR>RUS": 0.0}
    assert dyads.dyad("RUS-UKR").tension.stories == 0


def test_a_story_whose_parties_change_moves_to_the_other_dyad(watch):
    before = a_contribution(id="s")
    after = a_contribution(targets=("USA",), id="s", revision=2)
    dyads = of([before, after], watch)
    assert values(dyads, "RUS-UKR")["RUS-UKR"] == 0
    assert values(dyads, "RUS-USA")["RUS-USA"] == after.severity


def test_after_a_half_life_a_story_counts_half(watch):
    dyads = of([a_contribution()], watch)
    week = timedelta(days=formula().half_life_days.value)
    severity = a_contribution().severity
    told = [values(dyads, "RUS-UKR", DAY + times * week)["RUS-UKR"] for times in range(4)]
    assert told == [round(severity / 2**times, 3) for times in range(4)]


def test_a_story_counts_on_the_day_it_happened_not_on_the_day_of_the_report(watch):
    late = a_contribution(day=DAY - timedelta(days=7), reported=DAY)
    assert values(of([late], watch), "RUS-UKR")["RUS-UKR"] == late.severity / 2


def test_a_story_of_unknown_date_counts_on_the_day_of_its_first_report(watch):
    undated = a_contribution(day=DAY - timedelta(days=100), reported=DAY, precision="unknown")
    assert values(of([undated], watch), "RUS-UKR")["RUS-UKR"] == undated.severity


def test_with_fewer_days_than_the_formula_asks_for_there_is_no_z_and_the_message_says_so(watch):
    tension = of([a_contribution(day=day) for day in days(20)], watch).dyad("RUS-UKR").tension
    assert (tension.z, tension.median, tension.no_z) == (None, None, "few_days")


def test_a_dyad_without_any_spread_has_no_z_and_the_message_says_so(watch):
    tension = of([elsewhere(day) for day in days(60)], watch).dyad("RUS-UKR").tension
    assert (tension.z, tension.median, tension.no_z) == (None, 0.0, "no_spread")


def test_a_day_beyond_the_usual_shows_as_z(watch):
    usual = [a_contribution(day=day, origins=1 + at % 3) for at, day in enumerate(days(60))]
    calm = of(usual, watch).dyad("RUS-UKR")
    worse = [a_contribution(day=DAY, id=f"more-{number}") for number in range(12)]
    tense = of([*usual, *worse], watch).dyad("RUS-UKR")
    assert abs(calm.tension.z) < 3 < tense.tension.z
    assert tense.tension.median == calm.tension.median
    assert tense.tension.z == pytest.approx(
        0.6745 * (tense.tension.value - tense.tension.median) / tense.tension.mad, abs=0.01
    )


def test_the_window_that_is_really_held_is_declared(watch):
    window = of([a_contribution(day=day) for day in days(60)], watch).dyad("RUS-UKR").window
    assert window.start == DAY - timedelta(days=59)
    warm_up = formula().baseline_warm_up_days.value
    assert (window.monitored_days, window.baseline_days) == (60, 59 - warm_up)


def test_no_more_than_a_season_is_held(watch):
    window = of([elsewhere(day) for day in days(200)], watch).dyad("RUS-UKR").window
    assert window.start == DAY - timedelta(days=formula().held_days.value - 1)
    assert window.baseline_days == formula().baseline_days.value


def test_days_that_nothing_was_monitored_on_are_no_quiet_days(watch):
    seen = [day for day in days(90) if not DAY - timedelta(days=60) <= day < DAY - timedelta(days=20)]
    window = of([elsewhere(day) for day in seen], watch).dyad("RUS-UKR").window
    assert window.monitored_days == 50


def a_feed(per_day):
    return [elsewhere(day, number) for day, count in per_day for number in range(count)]


def test_twice_the_monitored_volume_halves_the_weight_of_a_story(watch):
    season = days(60)
    usual = [(day, 20) for day in season[:-8]]
    doubled = a_feed([*usual, *((day, 40) for day in season[-8:])])
    dyads = of([*doubled, a_contribution()], watch)
    assert dyads.dyad("RUS-UKR").window.relative_volume == 2.0
    assert values(dyads, "RUS-UKR")["RUS-UKR"] == a_contribution().severity / 2


def test_a_flood_makes_a_story_count_a_quarter_at_the_least(watch):
    season = days(60)
    flooded = a_feed([*((day, 10) for day in season[:-8]), *((day, 300) for day in season[-8:])])
    assert of(flooded, watch).dyad("RUS-UKR").window.relative_volume == 4.0


def test_until_the_usual_volume_is_known_nothing_is_divided(watch):
    season = days(10)
    few = a_feed([*((day, 10) for day in season[:-3]), *((day, 90) for day in season[-3:])])
    assert of(few, watch).dyad("RUS-UKR").window.relative_volume == 1.0


def test_a_story_about_others_does_not_change_what_is_told_of_a_dyad(watch):
    feed = a_feed((day, 20) for day in days(60))
    dyads = of([*feed, a_contribution()], watch)
    assert dyads.add(elsewhere(DAY, 999)) == []


def test_a_date_in_the_future_does_not_move_the_day(watch):
    dyads = of([], watch)
    dyads.add(a_contribution(), today=DAY)
    dyads.add(elsewhere(DAY + timedelta(days=30_000)), today=DAY)
    assert dyads.dyad("RUS-UKR").as_of == DAY
    assert values(dyads, "RUS-UKR")["RUS-UKR"] == a_contribution().severity


def test_the_contribution_of_a_story_says_what_the_story_says():
    story = a_story(actors=("USA",), targets=("RUS",), attributes={"gap_days": 84, "duration_minutes": 60})
    story = story.model_copy(update={"rival": [a_party("CHN")], "cancelled": True})
    contribution = contribution_of(story)
    assert (contribution.actors, contribution.targets, contribution.rivals) == (["USA"], ["RUS"], ["CHN"])
    assert contribution.attributes == {"gap_days": 84}
    assert contribution.cancelled
    for name in ("id", "revision", "type", "family", "polarity", "severity", "status", "event_date"):
        assert getattr(contribution, name) == getattr(story, name)
    for name in ("first_seen", "last_seen", "origins", "mentions", "headline"):
        assert getattr(contribution, name) == getattr(story, name)


def test_a_story_whose_every_report_was_taken_back_adds_nothing_any_more():
    stories, event = Stories(), an_event()
    told = stories.add(event)
    back = Withdrawal(id="w", article=event.article.id, reason="retracted", withdrawn_at=NOON)
    [cancelled] = stories.withdraw(back)
    before, after = contribution_of(told), contribution_of(cancelled)
    assert (after.id, after.revision, after.cancelled) == (before.id, before.revision + 1, True)


def test_a_call_lowers_the_tension_of_the_dyad_and_of_the_bloc(watch):
    dyads = of([a_call()], watch)
    assert values(dyads, "RUS-USA")["USA>RUS"] == values(dyads, "RUS-WEST")["WEST>RUS"] == -a_call().severity
