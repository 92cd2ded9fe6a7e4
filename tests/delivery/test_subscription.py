import pytest
from kafka import TopicPartition

from schemas import encode
from schemas.topics import ALERTS
from streams.broker import consumer
from streams.delivery import subscription as subscription_module
from streams.delivery.subscription import (
    BadDyad,
    BrokerSilent,
    Garbled,
    Received,
    Subscription,
    Wanted,
    read_dyad,
)
from tests.delivery.alerts import an_alert
from tests.factories import a_story


@pytest.fixture
def subscribed(broker):
    """Start subscriptions of one group, as calls of the command one after the other."""
    readers = []

    def subscribe(*, group="readers", from_beginning=False):
        readers.append(consumer(broker.settings, "test", group=group))
        subscription = Subscription(readers[-1])
        subscription.start(from_beginning=from_beginning)
        return subscription

    yield subscribe
    for reader in readers:
        reader.close(autocommit=False, timeout_ms=100)


def send(broker, *ids, **changes):
    for number, id_ in enumerate(ids):
        broker.send(ALERTS, encode(an_alert(id=id_, **changes)), partition=number % 2)


def ids(messages):
    return sorted(message.alert.id for message in messages)


def test_a_group_reads_on_from_where_it_was(broker, subscribed):
    send(broker, "a", "b", "c")
    assert ids(subscribed().until_end()) == ["a", "b", "c"]
    assert ids(subscribed().until_end()) == []
    send(broker, "d")
    assert ids(subscribed().until_end()) == ["d"]
    assert ids(subscribed(group="others").until_end()) == ["a", "b", "c", "d"]
    assert ids(subscribed(from_beginning=True).until_end()) == ["a", "b", "c", "d"]


def test_an_alert_that_upstream_repeats_is_told_once(broker, subscribed):
    send(broker, "a", "b", "a", "b", "a")
    assert ids(subscribed().until_end()) == ["a", "b"]


def test_what_was_not_dealt_with_comes_again(broker, subscribed):
    for id_ in "abc":
        broker.send(ALERTS, encode(an_alert(id=id_)), partition=0)
    interrupted = subscribed()
    messages = interrupted.until_end()
    assert [next(messages).alert.id, next(messages).alert.id] == ["a", "b"]  # b is at hand, not dealt with
    interrupted.commit()
    assert ids(subscribed().until_end()) == ["b", "c"]


def test_a_message_that_is_no_alert_is_named_and_the_next_one_is_read(broker, subscribed):
    broker.send(ALERTS, b"not json", partition=0)
    broker.send(ALERTS, encode(an_alert(id="a")), partition=0)
    garbled, received = subscribed().until_end()
    assert isinstance(garbled, Garbled)
    assert garbled.where == "tocsin.alerts, partition 0, offset 0"
    assert garbled.why.startswith("not_json: ")
    assert received.alert.id == "a"
    assert list(subscribed().until_end()) == []


def test_following_goes_on_after_the_end(broker, subscribed):
    send(broker, "a")
    messages = subscribed().follow()
    assert next(messages).alert.id == "a"
    send(broker, "b")
    assert next(messages).alert.id == "b"


def test_a_broker_that_falls_silent_is_not_waited_for_unheard(broker, subscribed, monkeypatch):
    monkeypatch.setattr(subscription_module, "SILENCE", 0.5)
    send(broker, "a", "b")
    following, reading = subscribed(), subscribed(group="others")
    messages = following.follow()
    assert {next(messages).alert.id, next(messages).alert.id} == {"a", "b"}
    reading.consumer.pause(TopicPartition(ALERTS.name, 1))  # so that the end stays out of reach
    to_end = reading.until_end()
    assert next(to_end).alert.id == "a"
    broker.embedded.process.kill()
    broker.embedded.process.wait()
    assert next(messages) is None
    with pytest.raises(BrokerSilent, match="stopped answering before the last alert"):
        list(to_end)


def test_the_message_is_kept_as_it_came(broker, subscribed):
    raw = encode(an_alert(id="a"))[:-1] + b',"from_a_newer_version":1}'
    broker.send(ALERTS, raw)
    [received] = subscribed().until_end()
    assert received == Received(received.alert, raw)


@pytest.mark.parametrize(
    ("word", "dyad"), [("RUS-USA", "RUS-USA"), ("usa-rus", "RUS-USA"), ("RUS-NATO", "NATO-RUS")]
)
def test_a_dyad_is_understood_in_either_order(word, dyad):
    assert read_dyad(word) == dyad


@pytest.mark.parametrize("word", ["RUS", "RUS-USA-UKR", "RUS>USA", "", "-", "R-U", "RUS USA"])
def test_a_word_that_names_no_dyad_is_refused(word):
    with pytest.raises(BadDyad, match="write two party ids, as in RUS-USA"):
        read_dyad(word)


def test_a_filter_lets_through_what_meets_every_part_of_it():
    alert = an_alert(a_story(actors=["USA"], targets=["RUS"]), severity=5)
    assert Wanted()(alert)
    assert Wanted(5, frozenset({"RUS-USA", "CHN-TWN"}), frozenset({"talks"}))(alert)
    assert not Wanted(5.1)(alert)
    assert not Wanted(dyads=frozenset({"CHN-TWN"}))(alert)
    assert not Wanted(rules=frozenset({"other"}))(alert)
