"""Delivery as it runs: the process, a broker, receivers that are real servers, and kills."""

from __future__ import annotations

import itertools
import json
import signal
import socket
import urllib.request
from collections import Counter

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler

from schemas import Alert, Delivery, decode, encode
from schemas.topics import ALERTS, DEADLETTERS, DELIVERIES
from streams import children
from streams.port import free_port
from tests.delivery.alerts import an_alert
from tests.delivery.hook import Hook
from tests.delivery.now import now
from tests.pipeline.waiting import wait_for

KEY = "the-key-of-the-signature"
PATH = "/hooks/T0PS3CR3T-token-of-the-address"


class Process:
    """`tocsin deliver` with a file of receivers; what it says is kept over its restarts."""

    def __init__(self, broker, folder, plan, **environment) -> None:
        self._broker, self.log = broker, folder / "deliver.log"
        self.port = free_port("127.0.0.1")
        file = folder / "receivers.yaml"
        file.write_text(yaml.safe_dump(plan))
        self._environment = broker.environment | environment
        self._environment |= {"TOCSIN_RECEIVERS": str(file), "TOCSIN_DELIVER_PORT": str(self.port)}
        self.process = None

    def start(self) -> Process:
        self.process = children.start(self._broker.command("deliver"), log=self.log, env=self._environment)
        wait_for(self.is_ready, "delivery to be ready")
        return self

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            return self.get("/readyz")[0] == 200
        except OSError:
            return False

    def get(self, page):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{page}", timeout=10) as got:
            return got.status, got.read().decode()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture
def delivering(broker, tmp_path):
    """Start a delivery process with these receivers."""
    started = []

    def start(*receivers, environment=(), **changes):
        plan = {
            "receivers": list(receivers),
            "routes": [{"receivers": [receiver["name"] for receiver in receivers]}],
        } | changes
        process = Process(broker, tmp_path, plan, KEY=KEY, **dict(environment))
        started.append(process)
        return process.start()

    yield start
    for process in started:
        children.end(process.process)


def a_webhook(hook, name="desk", **changes) -> dict:
    return {"name": name, "kind": "webhook", "url": hook.url + PATH, "secret": {"env": "KEY"}} | changes


numbers = itertools.count()


def raise_alerts(broker, count, **changes) -> list[str]:
    ids = [f"alert-{next(numbers)}" for _ in range(count)]
    for number, id_ in enumerate(ids):
        alert = an_alert(**{"id": id_, "dedup_key": f"talks:{id_}", "raised_at": now()} | changes)
        broker.send(ALERTS, encode(alert), key=alert.dedup_key.encode(), partition=number % 2)
    return ids


def told(hook) -> list[str]:
    return [json.loads(one.body)["id"] for one in hook.accepted]


def deliveries(broker) -> dict[str, Delivery]:
    found = [decode(Delivery, record.value) for record in broker.records(DELIVERIES)]
    return {delivery.id: delivery for delivery in found}


def test_an_alert_reaches_its_receiver_signed_and_is_written_down_as_delivered(broker, delivering, hook):
    delivering(a_webhook(hook))
    [id_] = raise_alerts(broker, 1)
    wait_for(lambda: hook.accepted, "the alert")
    [got] = hook.accepted
    assert got.headers["X-Tocsin-Signature"].startswith("t=")
    event = json.loads(got.body)
    assert (event["id"], event["type"], event["data"]["id"]) == (id_, "dev.tocsin.alert.v1", id_)
    wait_for(
        lambda: [one.outcome for one in deliveries(broker).values()] == ["delivered"],
        "the delivery to be written down",
    )
    [delivery] = deliveries(broker).values()
    assert (delivery.attempts, delivery.answered, delivery.receiver) == (1, 200, "desk")


def test_a_receiver_that_is_down_while_delivery_is_killed_twice_gets_each_alert_once(
    broker, delivering, hook
):
    hook.stop()
    process = delivering(a_webhook(hook))
    ids = raise_alerts(broker, 5)
    for _ in range(2):
        wait_for(lambda: any(one.attempts for one in deliveries(broker).values()), "an attempt to be made")
        process.kill()
        ids += raise_alerts(broker, 5)
        process.start()
    hook.start()
    wait_for(lambda: set(told(hook)) == set(ids), "every alert to be delivered")
    assert process.stop() == 0
    process.start()
    wait_for(lambda: _all_delivered(broker, ids), "every delivery to be written down")
    assert max(Counter(told(hook)).values()) == 1


def _all_delivered(broker, ids):
    found = deliveries(broker).values()
    return len(found) == len(ids) and {one.outcome for one in found} == {"delivered"}


