from __future__ import annotations

from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from schemas import Alert, Contribution, DeadLetter, Dyad, Event, Reason, Story, Withdrawal, decode, encode
from schemas.cloudevents import headers as cloudevents
from streams.alerting import Alerts, load_rules
from streams.metrics import Metrics
from streams.stages import ENTERED, Correlate, InRecord, OutRecord, Tag, Warn, Weigh, latest, outputs
from streams.stages.readings import Readings
from streams.stories import Stories, block_key
from streams.tagging import Tagger
from streams.tension import Dyads, contribution_of, load_watched
from tests.factories import NOON, a_story, an_event
from tests.pipeline.articles import an_article


@pytest.fixture
def metrics():
    return Metrics(CollectorRegistry())


def a_record(value: bytes | None, **changes) -> InRecord:
    fields = {
        "topic": "t",
        "partition": 3,
        "offset": 9,
        "timestamp": 1_652_472_000.5,
        "key": b"k",
        "headers": {},
    }
    return InRecord(value=value, **(fields | changes))


class Broken:
    name = "tag"

    def outputs(self, _record, _now):
        raise RuntimeError("no such luck")


def test_an_article_becomes_events_keyed_by_what_must_meet(metrics):
    *out, reading = Tag(Tagger.load(), Readings(), metrics).outputs(a_record(encode(an_article())), NOON)
    assert (reading.topic, reading.partition) == ("tocsin.readings", 3)
    assert out
    for record in out:
        event = decode(Event, record.value)
        assert (record.topic, record.partition) == ("tocsin.events", None)
        assert record.key.decode() == block_key(event)
        assert record.headers[ENTERED] == b"1652472000500"


def test_an_article_from_an_archive_goes_through_every_stage_and_raises_no_alert(metrics):
    article = an_article().model_copy(update={"backfill": True})
    correlate, warn = Correlate(Stories(), metrics), Warn(Alerts(load_rules(None)), metrics)
    told = Tag(Tagger.load(), Readings(), metrics).outputs(a_record(encode(article)), NOON)
    events = [record for record in told if record.topic == "tocsin.events"]
    stories = [out for event in events for out in correlate.outputs(a_record(event.value), NOON)]
    alerts = [out for story in stories for out in warn.outputs(a_record(story.value), NOON)]
    assert stories
    assert all(decode(Story, story.value).backfill for story in stories)
    assert "tocsin.alerts" not in {out.topic for out in alerts}
    withheld = metrics.registry.get_sample_value("tocsin_alerts_withheld_total", {"reason": "backfill"})
    assert withheld >= 1


def test_a_dyad_says_whether_an_archive_moved_it(metrics):
    stories = [a_story(an_event(backfill=mark)) for mark in (True, False)]
    marks = []
    for story in stories:
        stage = Weigh(Dyads(load_watched(None)), metrics)
        out = stage.outputs(a_record(encode(contribution_of(story))), NOON)
        marks.append({decode(Dyad, record.value).backfill for record in out})
    assert marks == [{True}, {False}]


def test_an_event_becomes_a_story_on_its_own_partition_and_only_once(metrics):
    stage = Correlate(Stories(), metrics)
    record = a_record(encode(an_event()), headers={ENTERED: b"1"})
    [out] = stage.outputs(record, NOON)
    assert (out.topic, out.partition, out.headers[ENTERED]) == ("tocsin.stories", 3, b"1")
    assert out.key.decode() == decode(Story, out.value).id
    assert stage.outputs(record, NOON) == []


def test_a_story_becomes_alerts_on_its_own_partition_and_only_once(metrics):
    stage = Warn(Alerts(load_rules(None)), metrics)
    record = a_record(encode(a_story()))
    out = stage.outputs(record, NOON)
    alerts = [each for each in out if each.topic == "tocsin.alerts"]
    assert {each.partition for each in alerts} == {3}
    assert [each.key.decode() for each in alerts] == [decode(Alert, each.value).dedup_key for each in alerts]
    again = stage.outputs(record, NOON)
    assert {each.topic for each in again} <= {"tocsin.matches", "tocsin.contributions"}, (
        "what it counts toward and adds to is told again, and is known"
    )


def test_what_was_said_is_noted_once_it_is_said_and_never_before(metrics):
    out = Warn(Alerts(load_rules(None)), metrics).outputs(a_record(encode(a_story())), NOON)
    assert {each.topic: each.last for each in out} == {
        "tocsin.alerts": False,
        "tocsin.contributions": False,
        "tocsin.matches": False,
        "tocsin.threads": True,
    }


