from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry

from schemas import Status
from streams.metrics import Metrics
from streams.tension import Dyads
from streams.tension.watch import MOST_DYADS
from tests.tension.contributions import a_call, a_contribution, days, watched

A_DYAD = 18  # time series, as docs/tension.md budgets them


@pytest.fixture
def metrics():
    return Metrics(CollectorRegistry())


def weigh(metrics, watch, contributions):
    dyads = Dyads(watch)
    for contribution in contributions:
        metrics.dyads.weighed(dyads.add(contribution), dyads)
    return dyads


def series_of_dyads(metrics):
    return [
        sample
        for family in metrics.registry.collect()
        if family.name.startswith("tocsin_dyad_") and "contributions" not in family.name
        for sample in family.samples
    ]


def test_a_dyad_is_shown_with_its_tension_and_its_contacts(metrics, tmp_path):
    weigh(metrics, watched(tmp_path), [a_call()])
    value = metrics.registry.get_sample_value
    assert value("tocsin_dyad_tension", {"dyad": "RUS-USA"}) == -3
    assert value("tocsin_dyad_tension", {"dyad": "USA>RUS"}) == -3
    assert value("tocsin_dyad_tension", {"dyad": "RUS>USA"}) == 0
    assert value("tocsin_dyad_tension_z", {"dyad": "RUS-USA"}) is None
    said = {"dyad": "RUS-USA", "channel": "military"}
    assert value("tocsin_dyad_last_contact_timestamp_seconds", said) == 1_652_400_000
    assert value("tocsin_dyad_contributions_held") == 1


def test_a_contact_that_was_taken_back_is_shown_no_more(metrics, tmp_path):
    call = a_call(id="s")
    weigh(metrics, watched(tmp_path), [call, call.model_copy(update={"revision": 2, "cancelled": True})])
    said = {"dyad": "RUS-USA", "channel": "military"}
    assert metrics.registry.get_sample_value("tocsin_dyad_last_contact_timestamp_seconds", said) is None


def test_what_is_let_go_of_is_counted_by_why(metrics, tmp_path):
    weigh(metrics, watched(tmp_path), [a_contribution(day=day) for day in days(200)])
    value = metrics.registry.get_sample_value
    assert value("tocsin_dyad_contributions_evicted_total", {"reason": "expired"}) > 70
    assert value("tocsin_dyad_contributions_evicted_total", {"reason": "crowded"}) == 0


def test_a_flood_of_parties_lines_and_dates_makes_no_more_series_than_the_watch_list_has_room_for(
    metrics, tmp_path
):
    pairs = [(f"A{number:02d}", f"B{number:02d}") for number in range(MOST_DYADS)]
    listed = "".join(f"  - {{id: {one}-{other}, title: They}}\n" for one, other in pairs)
    watch = watched(tmp_path, f"dyads:\n{listed}")
    channels = ("military_communication", "leader_communication", "negotiation")
    flood = [
        a_contribution(type_, sides, (), day, id=f"{type_}-{sides}-{day}", object=f"line {day}")
        for sides in pairs
        for day in days(60)[::15]
        for type_ in (*channels, "communication_refused", "communication_channel_opened")
    ]
    flood += [
        a_contribution(day=day, actors=sides[:1], targets=sides[1:], origins=1 + at % 3, id=f"{at}-{sides}")
        for sides in pairs[:3]
        for at, day in enumerate(days(60))
    ]
    flood += [a_contribution(actors=(f"X{at}",), targets=(f"Y{at}",), id=f"x{at}") for at in range(2_000)]
    weigh(metrics, watch, flood)
    assert len(series_of_dyads(metrics)) <= A_DYAD * MOST_DYADS
    of_one = [s for s in series_of_dyads(metrics) if s.labels["dyad"] in {"A00-B00", "A00>B00", "B00>A00"}]
    assert len(of_one) == A_DYAD


def test_a_worker_that_weighs_no_more_shows_no_dyad(metrics, tmp_path):
    weigh(metrics, watched(tmp_path), [a_call()])
    metrics.dyads.forget()
    assert [one.name for one in series_of_dyads(metrics) if not one.name.endswith("_total")] == []


def test_a_story_counts_once_by_the_way_it_moves_the_dyad_and_only_when_it_happens(metrics, tmp_path):
    strike = a_contribution(actors=("RUS",), targets=("UKR",), id="strike", status="planned")
    struck = strike.model_copy(update={"revision": 2, "status": Status.OCCURRED})
    again = struck.model_copy(update={"revision": 3, "origins": 4})
    weigh(metrics, watched(tmp_path), [a_call(), strike])
    value = metrics.registry.get_sample_value
    up = {"dyad": "RUS-UKR", "polarity": "escalatory"}
    assert value("tocsin_dyad_events_total", {"dyad": "RUS-USA", "polarity": "deescalatory"}) == 1
    assert value("tocsin_dyad_events_total", up) is None
    weigh(metrics, watched(tmp_path), [strike, struck, again])
    assert value("tocsin_dyad_events_total", up) == 1