def test_a_kill_while_alerts_are_sent_loses_none_and_repeats_at_most_what_was_under_way(
    broker, delivering, hook
):
    process = delivering(a_webhook(hook, cap=1000))
    ids = raise_alerts(broker, 30)
    for share in (3, 12):
        wait_for(lambda share=share: len(hook.accepted) > share, "some alerts", every=0.005)
        process.kill()
        process.start()
    wait_for(lambda: _all_delivered(broker, ids), "every alert to be delivered")
    counts = Counter(told(hook))
    assert set(counts) == set(ids)
    assert sum(counts.values()) - len(ids) <= 2  # one for each kill: it was answered but not written down
    keys = Counter(one.headers["Idempotency-Key"] for one in hook.accepted)
    assert sorted(keys.values()) == sorted(counts.values())  # by which the receiver knows a repeat


def test_what_a_receiver_answered_while_the_broker_was_silent_is_not_forgotten(broker, delivering, hook):
    process = delivering(a_webhook(hook), environment={"TOCSIN_DELIVERY_TIMEOUT": "2"})
    hook.open.clear()
    ids = raise_alerts(broker, 2)
    wait_for(
        lambda: [one.outcome for one in deliveries(broker).values()] == ["queued"] * 2, "both to be queued"
    )
    embedded = broker.embedded.process
    embedded.send_signal(signal.SIGSTOP)
    hook.open.set()
    wait_for(lambda: "waiting for the broker" in process.log.read_text(), "the broker to be missed")
    embedded.send_signal(signal.SIGCONT)
    wait_for(lambda: _all_delivered(broker, ids), "both to be delivered")
    assert Counter(told(hook)) == dict.fromkeys(ids, 1)


def test_a_receiver_that_never_answers_slows_nobody_else(broker, delivering, hook):
    slow = Hook().start()
    slow.open.clear()
    delivering(a_webhook(slow, "slow", timeout="30s"), a_webhook(hook, "desk"))
    ids = raise_alerts(broker, 10)
    wait_for(lambda: set(told(hook)) == set(ids), "the other receiver to have all", within=20)
    assert slow.accepted == []
    slow.open.set()
    slow.stop()


def test_what_a_receiver_cannot_take_now_is_sent_again_and_when_he_says(broker, delivering, hook):
    hook.answers = [500, (429, {"Retry-After": "1"}, b""), 503]
    delivering(a_webhook(hook))
    [id_] = raise_alerts(broker, 1)
    wait_for(lambda: told(hook) == [id_], "the alert")
    assert [one.status for one in hook.got] == [500, 429, 503, 200]


def test_what_a_receiver_refuses_is_a_dead_letter_that_can_be_replayed(broker, delivering, hook):
    hook.answers = [400]
    delivering(a_webhook(hook))
    [id_] = raise_alerts(broker, 1)
    wait_for(lambda: broker.records(DEADLETTERS), "a dead letter")
    headers = dict(broker.records(DEADLETTERS)[0].headers)
    assert headers["tocsin.dlq.reason"] == b"refused"
    assert headers["tocsin.dlq.message"] == b"desk: HTTP 400"
    wait_for(lambda: [one.outcome for one in deliveries(broker).values()] == ["dead"], "it to be dead")
    assert broker.tocsin("deadletters", "replay", "--all").returncode == 0
    wait_for(lambda: told(hook) == [id_], "the alert, replayed")


def test_a_burst_of_ten_times_the_cap_is_the_cap_and_all_the_rest_stands_on_the_topic(
    broker, delivering, hook
):
    delivering(a_webhook(hook, cap=5))
    ids = raise_alerts(broker, 50)
    wait_for(lambda: len(deliveries(broker)) == 50, "every decision")
    wait_for(lambda: len(hook.accepted) == 5, "what the cap lets through")
    outcomes = Counter(one.outcome.value for one in deliveries(broker).values())
    assert outcomes["capped"] == 45
    assert {one.brief.alert for one in deliveries(broker).values()} == set(ids)


def test_what_was_held_back_is_told_by_one_digest(broker, delivering, hook):
    route = {"receivers": ["desk"], "group_by": ["dyad"], "group_interval": "5s"}
    process = delivering(a_webhook(hook), routes=[route])
    ids = raise_alerts(broker, 8)
    wait_for(lambda: len(deliveries(broker)) == 8, "every decision")
    process.kill()
    process.start()
    wait_for(lambda: len(hook.accepted) == 2, "one alert and the digest")
    digest = json.loads(hook.accepted[1].body)
    assert digest["type"] == "dev.tocsin.digest.v1"
    assert digest["data"]["count"] == 7
    named = {alert["alert"] for alert in digest["data"]["alerts"]}
    assert {told(hook)[0], *named} == set(ids)
    wait_for(
        lambda: (
            Counter(one.outcome.value for one in deliveries(broker).values())
            == {"delivered": 2, "digested": 7}
        ),
        "every delivery to be written down",
    )


