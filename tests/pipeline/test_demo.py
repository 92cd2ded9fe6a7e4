"""`tocsin demo`: runs without any set-up, ends cleanly whatever happens, leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.pipeline.waiting import wait_for

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds processes in /proc")

ENDS_WITHIN = 60  # seconds; it takes 3


class Demo:
    """A running `tocsin demo`, whose processes are known by the temporary folder in their environment."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._mark = f"TMPDIR={folder}".encode()
        self._out, self._err = folder / "out", folder / "err"
        with self._out.open("w") as out, self._err.open("w") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streams.cli", "demo", *words],
                env=os.environ | {"TMPDIR": str(folder)},
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    @property
    def out(self) -> str:
        return self._out.read_text()

    @property
    def err(self) -> str:
        return self._err.read_text()

    def shows_an_alert(self) -> None:
        """Wait for the first alert."""

        def is_shown() -> bool:
            assert self.process.poll() is None, self.err
            return bool(self.out)

        wait_for(is_shown, "the first alert")

    def ended(self) -> int:
        """Wait for its end, assert that nothing of it is left, return its exit code."""
        code = self.process.wait(ENDS_WITHIN)
        wait_for(lambda: not self.processes(), f"{self.processes()} to be gone", within=10)
        assert not list(self._out.parent.glob("tocsin-demo-*")), "its folder is left"
        return code

    def processes(self, part: str = "") -> list[int]:
        """Return the ids of its living processes whose command holds this part."""
        return [
            int(folder.name)
            for folder in Path("/proc").glob("[0-9]*")
            if self._mark in _read(folder / "environ").split(b"\0")
            and part.encode() in _read(folder / "cmdline")
        ]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@pytest.fixture
def demo(tmp_path_factory):
    started = []

    def start(*words: str) -> Demo:
        started.append(Demo(tmp_path_factory.mktemp("demo"), *words))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()


def test_once_with_json_prints_alerts_and_the_counts_as_json_lines(demo):
    run = demo("--once", "--json")
    assert run.ended() == 0, run.err
    *alerts, counts = (json.loads(line) for line in run.out.splitlines())
    assert all(alert["summary"] for alert in alerts)
    assert counts["articles"] >= 1
    assert counts["alerts"] == len(alerts) > 0


def test_once_shows_alerts_and_a_summary_beside_a_demo_that_runs_on(demo):
    first = demo()
    first.shows_an_alert()
    second = demo("--once")
    assert second.ended() == 0, second.err
    assert second.out.strip()
    assert "deadletters 0" in second.err
    assert "/metrics" in second.err
    assert first.process.poll() is None
    first.process.send_signal(signal.SIGINT)
    assert first.ended() == 0, first.err
    assert "nothing is left running" in first.err


@pytest.mark.parametrize("after", [0.2, 0.6, 1.0, 1.5, 2.5])
def test_ctrl_c_at_any_moment_leaves_nothing_behind(demo, after):
    run = demo("--once")
    time.sleep(after)
    run.process.send_signal(signal.SIGINT)
    assert run.ended() in (130, 0, -signal.SIGINT), run.err
    assert "Traceback" not in run.err or after < 1, (
        run.err
    )  # before our first line runs it is Python's to say


def test_sigterm_ends_it_as_ctrl_c_does(demo):
    run = demo()
    run.shows_an_alert()
    run.process.terminate()
    assert run.ended() == 0, run.err


def test_a_killed_broker_is_named(demo):
    run = demo()
    run.shows_an_alert()
    for pid in run.processes("noida"):
        os.kill(pid, signal.SIGKILL)
    assert run.ended() == 1
    assert "the embedded broker ended" in run.err


def test_a_killed_worker_is_named(demo):
    run = demo()
    run.shows_an_alert()
    for pid in run.processes("worker"):
        os.kill(pid, signal.SIGKILL)
    assert run.ended() == 1
    assert "the worker ended" in run.err


def test_a_demo_killed_outright_takes_its_processes_with_it(demo):
    run = demo()
    run.shows_an_alert()
    run.process.kill()
    run.process.wait()
    wait_for(lambda: not run.processes(), "its processes to be gone", within=10)


def test_a_taken_port_is_named(demo):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run = demo("--once", "--web-port", str(port))
        assert run.ended() == 1
    assert f"cannot serve metrics and health at 127.0.0.1:{port}" in run.err


def test_a_broker_of_the_users_is_used_and_no_other_started(demo, broker):
    run = demo("--once", "--bootstrap", broker.clean())
    assert run.ended() == 0, run.err
    assert run.out.strip()
