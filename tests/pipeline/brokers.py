"""The brokers that the pipeline tests run on. Each gives a clean slate on demand."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import uuid
from pathlib import Path

import pytest
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from schemas.topics import TOPICS
from streams import children
from streams.embedded import EmbeddedBroker
from streams.port import free_port
from tests.pipeline.waiting import wait_for

KAFKA = "4.3.1"  # the version of docker-compose.yml
POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.tocsin</groupId><artifactId>kafka-for-tests</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{KAFKA}</version>
  </dependency></dependencies>
</project>"""


class Embedded:
    """The broker of `tocsin demo`, started anew for each clean slate: it takes 30 ms."""

    shares_work = False  # its groups wait for ever for a member that was killed or joined anew

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._broker = None

    def clean(self) -> str:
        """Return the address of a broker without a topic."""
        self.stop()
        folder = self._folder / uuid.uuid4().hex
        folder.mkdir()
        self._broker = EmbeddedBroker(folder)
        return self._broker.bootstrap

    def go_away(self) -> None:
        """Answer nobody any more. Killed, it would lose what it acknowledged: see docs/embedded-broker.md."""
        self._broker.process.send_signal(signal.SIGSTOP)

    def come_back(self) -> None:
        """Go on where it was."""
        self._broker.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self._broker:
            self.come_back()
            children.end(self._broker.process)


class Kafka:
    """Apache Kafka from its Maven artifacts, one process, KRaft mode. A clean slate is the topics deleted."""

    shares_work = True

    def __init__(self, folder: Path) -> None:
        self._java, self._jars = _java(), _jars()
        port, controller = free_port("127.0.0.1"), free_port("127.0.0.1")
        self._bootstrap = f"127.0.0.1:{port}"
        properties = folder / "server.properties"
        properties.write_text(_properties(folder / "data", port, controller))
        self._run("kafka.tools.StorageTool", "format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", str(properties))
        self._properties, self._log = properties, folder / "kafka.log"
        self._start()

    def _start(self) -> None:
        self._process = children.start(self._command("kafka.Kafka", str(self._properties)), log=self._log)
        try:
            wait_for(self._answers, f"Kafka at {self._bootstrap}", within=60)
        except BaseException:
            self.stop()
            raise

    def go_away(self) -> None:
        """End as `kill -9` ends it."""
        self._process.kill()
        self._process.wait()

    def come_back(self) -> None:
        """Start anew on the data that it had."""
        self._start()

    def _command(self, main: str, *arguments: str) -> list[str]:
        return [self._java, "-Xmx512m", "-cp", f"{self._jars}/*", main, *arguments]

    def _run(self, main: str, *arguments: str) -> None:
        done = subprocess.run(self._command(main, *arguments), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def _answers(self) -> bool:
        assert self._process.poll() is None, "Kafka ended"
        try:
            socket.create_connection(self._bootstrap.split(":"), timeout=1).close()
            KafkaAdminClient(bootstrap_servers=self._bootstrap).close()
        except (OSError, KafkaError):
            return False
        return True

    def clean(self) -> str:
        """Return the address of the broker after its topics are gone."""
        admin = KafkaAdminClient(bootstrap_servers=self._bootstrap)
        ours = {topic.name for topic in TOPICS}
        if there := ours.intersection(admin.list_topics()):
            admin.delete_topics(sorted(there))
            wait_for(lambda: not ours.intersection(admin.list_topics()), "the topics to be gone")
        admin.close()
        return self._bootstrap

    def stop(self) -> None:
        children.end(self._process, grace=20)


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        pytest.exit("--broker=kafka needs a JDK 17 or newer: there is no `java` here", returncode=3)
    return java


def _jars() -> Path:
    """Return the folder of Kafka's jars, fetched once a version and user."""
    cache = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin-tests" / f"kafka-{KAFKA}"
    )
    if not (cache / "complete").exists():
        if shutil.which("mvn") is None:
            pytest.exit(
                "--broker=kafka needs Maven to fetch Apache Kafka: there is no `mvn` here", returncode=3
            )
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "pom.xml").write_text(POM)
        fetch = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={cache}/jars"]
        done = subprocess.run(fetch, cwd=cache, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.exit(
                f"Maven could not fetch Apache Kafka {KAFKA}: {done.stdout}{done.stderr}", returncode=3
            )
        (cache / "complete").touch()
    return cache / "jars"


def _properties(data: Path, port: int, controller: int) -> str:
    settings = {
        "process.roles": "broker,controller",
        "node.id": 1,
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs": data,
        "auto.create.topics.enable": "false",
        "offsets.topic.replication.factor": 1,
        "offsets.topic.num.partitions": 1,
        "transaction.state.log.replication.factor": 1,
        "transaction.state.log.min.isr": 1,
        "share.coordinator.state.topic.replication.factor": 1,
        "share.coordinator.state.topic.min.isr": 1,
        "group.initial.rebalance.delay.ms": 0,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())