def test_each_revision_of_a_story_becomes_a_contribution_and_all_of_them_meet(metrics):
    story, stage = a_story(), Warn(Alerts(load_rules(None)), metrics)
    for partition in (0, 3):
        outs = stage.outputs(a_record(encode(story), partition=partition), NOON)
        [out] = [each for each in outs if each.topic == "tocsin.contributions"]
        assert (out.topic, out.partition, out.key.decode()) == ("tocsin.contributions", 0, story.id)
        assert decode(Contribution, out.value) == contribution_of(story)


def test_a_contribution_becomes_the_dyads_that_it_changes(metrics):
    stage = Weigh(Dyads(load_watched()), metrics)
    record = a_record(encode(contribution_of(a_story())), partition=0)
    first = stage.outputs(record, NOON)
    assert {(each.topic, each.partition) for each in first} == {("tocsin.dyads", 0)}
    assert [each.key.decode() for each in first] == [dyad.id for dyad in load_watched()]
    assert stage.outputs(record, NOON) == []
    more = contribution_of(a_story(status="ongoing", article="article-2")).model_copy(update={"id": "s2"})
    changed = stage.outputs(a_record(encode(more)), NOON)
    assert {decode(Dyad, each.value).id for each in changed} == {"RUS-USA", "NATO-RUS", "RUS-WEST"}


def test_a_weighing_that_was_restored_tells_every_dyad_once_more(metrics):
    """A worker may have died after the topic had the contribution and before it had the dyads."""
    value = encode(contribution_of(a_story()))
    sent = {
        each.key: each.value for each in Weigh(Dyads(load_watched()), metrics).outputs(a_record(value), NOON)
    }
    again = Weigh(Dyads(load_watched()), metrics)
    again.restore(value)
    assert {each.key: each.value for each in again.outputs(a_record(value), NOON)} == sent


def test_restored_stages_know_what_they_sent_before(metrics):
    event, story = an_event(), a_story()
    correlate, warn = Correlate(Stories(), metrics), Warn(Alerts(load_rules(None)), metrics)
    for stage, record in ((correlate, a_record(encode(event))), (warn, a_record(encode(story)))):
        sent = stage.outputs(record, NOON)
        again = (
            Correlate(Stories(), metrics) if stage is correlate else Warn(Alerts(load_rules(None)), metrics)
        )
        for out in sent:
            if out.topic in {"tocsin.stories", "tocsin.threads"}:
                again.restore(out.value)
        topics = {out.topic for out in again.outputs(record, NOON)}
        assert topics <= {"tocsin.matches", "tocsin.contributions"}


def test_what_cannot_be_read_is_a_dead_letter_with_all_that_it_was(metrics):
    record = a_record(b"{nope", headers={"trace": b"1"})
    [out] = outputs(Correlate(Stories(), metrics), record, NOON, metrics)
    letter = DeadLetter.from_wire(out.key, out.value, out.headers)
    assert (letter.stage, letter.reason, letter.exception) == ("stories", Reason.NOT_JSON, "Unreadable")
    assert (letter.key, letter.value, letter.headers) == (b"k", b"{nope", {"trace": b"1"})
    assert (letter.topic, letter.partition, letter.offset, letter.attempt) == ("t", 3, 9, 1)


def test_a_mistake_of_ours_on_one_message_is_a_dead_letter_too(metrics):
    [out] = outputs(Broken(), a_record(b"{}"), NOON, metrics)
    letter = DeadLetter.from_wire(out.key, out.value, out.headers)
    assert (letter.reason, letter.exception, letter.message) == (Reason.BUG, "RuntimeError", "no such luck")


def test_dead_letters_are_counted_by_stage_and_reason(metrics):
    outputs(Broken(), a_record(b"{}"), NOON, metrics)
    count = metrics.registry.get_sample_value(
        "tocsin_records_failed_total", {"stage": "tag", "reason": "bug"}
    )
    assert count == 1


def test_a_message_without_a_value_is_a_dead_letter(metrics):
    [out] = outputs(Tag(Tagger.load(), Readings(), metrics), a_record(None), NOON, metrics)
    assert DeadLetter.from_wire(out.key, out.value, out.headers).reason is Reason.EMPTY


def test_the_way_of_an_article_from_topic_to_alert_is_observed(metrics):
    entered = str(round((NOON.timestamp() - 2) * 1000)).encode()
    Warn(Alerts(load_rules(None)), metrics).outputs(
        a_record(encode(a_story()), headers={ENTERED: entered}), NOON
    )
    assert metrics.registry.get_sample_value("tocsin_end_to_end_seconds_sum") == pytest.approx(2)


