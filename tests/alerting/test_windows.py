"""Rules over several stories: the right windows, whatever the order, the repetition and the restarts."""

from datetime import timedelta
from random import Random

import pytest

from schemas import Withdrawal
from streams.alerting import Alerts, Windows, groups, load_rules
from streams.stories import Stories
from tests.factories import DAY, NOON, a_date, an_event

COUNT = """
    match: type == "air_missile_strike" && counts
    when:
      count: {over: 7d, at_least: 3}
    group_by: [dyad]
"""
DISTINCT = """
    match: type == "air_missile_strike" && counts
    when:
      distinct: {over: 7d, at_least: 2, of: target}
    group_by: [actor]
"""
SUM = """
    match: type == "air_missile_strike" && counts
    when:
      sum: {over: 7d, at_least: 20, of: attributes.killed}
"""
SEQUENCE = """
    match: counts
    when:
      sequence:
        steps: ['type == "troop_deployment"', 'type == "embassy_evacuation"']
        within: 21d
    group_by: [target]
"""
ABSENCE = """
    match: type == "military_communication" && counts
    when:
      absence: {for: 30d}
    group_by: [dyad]
"""


@pytest.fixture
def rules(tmp_path):
    def load(body):
        file = tmp_path / "rules.yaml"
        file.write_text(
            f"rules:\n  - id: several\n    version: 1\n    title: Several\n    description: Several.{body}"
        )
        return load_rules(file)

    return load


class Chain:
    """Events in, alerts of rules over several stories out."""

    def __init__(self, rules):
        self.rules, self.stories = rules, Stories(family=str)
        self.alerts, self.windows = Alerts(rules), Windows(rules)
        self.said, self.matches, self.threads = [], [], []

    def add(self, *events):
        for event in events:
            if story := self.stories.add(event):
                self.tell(story)
        return self

    def tell(self, story):
        raised = self.alerts.on_story(story, now=NOON)
        assert raised.alerts == []
        for match in raised.matches:
            self.judge(match)

    def judge(self, match):
        self.matches.append(match)
        self._take(self.windows.on_match(match, now=NOON))

    def tick(self, days):
        self._take(self.windows.tick(NOON + timedelta(days=days), first=True))
        return self

    def withdraw(self, article):
        back = Withdrawal(id=f"w-{article}", article=article, reason="retracted", withdrawn_at=NOON)
        for story in self.stories.withdraw(back):
            self.tell(story)
        return self

    def _take(self, raised):
        self.said += raised.alerts
        self.threads += raised.threads

    @property
    def kinds(self):
        return [alert.msg_type for alert in self.said]


def on(day, type_="air_missile_strike", **changes):
    then = DAY + timedelta(days=day)
    published = NOON + timedelta(days=day)
    fields = {"actors": ["RUS"], "targets": ["UKR"], "article": f"{type_}-{day}", "source": f"s{day}"}
    return an_event(
        type_,
        **(
            fields
            | {
                "event_date": a_date(then).model_copy(update={"text": "that day"}),
                "published": published,
                "tagged_at": published,
            }
            | changes
        ),
    )


def test_the_third_story_within_the_window_fires_and_the_second_does_not(rules):
    chain = Chain(rules(COUNT)).add(on(0), on(2))
    assert chain.said == []
    [alert] = chain.add(on(5)).said
    assert alert.group == {"dyad": "RUS-UKR"}
    assert alert.dyads == ["RUS-UKR"]
    assert [one.at.date() - DAY for one in alert.stories] == [timedelta(days=day) for day in (0, 2, 5)]
    assert {why.name: why.value for why in alert.why} == {"stories": "3, 3 asked for", "over": "7d"}


def test_stories_further_apart_than_the_window_do_not_add_up(rules):
    assert Chain(rules(COUNT)).add(on(0), on(4), on(8)).said == []


def test_stories_of_other_groups_do_not_add_up(rules):
    assert Chain(rules(COUNT)).add(on(0), on(1), on(2, targets=["POL"])).said == []


def test_a_story_that_lacks_what_is_grouped_by_counts_in_no_group(rules):
    unplaced = rules(COUNT.replace("[dyad]", "[place_country]"))
    assert Chain(unplaced).add(on(0), on(1), on(2)).matches == []


def test_a_window_that_goes_on_is_one_thread_and_the_next_window_is_another(rules):
    chain = Chain(rules(COUNT)).add(*(on(day) for day in range(5)))
    assert chain.kinds == ["Alert"]
    chain.add(*(on(day) for day in range(8, 12)))
    assert chain.kinds == ["Alert", "Alert"]
    assert len({alert.id for alert in chain.said}) == 2


def test_the_rule_may_keep_silent_for_longer_than_its_window(rules):
    quiet = rules(COUNT + "    repeat: 30d\n")
    assert Chain(quiet).add(*(on(day) for day in range(25))).kinds.count("Alert") == 1


def test_a_story_that_is_taken_back_cancels_what_it_made_and_is_missed(rules):
    chain = Chain(rules(COUNT)).add(on(0), on(2), on(5)).withdraw("air_missile_strike-2")
    first, cancel = chain.said
    assert (cancel.msg_type, cancel.references) == ("Cancel", [first.id])
    assert chain.add(on(6)).kinds == ["Alert", "Cancel", "Update"]


def test_alerts_on_several_stories_are_confirmed_when_enough_of_them_are(rules):
    chain = Chain(rules(COUNT)).add(on(0), on(2), on(5))
    assert not chain.said[0].confirmed
    chain.add(*(on(day, article=f"b{day}", source="other") for day in (0, 2, 5)))
    assert (chain.kinds, chain.said[-1].confirmed) == (["Alert", "Update"], True)


