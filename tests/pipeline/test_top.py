"""`tocsin top` on a line that works, and on one that does not."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time

import pytest

from tests.pipeline.articles import an_article
from tests.pipeline.line import Line, tocsin
from tests.pipeline.waiting import wait_for


@pytest.fixture(scope="module")
def line(broker, tmp_path_factory):
    opened = Line(broker.clean(), tmp_path_factory.mktemp("line"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def worker(line):
    """A worker that articles went through."""
    started = line.start_worker()
    line.publish(*(an_article(number) for number in range(8)))
    wait_for(started.is_ready, "the worker to be ready")
    line.drain()
    return started


def test_one_picture_is_printed_where_no_terminal_is(worker, line):
    done = tocsin(
        "top",
        "--once",
        "--every=0.5",
        f"--worker=127.0.0.1:{worker.port}",
        TOCSIN_BOOTSTRAP=line.settings.bootstrap,
        COLUMNS="140",
    )
    assert done.returncode == 0, done.stderr
    for words in ("1 of 1 worker up", "dead letters", "tag", "RUS-USA", "99 in 100 within", "▼"):
        assert words in done.stdout, words
    assert "\x1b" not in done.stdout


def test_without_a_broker_the_rest_is_shown(worker):
    done = tocsin(
        "top", "--once", "--every=0.2", f"--worker=127.0.0.1:{worker.port}", TOCSIN_BOOTSTRAP="127.0.0.1:1"
    )
    assert done.returncode == 0, done.stderr
    assert "alerts: no Kafka broker answers at 127.0.0.1:1" in " ".join(done.stdout.split())
    assert "1 of 1 worker up" in done.stdout


def test_without_a_worker_it_says_what_to_do():
    done = tocsin("top", "--once", "--worker=127.0.0.1:1", TOCSIN_BOOTSTRAP="127.0.0.1:1")
    assert done.returncode == 1
    assert "127.0.0.1:1/metrics does not answer" in done.stderr
    assert "is `tocsin worker` running?" in done.stderr


def test_what_is_no_address_is_a_wrong_call():
    assert tocsin("top", "--once", "--worker=ftp://x").returncode == 2


def test_on_a_terminal_it_runs_until_ctrl_c_and_gives_the_screen_back(worker, line):
    main, beside = pty.openpty()
    command = [sys.executable, "-m", "streams.cli", "top", "--every=0.3", f"--worker=127.0.0.1:{worker.port}"]
    environment = os.environ | {
        "TOCSIN_BOOTSTRAP": line.settings.bootstrap,
        "TERM": "xterm",
        "COLUMNS": "100",
        "LINES": "40",
    }
    process = subprocess.Popen(command, stdin=beside, stdout=beside, stderr=subprocess.PIPE, env=environment)
    os.close(beside)
    said = _read_until(main, b"RUS-USA")
    process.send_signal(signal.SIGINT)
    said += _read_until(main, b"\x1b[?1049l")
    assert process.wait(20) == 0
    assert process.stderr.read() == b""
    process.stderr.close()
    os.close(main)
    assert b"\x1b[?1049h" in said


def _read_until(terminal: int, words: bytes, within: float = 30) -> bytes:
    """Return what a program writes on its terminal, up to these words."""
    said, until = b"", time.monotonic() + within
    while words not in said:
        assert time.monotonic() < until, said[-2000:]
        if select.select([terminal], [], [], 0.1)[0]:
            said += os.read(terminal, 65536)
    return said
