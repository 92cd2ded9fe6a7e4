"""Each kind of receiver: what is sent, and what its answers mean. A real server takes the requests."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import TypeAdapter

from streams.delivery.channels import Accepted, Refused, Unavailable, channel_of
from streams.delivery.policy.receivers import Receiver
from tests.delivery.alerts import an_alert
from tests.delivery.channels.posts import a_digest, a_post
from tests.factories import a_story

RECEIVER = TypeAdapter(Receiver)
KINDS = {
    "webhook": {"url": {"env": "URL"}, "secret": {"env": "KEY"}},
    "slack": {"url": {"env": "URL"}},
    "slack-bot": {"kind": "slack", "token": {"env": "KEY"}, "channel": "C1", "api": "{url}"},
    "teams": {"url": {"env": "URL"}},
    "matrix": {"homeserver": "{url}", "room": "!room:example.org", "token": {"env": "KEY"}},
    "ntfy": {"url": "{url}", "topic": {"env": "KEY"}},
    "alertmanager": {"url": "{url}"},
}


@pytest.fixture
def send(hook):
    """Send a post to a receiver of this kind; return its answer."""
    hook.always = (200, {}, b'{"ok": true, "ts": "17.5", "event_id": "$e1", "id": "n1"}')

    def send_(kind, post, **changes):
        fields = {name: hook.url if value == "{url}" else value for name, value in KINDS[kind].items()}
        receiver = RECEIVER.validate_python(
            {"name": "desk", "kind": kind, "timeout": "2s"} | fields | changes
        )
        channel = channel_of(receiver, {"URL": f"{hook.url}/hooks/the-token", "KEY": "the-key"})

        async def go():
            try:
                return await channel.send(post)
            finally:
                await channel.close()

        return asyncio.run(go())

    return send_


def body(hook, at=-1):
    return json.loads(hook.got[at].body)


@pytest.mark.parametrize("kind", KINDS)
def test_an_alert_and_a_digest_reach_every_kind_of_receiver(send, hook, kind):
    for post in (a_post(), a_digest()):
        assert isinstance(send(kind, post), Accepted)
    first, second = (json.dumps(body(hook, at)) for at in (0, 1))
    assert "held military talks" in first or "the words of the text" in first
    assert "Number 3." in second


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_answers_of_a_receiver_mean(send, hook, kind):
    hook.answers = [500, (429, {"Retry-After": "7"}, b"{}"), 403, 400, (302, {"Location": "/x"}, b"")]
    answers = [send(kind, a_post()) for _ in range(5)]
    assert [type(answer) for answer in answers] == [Unavailable, Unavailable, Unavailable, Refused, Refused]
    assert answers[1].retry_after == 7
    assert len(hook.got) == 5  # no redirection was followed


@pytest.mark.parametrize("kind", KINDS)
def test_a_receiver_that_is_down_or_never_answers_is_unavailable(send, hook, kind):
    hook.open.clear()
    silent = send(kind, a_post(), timeout="1s")
    hook.open.set()
    hook.stop()
    down = send(kind, a_post())
    assert isinstance(silent, Unavailable)
    assert silent.said == "no answer within 1 s"
    assert isinstance(down, Unavailable)
    assert "the-token" not in down.said


def test_a_webhook_gets_the_alert_of_the_topic_as_a_cloudevent(send, hook):
    alert = an_alert()
    send("webhook", a_post(alert))
    event = body(hook)
    assert event["specversion"] == "1.0"
    assert event["dataschema"] == "urn:tocsin:schema:alert:1"
    assert event["data"] == alert.model_dump(mode="json", exclude_none=True)


def test_slack_shows_words_as_they_are_and_calls_nobody(send, hook):
    send("slack", a_post(an_alert(a_story(quote="<!channel> & <@U1>"), summary="<!here>")))
    said = json.dumps(body(hook))
    assert "<!" not in said
    assert "&lt;!here&gt;" in said


def test_slack_by_a_bot_answers_in_the_thread_of_the_first_message(send, hook):
    assert send("slack-bot", a_post()).ref == "17.5"
    send("slack-bot", a_post(id="alert-2", msg_type="Update", first="other", ref="17.5"))
    assert body(hook)["thread_ts"] == "17.5"
    assert hook.got[-1].headers["Authorization"] == "Bearer the-key"


@pytest.mark.parametrize(("error", "means"), [("msg_too_long", Refused), ("channel_not_found", Unavailable)])
def test_what_slack_refuses_with_status_200_is_not_taken_for_delivered(send, hook, error, means):
    hook.answers = [(200, {}, json.dumps({"ok": False, "error": error}).encode())]
    assert isinstance(send("slack-bot", a_post()), means)


def test_matrix_gets_one_transaction_a_delivery_and_threads(send, hook):
    post = a_post()
    assert send("matrix", post).ref == "$e1"
    assert hook.got[-1].method == "PUT"
    assert hook.got[-1].path.endswith(f"!room:example.org/send/m.room.message/{post.key}")
    send("matrix", a_post(id="alert-2", first="other", ref="$e1"))
    assert body(hook)["m.relates_to"]["event_id"] == "$e1"


def test_matrix_may_say_in_the_body_when_to_come_again(send, hook):
    hook.answers = [(429, {}, b'{"retry_after_ms": 2500}')]
    assert send("matrix", a_post()).retry_after == 2.5


def test_ntfy_rings_the_louder_the_more_severe(send, hook):
    send("ntfy", a_post(severity=2))
    send("ntfy", a_post(severity=9))
    assert [body(hook, at)["priority"] for at in (0, 1)] == [2, 5]
    assert body(hook)["topic"] == "the-key"


def test_alertmanager_knows_a_thread_by_labels_that_never_change_and_a_cancel_resolves_it(send, hook):
    send("alertmanager", a_post(severity=3))
    send("alertmanager", a_post(severity=8, id="alert-2", msg_type="Update"))
    send("alertmanager", a_post(id="alert-3", msg_type="Cancel"))
    [first], [second], [third] = (body(hook, at) for at in range(3))
    assert hook.got[0].path == "/api/v2/alerts"
    assert first["labels"] == second["labels"] == third["labels"]
    assert first["endsAt"] == "2022-05-14T12:00:05Z"
    assert third["endsAt"] == "2022-05-13T12:00:05Z"


def test_alertmanager_gets_all_alerts_of_a_digest_to_group_them_itself(send, hook):
    send("alertmanager", a_digest(20))
    assert len(body(hook)) == 20


def test_a_digest_says_how_many_it_tells_and_how_many_it_does_not_name(send, hook):
    send("webhook", a_digest(60))
    event = body(hook)
    assert event["type"] == "dev.tocsin.digest.v1"
    assert (event["data"]["count"], len(event["data"]["alerts"])) == (60, 50)
    assert "and 10 more" in event["tocsintext"]
