"""Progress of long work: a bar on a terminal, a line every few seconds elsewhere; always on stderr."""

from __future__ import annotations

import sys
import threading
import time
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
        return stream if self._bar.disable else self._bar.wrap_file(stream, task_id=self._task)

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
            click.echo(f"{self._done} {self.count:,} ({self.count / took:,.0f}/s)", err=True)
