"""Tests on a broker of their own: the embedded one, its topics provisioned, and a look at what is on them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from streams import topics
from streams.broker import admin, consumer, producer
from streams.embedded import embedded_broker
from streams.lag import partitions_of
from streams.restore import read_to_end
from streams.settings import Settings


class OnBroker:
    """Settings that lead to a broker, and what tests do there."""

    def __init__(self, embedded) -> None:
        self.embedded = embedded
        self.settings = Settings(bootstrap=embedded.bootstrap, partitions=2)

    def provision(self) -> None:
        client = admin(self.settings)
        assert topics.ensure(client, self.settings) == []
        client.close()

    def send(self, topic, value, *, key=None, headers=None, partition=None) -> None:
        sender = producer(self.settings, "test")
        sender.send(
            topic.name, value, key=key, headers=list((headers or {}).items()), partition=partition
        ).get(timeout=30)
        sender.close()

    def records(self, topic) -> list:
        """Return every message of the topic."""
        reader = consumer(self.settings, "test")
        partitions = partitions_of([topic.name], self.settings.partitions)
        found = [record for partition in partitions for record in read_to_end(reader, partition)]
        reader.close()
        return found

    def tocsin(self, *words, stdin=b"") -> subprocess.CompletedProcess:
        """Run the command, with the broker in its environment."""
        return subprocess.run(
            self.command(*words), input=stdin, capture_output=True, env=self.environment, check=False
        )

    def command(self, *words) -> list[str]:
        return [sys.executable, "-m", "streams.cli", *map(str, words)]

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"TOCSIN_BOOTSTRAP": self.settings.bootstrap, "PYTHONUTF8": "1"}


@pytest.fixture
def bare_broker(tmp_path):
    """A broker without topics."""
    folder = tmp_path / "broker"
    folder.mkdir()
    with embedded_broker(folder) as embedded:
        yield OnBroker(embedded)


@pytest.fixture
def broker(bare_broker):
    """A broker with every topic."""
    bare_broker.provision()
    return bare_broker
