"""The embedded broker: a small program that speaks Kafka's protocol and comes as a Python wheel.

For demos and tests on one machine; why this one, and what it cannot do, is in docs/embedded-broker.md.
"""

from __future__ import annotations

import contextlib
import importlib.util
import time
from pathlib import Path
from typing import TYPE_CHECKING

from streams import children
from streams.errors import TocsinError
from streams.port import free_port

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

HOST = "127.0.0.1"
ATTEMPTS = 3  # a port that was free may be taken by the time the broker binds it
READY_WITHIN = 10.0  # seconds; it takes 0.03
CHOSE_OTHER = "or name a Kafka of yours with --bootstrap HOST:PORT"


class NoEmbeddedBroker(TocsinError):
    """The embedded broker is not installed, or cannot run on this machine."""


def _program() -> Path:
    package = importlib.util.find_spec("noida_db")
    if package is None or package.origin is None:
        raise NoEmbeddedBroker(
            f"the embedded broker is not installed: pip install 'tocsin[demo]', {CHOSE_OTHER}"
        )
    folder = Path(package.origin).parent
    for name in ("noida-db", "noida-db.exe"):
        if (folder / name).is_file():
            return folder / name
    raise NoEmbeddedBroker(f"the embedded broker has no program for this machine in {folder}: {CHOSE_OTHER}")


class EmbeddedBroker:
    """One broker on a free port of this machine, its data in a folder of the caller's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.log = folder / "broker.log"
        self.process, self._port = self._start()

    @property
    def bootstrap(self) -> str:
        """Where it listens."""
        return f"{HOST}:{self._port}"

    def _start(self) -> tuple[subprocess.Popen[bytes], int]:
        program = _program()
        for _ in range(ATTEMPTS):
            port = free_port(HOST)
            command = [str(program), "start", "--only", "kafka", "--host", HOST, "--kafka-port", str(port)]
            try:
                process = children.start([*command, "--data-dir", str(self._folder / "broker")], log=self.log)
            except OSError as error:
                raise NoEmbeddedBroker(
                    f"{program} does not run here ({error.strerror}): {CHOSE_OTHER}"
                ) from error
            if self._answers(process, port):
                return process, port
            children.end(process)
        raise NoEmbeddedBroker(
            f"the embedded broker does not start: {children.last_words(self.log)}; {CHOSE_OTHER}"
        )

    def _answers(self, process: subprocess.Popen[bytes], port: int) -> bool:
        """Wait until it says that it listens: that something answers on the port could be another's doing."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and process.poll() is None:
            if f"{HOST}:{port}" in self.log.read_text(encoding="utf-8", errors="replace"):
                return True
            time.sleep(0.01)
        return False


@contextlib.contextmanager
def embedded_broker(folder: Path) -> Iterator[EmbeddedBroker]:
    """Run a broker for as long as the block lasts. Raises NoEmbeddedBroker."""
    broker = EmbeddedBroker(folder)
    try:
        yield broker
    finally:
        children.end(broker.process)
