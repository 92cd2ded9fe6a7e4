from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from schemas import Outcome, Silence
from schemas.matcher import Matcher
from tests.delivery.policy.plans import HOUR, MINUTE, Told, a_brief, a_plan, a_receiver
from tests.factories import NOON


@pytest.fixture(params=["uninterrupted", "restarted"])
def told(request):
    """Return a policy that is, or is not, rebuilt from its topic before each call."""

    class Restarted(Told):
        def alert(self, *brief, **words):
            self.restart()
            return super().alert(*brief, **words)

        def release(self, at):
            self.restart()
            return super().release(at)

    return Restarted if request.param == "restarted" else Told


def burst(told, many, **changes):
    for number in range(many):
        told.alert(a_brief(f"alert-{number}", **changes))


def test_an_alert_goes_to_each_receiver_that_a_route_leads_to_once(told):
    told = told(
        a_plan(
            a_receiver("a"),
            a_receiver("b"),
            a_receiver("c"),
            routes=[
                {"receivers": ["a", "b"]},
                {"match": {"min_severity": 3}, "receivers": ["b"]},
                {"match": {"min_severity": 8}, "receivers": ["c"]},
            ],
        )
    )
    told.alert()
    assert [(one.receiver, one.outcome) for one in told.topic.values()] == [("a", "queued"), ("b", "queued")]


def test_an_alert_that_comes_again_is_not_decided_again(told):
    told = told()
    assert told.alert() == ["queued"]
    assert told.alert() == []


def test_an_alert_that_no_route_takes_is_on_the_topic_all_the_same(told):
    told = told(a_plan(routes=[{"match": {"rule": ["other"]}, "receivers": ["desk"]}]))
    assert told.alert() == ["unrouted"]
    assert told.alert() == []


def test_of_ten_times_the_cap_the_cap_is_sent_then_one_digest_with_the_count_and_none_is_lost(told):
    told = told(a_plan(a_receiver(cap=6)))
    burst(told, 60)
    assert Counter(told.outcomes()) == {"queued": 6, "capped": 54}
    assert told.release(NOON + 59 * MINUTE) == []
    assert told.release(NOON + HOUR)[0] == "queued"
    [digest] = told.digests()
    assert len(digest.members) == 54
    assert len(digest.told) == 50
    assert Counter(told.outcomes()) == {"queued": 6 + 1, "digested": 54}
    assert told.release(NOON + 2 * HOUR) == []


def test_in_no_hour_of_a_flood_does_a_receiver_get_more_than_his_cap(told):
    told = told(a_plan(a_receiver(cap=4)))
    sent = []
    for minute in range(240):
        now = NOON + minute * MINUTE
        told.release(now)
        told.alert(a_brief(f"alert-{minute}", raised_at=now), at=now)
        sent = sorted(one.decided_at for one in told.topic.values() if one.outcome is Outcome.QUEUED)
    assert max(sum(first <= at < first + HOUR for at in sent) for first in sent) == 4
    assert len(told.digests()) == 3
    digested = sum(len(one.members) for one in told.digests())
    alerts = Counter(one.outcome.value for one in told.topic.values() if not one.members)
    assert sum(alerts.values()) == 240
    assert alerts["digested"] == digested


def test_a_burst_of_updates_that_say_nothing_new_is_one_message(told):
    told = told()
    told.alert(a_brief("alert-0", thread="t"))
    for number in range(1, 50):
        told.alert(a_brief(f"alert-{number}", thread="t", msg_type="Update"))
    assert Counter(told.outcomes()) == {"queued": 1, "repeated": 49}


@pytest.mark.parametrize(
    "news",
    [{"severity": 6.0}, {"status": "denied"}, {"confirmed": True}, {"msg_type": "Cancel"}],
    ids=["escalated", "denied", "confirmed", "cancelled"],
)
def test_an_update_that_brings_news_is_told_at_once(told, news):
    told = told()
    told.alert(a_brief("alert-0", thread="t", confirmed=False))
    update = {"thread": "t", "msg_type": "Update", "confirmed": False} | news
    assert told.alert(a_brief("alert-1", **update), at=NOON + MINUTE) == ["queued"]


def test_after_the_repeat_interval_a_thread_is_told_again(told):
    told = told()
    told.alert(a_brief("alert-0", thread="t"))
    later = NOON + 4 * HOUR
    assert told.alert(a_brief("alert-1", thread="t", msg_type="Update", raised_at=later), at=later) == [
        "queued"
    ]


def test_what_takes_back_an_alert_that_nobody_was_told_of_is_not_told(told):
    assert told().alert(a_brief(msg_type="Cancel")) == ["moot"]


def test_new_alerts_of_a_group_wait_and_are_told_together(told):
    route = {"receivers": ["desk"], "group_by": ["dyad"], "group_interval": "5m"}
    told = told(a_plan(routes=[route]))
    assert told.alert(a_brief("a")) == ["queued"]
    assert told.alert(a_brief("b")) == ["grouped"]
    assert told.alert(a_brief("c")) == ["grouped"]
    assert told.alert(a_brief("d", dyads=["IND-PAK"])) == ["queued"]
    assert told.release(NOON + 5 * MINUTE) == ["queued", "digested", "digested"]


def test_one_that_waited_alone_is_told_in_full(told):
    told = told(a_plan(routes=[{"receivers": ["desk"], "group_by": ["dyad"]}]))
    told.alert(a_brief("a"))
    told.alert(a_brief("b"))
    assert told.release(NOON + 5 * MINUTE) == ["queued"]
    assert told.digests() == []