def test_a_silence_mutes_from_the_command_line_until_it_is_ended(broker, delivering, hook):
    delivering(a_webhook(hook))
    made = broker.tocsin("silence", "add", "dyad=USA-RUS", "--for", "2h", "--reason", "an exercise")
    id_ = made.stdout.split()[0].decode()
    listed = broker.tocsin("silence", "list").stdout.decode()
    assert id_ in listed
    assert "an exercise" in listed
    wait_for(lambda: _one_more_is(broker, "silenced"), "an alert to be silenced")
    assert broker.tocsin("silence", "end", id_).returncode == 0
    assert broker.tocsin("silence", "list").stdout == b""
    wait_for(lambda: _one_more_is(broker, "delivered"), "an alert to be delivered again")


def _one_more_is(broker, outcome):
    [id_] = raise_alerts(broker, 1)

    def of_it():
        return [one.outcome.value for one in deliveries(broker).values() if one.brief.alert == id_]

    wait_for(lambda: of_it() and of_it() != ["queued"], "a decision")
    return of_it() == [outcome]


def test_feedback_shows_in_the_metrics_and_in_the_figures_of_the_rules(broker, delivering, hook):
    process = delivering(a_webhook(hook))
    raise_alerts(broker, 1)
    alert = decode_alert(broker)
    said = broker.tocsin("feedback", alert.story.id, "wrong-date", "--note", "it was the day before")
    assert said.returncode == 0, said.stderr
    metric = 'tocsin_precision_ratio{name="talks",of="rule"} 0.0'
    wait_for(lambda: metric in process.get("/metrics")[1], "the metric")
    assert broker.tocsin("feedback", alert.story.id, "right").returncode == 0
    stats = broker.tocsin("rules", "stats").stdout.decode()
    assert "rule   talks" in stats
    assert "100% of 1  (1 right)" in stats
    assert broker.tocsin("feedback", "no-such-story", "right").returncode == 1


def decode_alert(broker):
    return decode(Alert, broker.records(ALERTS)[0].value)


class _Mailbox(MessageHandler):
    def __init__(self) -> None:
        super().__init__()
        self.messages = []

    def handle_message(self, message) -> None:
        self.messages.append(message)


@pytest.fixture
def mailbox():
    handler = _Mailbox()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port("127.0.0.1"))
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


def test_e_mail_of_one_thread_is_one_thread(broker, delivering, mailbox):
    delivering(
        {
            "name": "mail",
            "kind": "email",
            "host": "127.0.0.1",
            "port": mailbox.port,
            "tls": "none",
            "sender": "tocsin@example.org",
            "to": ["desk@example.org"],
        }
    )
    raise_alerts(broker, 1, dedup_key="t", severity=3)
    wait_for(lambda: len(mailbox.messages) == 1, "the first message")
    raise_alerts(broker, 1, dedup_key="t", severity=6, msg_type="Update")
    wait_for(lambda: len(mailbox.messages) == 2, "the second message")
    first, second = mailbox.messages
    assert second["References"] == second["In-Reply-To"] == first["Message-ID"]
    assert "UPDATE" in second["Subject"]
    assert first["References"] is None


def test_no_secret_is_in_logs_or_on_a_topic_whatever_goes_wrong(broker, delivering, hook):
    secrets = {"HOOK_URL": hook.url + PATH, "DEAD_URL": f"http://127.0.0.1:{_closed_port()}{PATH}"}
    hook.answers = [500, 302, (400, {}, PATH.encode())]
    process = delivering(
        a_webhook(hook, "a", url={"env": "HOOK_URL"}),
        a_webhook(hook, "b", url={"env": "DEAD_URL"}),
        {
            "name": "c",
            "kind": "slack",
            "token": {"env": "KEY"},
            "channel": "C1",
            "api": hook.url,
        },
        environment=secrets,
    )
    raise_alerts(broker, 2)
    wait_for(lambda: len(hook.got) >= 4, "some attempts")
    wait_for(lambda: any(one.said for one in deliveries(broker).values()), "errors to be written down")
    metrics = process.get("/metrics")[1]
    process.stop()
    topics = [record for topic in (DELIVERIES, DEADLETTERS) for record in broker.records(topic)]
    said = process.log.read_text() + metrics
    said += "".join(f"{record.key} {record.value} {record.headers}" for record in topics)
    assert "failed" in said
    for secret in (KEY, PATH, PATH.rsplit("/", maxsplit=1)[-1]):
        assert secret not in said


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_the_feeds_show_the_latest_alerts_also_after_a_restart(broker, delivering, hook):
    process = delivering(a_webhook(hook))
    [id_] = raise_alerts(broker, 1)
    wait_for(lambda: id_ in process.get("/alerts.atom")[1], "the alert in the feed")
    process.stop()
    process.start()
    assert id_ in process.get("/alerts.atom")[1]
    assert f"/cap/{id_}.xml" in process.get("/alerts.cap.atom")[1]
    assert f"<identifier>{id_}</identifier>" in process.get(f"/cap/{id_}.xml")[1]
