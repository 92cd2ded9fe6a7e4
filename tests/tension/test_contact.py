"""Who spoke when, who refused, which lines are open; and what looks back may and may not do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from streams.tension import formula
from tests.tension.contributions import DAY, a_call, a_contribution, of

SINCE = date(2022, 2, 18)  # 84 days before DAY


def a_refusal(day=DAY, actors=("RUS",), targets=("USA",), **changes):
    return a_contribution("communication_refused", actors, targets, day, **changes)


def a_line(type_, day=DAY, **changes):
    return a_contribution(type_, ("RUS", "USA"), (), day, **changes)


def state(watch, *contributions, as_of=DAY):
    return of(contributions, watch).dyad("RUS-USA", as_of)


def contact(watch, *contributions, as_of=DAY):
    [only] = state(watch, *contributions, as_of=as_of).contacts
    return only


@pytest.mark.parametrize(
    ("type_", "channel"),
    [
        ("military_communication", "military"),
        ("leader_communication", "leaders"),
        ("negotiation", "talks"),
    ],
)
def test_each_way_of_speaking_is_a_channel(watch, type_, channel):
    spoke = a_contribution(type_, ("USA",), ("RUS",))
    told = contact(watch, spoke)
    assert (told.channel, told.day, told.story, told.background) == (channel, DAY, spoke.id, False)


def test_silence_is_counted_to_the_day_that_is_asked_for(watch):
    dyads = of([a_call()], watch)
    told = [dyads.dyad("RUS-USA", DAY + timedelta(days=after)).silence_days for after in (0, 1, 30)]
    assert told == [0, 1, 30]


def test_without_any_contact_held_silence_is_unknown(watch):
    assert state(watch, a_refusal()).silence_days is None


@pytest.mark.parametrize("status", ["planned", "conditional", "denied"])
def test_a_call_that_is_planned_or_denied_is_no_contact(watch, status):
    assert state(watch, a_call(status=status), a_refusal()).contacts == []


def test_a_call_that_is_taken_back_gives_way_to_the_one_before(watch):
    before, call = a_call(SINCE), a_call(id="s")
    back = call.model_copy(update={"revision": 2, "cancelled": True})
    assert contact(watch, before, call, back).day == SINCE


def test_the_first_call_in_84_days_is_computed_from_the_call_before(watch):
    told = contact(watch, a_call(SINCE), a_call())
    assert (told.before, told.gap_days, told.gap_from) == (SINCE, 84, "report")
    assert told.story == a_call().id
    assert told.sentence == (
        "First military contact in 84 days, on 2022-05-13; the one before was on 2022-02-18."
    )


def test_a_call_that_an_article_recalls_sets_the_state_and_is_no_event(watch):
    recalled = a_call(SINCE, reported=DAY, status="historical")
    only = state(watch, recalled)
    assert (only.contacts[0].day, only.contacts[0].background) == (SINCE, True)
    assert only.tension.value == 0
    assert only.contacts[0].sentence is None
    told = contact(watch, recalled, a_call())
    assert (told.gap_days, told.gap_from) == (84, "background")
    assert told.sentence.endswith("the one before was on 2022-02-18, as a look back has it.")


def test_when_no_call_before_is_held_the_count_of_the_text_is_told_as_such(watch):
    told = contact(watch, a_call(gap_days=84))
    assert (told.before, told.gap_days, told.gap_from, told.text_gap_days) == (SINCE, 84, "text", 84)
    assert told.sentence == (
        "First military contact in 84 days, on 2022-05-13; as the text counts, from 2022-02-18."
    )


def test_a_call_that_is_held_is_told_before_what_a_text_counts_back_to(watch):
    told = contact(watch, a_call(SINCE - timedelta(days=1)), a_call(gap_days=84))
    assert (told.gap_days, told.gap_from, told.text_gap_days) == (85, "report", 84)


def test_a_text_that_knows_of_a_later_call_than_we_hold_is_believed(watch):
    told = contact(watch, a_call(SINCE - timedelta(days=200)), a_call(gap_days=84))
    assert (told.gap_days, told.gap_from) == (84, "text")


def test_a_look_back_that_contradicts_the_count_of_the_report_gives_way_to_it(watch):
    doubtful = a_call(DAY - timedelta(days=50), reported=DAY, status="historical")
    told = contact(watch, doubtful, a_call(gap_days=84))
    assert (told.gap_days, told.gap_from) == (84, "text")


def test_a_report_that_is_held_stands_against_the_count_of_a_text(watch):
    told = contact(watch, a_call(DAY - timedelta(days=50)), a_call(gap_days=84))
    assert (told.gap_days, told.gap_from, told.text_gap_days) == (50, "report", 84)


def test_a_look_back_that_only_counts_days_sets_the_last_contact(watch):
    silent = a_call(DAY, gap_days=84, status="historical", precision="unknown")
    told = contact(watch, silent)
    assert (told.day, told.background, told.silence_days) == (SINCE, True, 84)


def test_reports_that_date_one_call_a_day_apart_are_one_contact(watch):
    told = contact(watch, a_call(SINCE), a_call(DAY - timedelta(days=1)), a_call(DAY))
    assert (told.day, told.gap_days) == (DAY, 83)


def test_a_count_that_leads_before_all_calendars_is_passed_over(watch):
    told = contact(watch, a_call(date(1, 3, 1), reported=DAY, gap_days=90), as_of=DAY)
    assert (told.day, told.before) == (date(1, 3, 1), None)


def test_of_very_many_lines_the_latest_are_told_and_all_are_counted(watch):
    lines = [a_line("communication_channel_opened", DAY, object=f"line {number}") for number in range(40)]
    told = state(watch, *(line.model_copy(update={"id": f"{at}"}) for at, line in enumerate(lines)))
    assert (len(told.lines), told.lines_open) == (10, 40)


def test_a_short_silence_is_no_news(watch):
    near = DAY - timedelta(days=formula().gap_notable_days.value - 1)
    assert contact(watch, a_call(near), a_call()).sentence is None


def test_the_contacts_of_all_channels_are_told_the_latest_first(watch):
    talks = a_contribution("negotiation", ("RUS", "USA"), (), DAY - timedelta(days=2))
    assert [each.channel for each in state(watch, talks, a_call()).contacts] == ["military", "talks"]


def test_a_contact_with_a_member_is_a_contact_with_the_bloc(watch):
    call = a_contribution("leader_communication", ("FRA",), ("RUS",))
    dyads = of([call], watch)
    assert dyads.dyad("RUS-WEST").silence_days == 0
    assert dyads.dyad("RUS-USA").contacts == []


def test_refusals_are_counted_in_a_row_since_the_last_contact(watch):
    refused = [a_refusal(DAY - timedelta(days=ago)) for ago in (40, 20, 10, 3)]
    told = state(watch, a_call(DAY - timedelta(days=30)), *refused).refusals
    assert (told.in_a_row, told.by, told.last) == (3, ["RUS"], DAY - timedelta(days=3))


@pytest.mark.parametrize("status", ["planned", "denied", "conditional", "historical"])
def test_a_refusal_that_is_not_told_as_an_event_is_not_counted(watch, status):
    assert state(watch, a_refusal(status=status), a_refusal(DAY - timedelta(days=9))).refusals.in_a_row == 1


def test_a_refusal_that_an_article_recalls_is_the_last_one_known_but_no_more(watch):
    told = state(watch, a_refusal(date(2022, 3, 24), reported=DAY, status="historical")).refusals
    assert (told.in_a_row, told.last, told.background) == (0, date(2022, 3, 24), True)


def test_a_contact_ends_the_row(watch):
    assert state(watch, a_refusal(DAY - timedelta(days=1)), a_call()).refusals.in_a_row == 0


def test_lines_are_told_by_their_name_as_last_reported(watch):
    told = state(
        watch,
        a_line("communication_channel_opened", DAY - timedelta(days=90), object="deconfliction line"),
        a_line("communication_channel_opened", DAY - timedelta(days=80), object="crisis hotline"),
        a_line("communication_channel_cut", DAY - timedelta(days=2), object="crisis hotline"),
    )
    lines = [(line.name, line.state, line.since) for line in told.lines]
    assert lines == [
        ("crisis hotline", "cut", DAY - timedelta(days=2)),
        ("deconfliction line", "open", DAY - timedelta(days=90)),
    ]
    assert (told.lines_open, told.lines_cut) == (1, 1)


def test_a_line_that_an_article_recalls_is_known_from_a_look_back(watch):
    recalled = a_line("communication_channel_opened", date(2022, 3, 1), reported=DAY, status="historical")
    [line] = state(watch, recalled).lines
    assert (line.name, line.state, line.background) == ("unnamed", "open", True)


def test_a_line_that_is_only_planned_is_not_open(watch):
    assert state(watch, a_line("communication_channel_opened", status="planned")).lines_open == 0


def test_a_contact_is_held_for_a_year_and_the_index_for_a_season(watch):
    spoke = a_call(DAY - timedelta(days=300))
    later = a_contribution(targets=("USA",))
    told = state(watch, spoke, later)
    assert told.silence_days == 300
    assert told.tension.stories == 1
    long_ago = a_call(DAY - timedelta(days=400))
    assert state(watch, long_ago, later).contacts == []