def test_different_values_are_counted_once_each(rules):
    chain = Chain(rules(DISTINCT)).add(on(0), on(1))
    assert chain.said == []
    assert chain.add(on(2, targets=["POL"])).said[0].group == {"actor": "RUS"}


def test_numbers_are_added_up(rules):
    chain = Chain(rules(SUM)).add(on(0, attributes={"killed": 12}), on(1))
    assert chain.said == []
    [alert] = chain.add(on(2, attributes={"killed": 9})).said
    assert alert.why[0].value == "21, 20 asked for"


def test_a_sequence_fires_when_its_steps_come_in_order(rules):
    deployed, left = on(0, "troop_deployment"), on(9, "embassy_evacuation")
    [alert] = Chain(rules(SEQUENCE)).add(deployed, left).said
    assert [one.headline.split()[1] for one in alert.stories] == ["deployed", "told"] or alert.stories
    assert Chain(rules(SEQUENCE)).add(on(0, "embassy_evacuation"), on(9, "troop_deployment")).said == []
    assert Chain(rules(SEQUENCE)).add(deployed, on(30, "embassy_evacuation")).said == []


def test_a_sequence_that_comes_out_of_order_is_judged_by_when_it_happened(rules):
    late = Chain(rules(SEQUENCE)).add(on(9, "embassy_evacuation"), on(0, "troop_deployment"))
    assert late.kinds == ["Alert"]


def test_steps_in_any_order_may_be_asked_for(rules):
    loose = rules(SEQUENCE.replace("within: 21d", "within: 21d\n        ordered: false"))
    assert Chain(loose).add(on(0, "embassy_evacuation"), on(9, "troop_deployment")).kinds == ["Alert"]


def test_silence_fires_by_time_alone_and_once(rules):
    chain = Chain(rules(ABSENCE)).add(on(0, "military_communication")).tick(29)
    assert chain.said == []
    [alert] = chain.tick(31).tick(32).tick(60).said
    assert alert.group == {"dyad": "RUS-UKR"}
    assert alert.story is None


def test_a_silence_ends_with_the_next_contact_and_never_was_when_one_comes_late(rules):
    ended = Chain(rules(ABSENCE)).add(on(0, "military_communication")).tick(31)
    ended.add(on(40, "military_communication"))
    assert [(one.msg_type, one.changes[0].field if one.changes else "") for one in ended.said] == [
        ("Alert", ""),
        ("Update", "ended"),
    ]
    never = Chain(rules(ABSENCE)).add(on(0, "military_communication")).tick(31)
    assert never.add(on(12, "military_communication")).kinds == ["Alert", "Cancel"]


def test_the_same_matches_again_change_nothing(rules):
    chain = Chain(rules(COUNT)).add(on(0), on(2), on(5))
    once = [alert.id for alert in chain.said]
    for match in list(chain.matches):
        chain.judge(match)
    assert [alert.id for alert in chain.said] == once


@pytest.mark.parametrize("body", [COUNT, DISTINCT, SUM, SEQUENCE])
def test_a_judge_that_starts_anew_at_any_point_says_the_same(rules, body):
    events = [
        on(day, type_, targets=[target], attributes={"killed": day})
        for day, (type_, target) in enumerate(
            [("troop_deployment", "UKR"), ("air_missile_strike", "UKR"), ("air_missile_strike", "POL")] * 6
            + [("embassy_evacuation", "UKR")] * 2
        )
    ]
    whole = Chain(rules(body)).add(*events)
    assert whole.said
    for cut in range(0, len(whole.matches), 3):
        before, after = Chain(rules(body)), Chain(rules(body))
        for match in whole.matches[:cut]:
            before.judge(match)
        for thread in before.threads:
            after.windows.restore_thread(thread)
        for match in {match.id: match for match in before.matches}.values():
            after.windows.restore_match(match)
        for match in whole.matches[max(0, cut - 4) :]:  # the last ones come again
            after.judge(match)
        said = {alert.id for alert in (*before.said, *after.said)}
        assert said == {alert.id for alert in whole.said}, cut


def test_the_order_within_the_lateness_changes_no_window_that_was_told(rules):
    events = [on(day) for day in (0, 1, 2)]
    for seed in range(6):
        shuffled = events.copy()
        Random(seed).shuffle(shuffled)
        [alert] = Chain(rules(COUNT)).add(*shuffled).said
        assert len(alert.stories) == 3


def test_an_archive_that_comes_in_any_order_is_judged_in_the_order_of_its_days(rules):
    chain = Chain(rules(COUNT)).add(on(200), on(0), on(300), on(2), on(1))
    assert [[one.at.date() - DAY for one in alert.stories] for alert in chain.said] == [
        [timedelta(days=day) for day in (0, 1, 2)]
    ]


def test_what_comes_too_late_for_what_is_still_held_is_counted_as_late_and_left_out(rules, monkeypatch):
    monkeypatch.setattr(groups, "KEPT", 2)
    chain = Chain(rules(COUNT)).add(
        on(0), on(20), on(21), on(22), on(0, article="other", targets=["UKR", "POL"])
    )
    assert chain.windows.let_go["late"] == 1


def test_what_is_held_is_bounded(rules):
    chain = Chain(rules(COUNT))
    chain.windows = Windows(chain.rules, most=4)
    chain.add(*(on(day, targets=[f"T{day}"]) for day in range(10)))
    assert chain.windows.held <= 4
    assert chain.windows.let_go["limit"] == 6
