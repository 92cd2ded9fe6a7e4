"""Ingest over a broker that goes away and processes that are killed: what was told to be safe is there, once."""

from __future__ import annotations

import os
import time

import pytest

from schemas.topics import ARTICLES
from tests.ingest.http.service import Service, an_article
from tests.pipeline.outage import Agent, Senders, settled
from tests.pipeline.waiting import wait_for

pytestmark = pytest.mark.timeout(300)  # a broker that ends and starts anew, several processes that do
AWAY = 3.0  # seconds; `python -m bench.http` does the same for two minutes


@pytest.fixture
def on_topic(line):
    """What tells the ids on the topic."""
    return lambda: [record.key.decode() for record in line.records(ARTICLES)]


@pytest.fixture
def agent(line, tmp_path):
    running = Agent(line.settings, tmp_path, rate=50)
    yield running
    running.kill()


@pytest.fixture
def service(line, tmp_path):
    running = Service(os.environ | {"TOCSIN_BOOTSTRAP": line.settings.bootstrap}, tmp_path)
    yield running
    running.stop()


def test_a_broker_that_goes_away_under_load_loses_and_doubles_nothing(agent, broker, on_topic):
    agent.start()
    wait_for(lambda: len(agent.told()) > 50, "load")
    broker.go_away()
    time.sleep(AWAY)
    broker.come_back()
    back = len(agent.told())
    wait_for(lambda: len(agent.told()) > back + 100, "load after the return")
    assert "spooled" in agent.told().values()
    agent.kill()
    told = agent.told()
    agent.start(agent.next_number())
    account = settled(lambda: told, on_topic)
    assert not account.lost
    assert not account.doubled


def test_an_agent_that_is_killed_while_the_broker_is_away_leaves_no_gap_and_no_double(
    agent, broker, on_topic
):
    agent.start()
    wait_for(lambda: len(agent.told()) > 30, "load")
    broker.go_away()
    wait_for(lambda: "spooled" in agent.told().values(), "the spool")
    agent.kill()
    agent.start(agent.next_number())
    time.sleep(1)
    agent.kill()
    broker.come_back()
    agent.start(agent.next_number())
    reached = agent.next_number()
    wait_for(lambda: agent.next_number() > reached + 50, "load after the return")
    account = settled(agent.told, on_topic)
    assert not account.lost
    assert not account.doubled


def test_every_202_is_on_the_topic_once_though_the_service_is_killed_in_mid_load(service, on_topic):
    service.start()
    senders = Senders(service).start()
    for _ in range(2):
        safe = len(senders.safe)
        wait_for(lambda safe=safe: len(senders.safe) > safe + 100, "load")
        service.kill()
        service.start()
    senders.stop()
    account = settled(lambda: senders.safe, on_topic)
    assert not account.lost
    assert not account.doubled


def test_a_service_that_is_told_to_stop_answers_what_is_under_way(service, on_topic):
    service.start()
    senders = Senders(service).start()
    wait_for(lambda: len(senders.safe) > 50, "load")
    service.process.terminate()
    service.process.wait(30)
    assert service.process.returncode == 0
    service.start()
    assert service.post(an_article("after")).status == 202
    senders.stop()
    account = settled(lambda: senders.safe, on_topic)
    assert not account.lost
    assert not account.doubled
