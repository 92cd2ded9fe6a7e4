"""The state is a function of the stories: order, repetitions, restarts and other work do not show in it."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from schemas import taxonomy
from streams.tension import Dyads
from tests.tension.contributions import DAY, a_contribution, at, of

STATUSES = ["occurred", "occurred", "occurred", "ongoing", "historical", "planned", "denied"]
TYPES = [
    *(type_.name for type_ in taxonomy().types),
    *["military_communication", "leader_communication", "negotiation", "communication_refused"] * 6,
    *["communication_channel_opened", "communication_channel_cut"] * 4,
]
PARTIES = ["RUS", "USA", "UKR", "GBR", "FRA", "CHN", "IRN"]


def some_history(seed: int, stories: int = 400, span: int = 160):
    """Return the revisions of many stories over more days than are held, in the order of their reports."""
    chance = random.Random(seed)
    history = []
    for number in range(stories):
        reported = DAY - timedelta(days=chance.randrange(span))
        fields = {
            "type_": chance.choice(TYPES),
            "actors": tuple(chance.sample(PARTIES, chance.choice([1, 1, 2]))),
            "targets": tuple(chance.sample(PARTIES, chance.choice([0, 1, 1, 2]))),
            "day": reported - timedelta(days=chance.choice([0, 0, 1, 3, 40])),
            "reported": reported,
            "status": chance.choice(STATUSES),
            "precision": chance.choice(["day", "day", "week", "unknown"]),
            "attributes": chance.choice([{}, {}, {"gap_days": chance.randrange(1, 90)}]),
            "object": chance.choice([None, "hotline", "deconfliction line"]),
            "id": f"story-{number}",
        }
        for revision in range(1, chance.choice([2, 2, 3, 5])):
            more = {
                "revision": revision,
                "origins": revision,
                "last_reported": reported + timedelta(days=revision - 1),
                "cancelled": revision > 2 and chance.random() < 0.3,
            }
            history.append(a_contribution(**fields, **more))
            if chance.random() < 0.2:
                fields["targets"] = tuple(chance.sample(PARTIES, 1))
    return sorted(history, key=lambda one: (one.last_seen, one.id, one.revision))


@pytest.mark.parametrize("seed", range(6))
def test_order_and_repetitions_do_not_matter(watch, seed):
    history = some_history(seed)
    told = of(history, watch).dyads()
    shuffled = [*history, *history[::3]]
    random.Random(seed).shuffle(shuffled)
    assert of(shuffled, watch).dyads() == told
    assert any(dyad.contacts for dyad in told)
    assert all(dyad.tension.z is not None for dyad in told)


@pytest.mark.parametrize("seed", range(6))
def test_a_restart_anywhere_leaves_the_same_last_messages(watch, seed):
    history = some_history(seed)
    chance = random.Random(seed)
    dyads, told = Dyads(watch), {}
    for at_, contribution in enumerate(history):
        told |= {dyad.id: dyad for dyad in dyads.add(contribution)}
        if chance.random() < 0.05:
            dyads = Dyads(watch)
            for known in history[
                : at_ + 1 + chance.randrange(5)
            ]:  # the topic may be ahead of what was weighed
                dyads.restore(known)
            told |= {dyad.id: dyad for again in history[at_ - 3 : at_ + 1] for dyad in dyads.add(again)}
    assert told == {dyad.id: dyad for dyad in of(history, watch).dyads()}


@pytest.mark.parametrize("seed", range(3))
def test_what_was_told_last_is_what_holds_without_asking(watch, seed):
    dyads, told = Dyads(watch), {}
    for contribution in some_history(seed):
        told |= {dyad.id: dyad for dyad in dyads.add(contribution)}
        assert told == {dyad.id: dyad for dyad in dyads.dyads()}


def test_the_first_story_after_a_restart_tells_every_dyad_even_when_it_is_known(watch):
    known = a_contribution()
    dyads = Dyads(watch)
    dyads.restore(known)
    assert [dyad.id for dyad in dyads.add(known)] == [each.id for each in watch]
    assert dyads.add(known) == []


def test_a_dyad_is_told_only_when_its_state_changes(watch):
    dyads = of([a_contribution()], watch)
    assert [dyad.id for dyad in dyads.add(a_contribution(id="more"))] == ["RUS-UKR"]
    more_mentions = a_contribution(id="more", revision=2, mentions=9)
    assert dyads.add(more_mentions) == []


def test_a_new_day_tells_every_dyad(watch):
    dyads = of([a_contribution()], watch)
    tomorrow = a_contribution(id="s2", day=DAY + timedelta(days=1), actors=("CHN",), targets=("IRN",))
    assert {dyad.as_of for dyad in dyads.add(tomorrow)} == {DAY + timedelta(days=1)}
    assert at(DAY).date() == DAY