def test_a_silence_mutes_what_it_matches_until_its_end(told):
    told = told()
    silence = Silence(
        id="s",
        match=Matcher(dyad=["USA-RUS"]),
        starts_at=NOON,
        ends_at=NOON + HOUR,
        author="anna",
        reason="exercise",
    )
    assert told.alert(a_brief("a"), silences=[silence]) == ["silenced"]
    assert told.alert(a_brief("b", dyads=["IND-PAK"]), silences=[silence]) == ["queued"]
    assert told.alert(a_brief("c"), silences=[silence], at=NOON + HOUR) == ["queued"]
    assert "anna" in next(iter(told.topic.values())).because


INHIBITION = {"by": {"min_severity": 7}, "equal": ["dyad"], "lasts": "6h"}


def test_a_severe_alert_mutes_milder_ones_on_the_same_dyad_for_a_while(told):
    told = told(a_plan(inhibitions=[INHIBITION]))
    assert told.alert(a_brief("war", severity=9.0)) == ["queued"]
    assert told.alert(a_brief("talks")) == ["inhibited"]
    assert told.alert(a_brief("elsewhere", dyads=["IND-PAK"])) == ["queued"]
    assert told.alert(a_brief("worse", severity=9.5)) == ["queued"]
    assert told.alert(a_brief("later", raised_at=NOON + 6 * HOUR), at=NOON + 6 * HOUR) == ["queued"]


def test_an_alert_that_was_taken_back_mutes_no_more(told):
    told = told(a_plan(inhibitions=[INHIBITION]))
    told.alert(a_brief("war", severity=9.0))
    told.alert(a_brief("no-war", thread="talks:war", msg_type="Cancel", severity=9.0))
    assert told.alert(a_brief("talks")) == ["queued"]


NIGHT = {"from": "22:00", "to": "07:00", "zone": "Europe/Paris", "urgent": 8}


def test_in_quiet_hours_alerts_wait_for_the_morning_save_for_what_is_urgent(told):
    told = told(a_plan(a_receiver(quiet=NIGHT)))
    evening, morning = NOON + 9 * HOUR, NOON + 17 * HOUR  # 23:00 and 07:00 in Paris
    for number in range(3):
        assert told.alert(a_brief(f"a{number}", raised_at=evening), at=evening) == ["quiet"]
    assert told.alert(a_brief("war", severity=9.0, raised_at=evening), at=evening) == ["queued"]
    assert told.release(morning - MINUTE) == []
    assert told.release(morning) == ["queued", "digested", "digested", "digested"]


def test_an_alert_older_than_the_patience_of_its_receiver_is_not_sent(told):
    assert told().alert(a_brief(), at=NOON + timedelta(days=2)) == ["expired"]


def test_an_alert_replayed_from_the_dead_letters_goes_to_who_gave_it_up_alone(told):
    told = told(a_plan(a_receiver("a"), a_receiver("b")))
    told.alert()
    given_up = next(one for one in told.topic.values() if one.receiver == "a")
    dead = given_up.model_copy(update={"outcome": Outcome.DEAD})
    told.topic[dead.id] = dead
    told.policy.note(dead)
    assert told.alert() == []
    assert told.alert(again=True) == ["queued"]
    assert told.topic[dead.id].outcome == "queued"


def test_a_digest_that_was_written_before_a_crash_is_not_made_again():
    told = Told(a_plan(a_receiver(cap=1)))
    burst(told, 5)
    digest, *_members = told.policy.release(NOON + HOUR)
    told.topic[digest.id] = digest  # the crash came before its members were written
    told.restart()
    assert told.release(NOON + 3 * HOUR) == []


def test_what_its_topic_keeps_no_more_is_forgotten():
    told = Told()
    told.alert(a_brief("a"))
    told.policy.forget(NOON + MINUTE)
    assert told.policy.desks["desk"].thread("talks:a") is None
    assert told.alert(a_brief("a")) == ["queued"]


def test_what_a_rule_asks_for_itself_is_kept_for_each_receiver(told):
    told = told()
    mine = {"rule": "noisy", "cap": 2}
    outcomes = [told.alert(a_brief(f"a{number}", **mine))[0] for number in range(4)]
    assert outcomes == ["queued", "queued", "capped", "capped"]
    assert told.alert(a_brief("other")) == ["queued"]
    assert told.release(NOON + HOUR) == ["queued", "digested", "digested"]


def test_new_alerts_of_a_group_of_a_rule_wait_for_its_repeat(told):
    told = told()
    mine = {"repeat_seconds": 3600, "group": {"dyad": "RUS-USA"}}
    assert told.alert(a_brief("a", **mine)) == ["queued"]
    assert told.alert(a_brief("b", **mine)) == ["grouped"]
    assert told.alert(a_brief("c", **mine | {"group": {"dyad": "IND-PAK"}})) == ["queued"]
    assert told.alert(a_brief("d", thread="talks:a", msg_type="Cancel", **mine)) == ["queued"]
    assert told.release(NOON + HOUR) == ["queued"]


def test_an_alert_that_no_story_made_fire_is_routed_by_its_rule(told):
    told = told(
        a_plan(
            routes=[
                {"match": {"type": ["military_communication"]}, "receivers": ["desk"]},
                {"match": {"rule": ["watchdog"]}, "receivers": ["desk"], "group_by": ["story", "type"]},
            ]
        )
    )
    alone = {"story": None, "type": None, "dyads": [], "parties": [], "rule": "watchdog"}
    assert told.alert(a_brief("w", **alone)) == ["queued"]
