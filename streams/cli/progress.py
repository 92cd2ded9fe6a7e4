"""Progress of long work: a bar on a terminal, a line every few seconds elsewhere; always on stderr."""

from __future__ import annotations

import contextlib
import io
import sys
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, BinaryIO, Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from types import TracebackType

EVERY = 5.0  # seconds between two lines


class Meter:
    """Counts what is done. `total` is the work in bytes that `watch` reports, None if unknown.

    `quiet` shows neither bar nor lines: where results go to the terminal, they are the progress.
    """

    def __init__(self, done: str, *, total: int | None, quiet: bool = False) -> None:
        self.count = 0
        self._done = done
        self._total = total
        self._behind = 0  # bytes of the streams that were watched before the last
        self._watched: BinaryIO | None = None
        self._at = self._size = 0  # bytes of that one: read, and in all
        self._quiet = quiet
        self._began = time.monotonic()
        self._stop = threading.Event()
        self._lines = threading.Thread(target=self._say_how_far, daemon=True)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            disable=quiet or not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task(done, total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        if self._bar.disable and not self._quiet:
            self._lines.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._bar.stop()

    def watch(self, stream: BinaryIO) -> BinaryIO:
        """Return the stream so that what is read of it counts as work done."""
        if not self._bar.disable:
            return self._bar.wrap_file(stream, task_id=self._task)
        if self._total and stream.seekable():
            self._behind += self._size
            self._watched, self._at, self._size = stream, 0, stream.seek(0, io.SEEK_END)
            stream.seek(0)
        return stream

    def expect(self, total: int) -> None:
        """Say how much work there is, in bytes, where that was not known from the beginning."""
        self._total = total
        if not self._bar.disable:
            self._bar.update(self._task, total=total)

    def add(self) -> None:
        """Count one more."""
        self.count += 1
        if not self._bar.disable:
            self._bar.update(self._task, description=f"{self._done} {self.count:,}")

    def say(self, line: str) -> None:
        """Print a line on stderr, beside the bar."""
        if self._bar.disable:
            click.echo(line, err=True)
        else:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _say_how_far(self) -> None:
        while not self._stop.wait(EVERY):
            took = time.monotonic() - self._began
            rate = f"{self._done} {self.count:,} ({self.count / took:,.0f}/s)"
            click.echo(rate + self._left(took), err=True)

    def _left(self, took: float) -> str:
        """Return how much is done and how long the rest will take, where the work is known in bytes."""
        position = self._position()
        if not self._total or not position:
            return ""
        left = timedelta(seconds=round(took * max(0, self._total - position) / position))
        return f", {position / self._total:.0%}, {left} left"

    def _position(self) -> int:
        """Return the bytes that were read of what is watched."""
        with contextlib.suppress(ValueError, OSError):  # closed since
            self._at = self._watched.tell() if self._watched else 0
        return self._behind + self._at