class Read:
    """A tag stage, and what it sends: the events of an article and its withdrawals."""

    def __init__(self, metrics):
        self.stage = Tag(Tagger.load(), Readings(), metrics)
        self.sent = []

    def __call__(self, article, offset):
        self.sent = self.stage.outputs(a_record(encode(article), offset=offset), NOON)
        events = [out for out in self.sent if out.headers["ce_type"].endswith(b"event.v1")]
        withdrawals = [out for out in self.sent if out.headers["ce_type"].endswith(b"withdrawal.v1")]
        assert {out.topic for out in events + withdrawals} <= {"tocsin.events"}
        return [decode(Event, out.value) for out in events], {
            out.key.decode(): decode(Withdrawal, out.value) for out in withdrawals
        }


def test_an_article_read_again_takes_nothing_back_whatever_its_date(metrics):
    read, article = Read(metrics), an_article()
    events, _ = read(article, 1)
    later = article.model_copy(update={"published_at": article.published_at + timedelta(days=3)})
    again, withdrawals = read(later, 2)
    assert ([event.id for event in again], withdrawals) == ([event.id for event in events], {})


def test_a_second_version_of_an_article_takes_back_what_it_no_longer_says(metrics):
    read, article = Read(metrics), an_article()
    events, _ = read(article, 1)
    shorter = article.model_copy(update={"body": article.body.partition(". ")[0] + "."})
    kept, withdrawals = read(shorter, 2)
    assert set(withdrawals) == {block_key(event) for event in events}
    assert {one.reason for one in withdrawals.values()} == {"revised"}
    assert all(one.keeps == [event.id for event in kept] for one in withdrawals.values())


def test_a_retracted_article_takes_back_all_and_tells_nothing(metrics):
    read, article = Read(metrics), an_article()
    events, _ = read(article, 1)
    told, withdrawals = read(article.model_copy(update={"retracted": True}), 2)
    assert told == []
    assert set(withdrawals) == {block_key(event) for event in events}
    assert {(one.reason, tuple(one.keeps)) for one in withdrawals.values()} == {("retracted", ())}


def test_a_restarted_stage_takes_back_all_the_same_and_tells_it_again_on_a_replay(metrics):
    first, article = Read(metrics), an_article()
    first(article, 1)
    second = Read(metrics)
    second.stage.restore(first.sent[-1].value)
    _, withdrawals = second(article.model_copy(update={"retracted": True}), 2)
    assert withdrawals
    third = Read(metrics)
    third.stage.restore(second.sent[-1].value)
    assert third(article, 1) == ([], {}), "the older version comes again: it is passed over"
    assert third(article.model_copy(update={"retracted": True}), 2)[1] == withdrawals


def test_a_withdrawal_becomes_a_new_revision_of_each_story_it_touches(metrics):
    stage, event = Correlate(Stories(), metrics), an_event()
    stage.outputs(a_record(encode(event)), NOON)
    back = Withdrawal(id="w", article=event.article.id, reason="retracted", withdrawn_at=NOON)
    headers = cloudevents(back, source="tag", time=NOON)
    [out] = stage.outputs(a_record(encode(back), headers=headers), NOON)
    story = decode(Story, out.value)
    assert (story.revision, story.cancelled, out.partition) == (2, True, 3)
    made = Warn(Alerts(load_rules(None)), metrics).outputs(a_record(out.value), NOON)
    assert [each.topic for each in made] == ["tocsin.contributions"]


def test_of_the_states_of_one_key_only_the_latest_is_sent_and_of_all_else_everything():
    outs = [
        OutRecord("dyads", b"RUS-USA", b"1", {}, is_state=True),
        OutRecord("alerts", b"RUS-USA", b"2", {}),
        OutRecord("dyads", b"RUS-UKR", b"3", {}, is_state=True),
        OutRecord("alerts", b"RUS-USA", b"4", {}),
        OutRecord("dyads", b"RUS-USA", b"5", {}, is_state=True),
    ]
    assert [out.value for out in latest(outs)] == [b"2", b"3", b"4", b"5"]


def test_what_an_archive_says_of_a_dyad_voids_nothing_that_is_news(metrics):
    stage = Weigh(Dyads(load_watched()), metrics)
    news, archived = contribution_of(a_story()), contribution_of(a_story(article="article-2", backfill=True))
    archived = archived.model_copy(update={"id": "s2", "backfill": True})
    made = [
        out for each in (news, archived) for out in stage.outputs(a_record(encode(each), partition=0), NOON)
    ]
    assert {out.is_state for out in made if decode(Dyad, out.value).backfill} <= {False}
    assert {out.is_state for out in made if not decode(Dyad, out.value).backfill} == {True}
