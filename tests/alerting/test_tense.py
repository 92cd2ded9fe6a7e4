"""Rules on what is usual for a dyad: one thread while it lasts, the same after a restart."""

from datetime import date, timedelta

import pytest

from schemas import Dyad
from streams.alerting import Tense, load_rules
from tests.factories import NOON

DAY = date(2022, 5, 13)


def a_dyad(z, day=0, baseline=60):
    tension = {"direction": "RUS-USA", "value": 9.0, "stories": 4, "z": z}
    state = {
        "id": "RUS-USA",
        "sides": ["RUS", "USA"],
        "as_of": DAY + timedelta(days=day),
        "formula": "1",
        "tension": tension,
        "directed": [tension | {"direction": "RUS>USA"}, tension | {"direction": "USA>RUS"}],
        "window": {
            "start": DAY - timedelta(days=baseline),
            "monitored_days": baseline,
            "baseline_days": baseline,
            "relative_volume": 1.0,
        },
        "refusals": {"in_a_row": 0},
        "lines_open": 0,
        "lines_cut": 0,
    }
    return Dyad.model_validate(state)


@pytest.fixture
def tense():
    return Tense(load_rules())


def said(tense, *dyads):
    raised = [alert for dyad in dyads for alert in tense.on_dyad(dyad, now=NOON).alerts]
    return [(alert.msg_type, [change.field for change in alert.changes]) for alert in raised]


def test_what_is_far_from_the_usual_fires_once_and_ends_when_it_is_over(tense):
    far = (a_dyad(2.9), a_dyad(3.1), a_dyad(3.3), a_dyad(1.0, day=1))
    assert said(tense, *far) == [("Alert", []), ("Update", ["ended"])]


def test_it_is_told_again_when_it_grows_by_half(tense):
    assert said(tense, a_dyad(4.0), a_dyad(5.0), a_dyad(6.5)) == [("Alert", []), ("Update", ["z"])]


def test_it_does_not_fire_without_a_baseline_or_on_a_short_one(tense):
    assert said(tense, a_dyad(None), a_dyad(9.0, baseline=29)) == []


def test_it_may_begin_anew_a_week_after_it_began(tense):
    flutter = [a_dyad(z, day) for day, z in enumerate((4.0, 1.0, 4.0, 1.0))]
    assert said(tense, *flutter) == [("Alert", []), ("Update", ["ended"])]
    assert said(tense, a_dyad(4.0, day=8)) == [("Alert", [])]


def test_the_alert_says_which_dyad_by_how_much_and_over_which_baseline(tense):
    [alert] = tense.on_dyad(a_dyad(3.5), now=NOON).alerts
    assert (alert.dyads, alert.group) == (["RUS-USA"], {"dyad": "RUS-USA"})
    assert {why.name: why.value for why in alert.why} == {"z": "3.5", "tension": "9", "baseline_days": "60"}


def test_a_restart_says_nothing_twice_and_goes_on_with_the_thread(tense):
    first = tense.on_dyad(a_dyad(3.5), now=NOON)
    again = Tense(load_rules())
    for thread in first.threads:
        again.restore(thread)
    assert said(again, a_dyad(3.5)) == []
    [ended] = again.on_dyad(a_dyad(0.5, day=1), now=NOON).alerts
    assert ended.references == [first.alerts[0].id]
