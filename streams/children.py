"""Processes that we start and that must not outlive us."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
GRACE = 10.0  # seconds to end by itself
_ASK_TO_END = frozenset((signal.SIGINT, signal.SIGTERM, signal.SIGHUP))


def start(
    command: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that writes what it says to `log`.

    In a session of its own, so that Ctrl-C reaches it through us alone; on Linux it dies with us,
    however we die.
    """
    with log.open("ab") as said, _undisturbed() as before:
        return subprocess.Popen(  # noqa: S603 - the commands are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env=env,
            start_new_session=True,
            preexec_fn=partial(_begin, before),  # noqa: PLW1509 - no threads of ours hold locks
        )


@contextlib.contextmanager
def _undisturbed() -> Iterator[set[signal.Signals | int]]:
    """Put off what asks us to end: a process that was started, but not yet known to us, would be left behind."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ASK_TO_END)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(mask: set[signal.Signals | int]) -> None:
    """In the new process: hear signals as its parent did, and die with it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def end(process: subprocess.Popen[bytes], grace: float = GRACE) -> None:
    """Ask the process to end; kill it when it does not."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(grace)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_words(log: Path, lines: int = 5) -> str:
    """Return the last lines that a process said."""
    said = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return "\n".join(line for line in said[-lines:])
