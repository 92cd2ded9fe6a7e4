"""Messages as JSON lines: read from files or standard input, with the place of every line that is none."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

from schemas import Unreadable, decode
from schemas.base import Message
from streams.delivery.terminal import escaped_json, one_line
from streams.ingest.read import STDIN, open_file
from streams.ingest.records import bounded_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from streams.cli.progress import Meter

M = TypeVar("M", bound=Message)


class Lines(Generic[M]):
    """Reads messages of one kind; names on stderr every line that is none, and counts those."""

    def __init__(
        self,
        model: type[M],
        paths: Iterable[Path],
        meter: Meter,
        passes_over: Callable[[bytes], bool] = lambda _line: False,
    ) -> None:
        """Make a reader; lines that `passes_over` says so of are counted and not read."""
        self._model, self._paths, self._meter, self._passes_over = model, paths, meter, passes_over
        self.unread = 0

    def __iter__(self) -> Iterator[M]:
        kind = self._model.__name__.lower()
        for where, line in self._lines():
            if line and self._passes_over(line):
                self._meter.add()
                continue
            try:
                yield decode(self._model, line)
            except Unreadable as error:
                self.unread += 1
                why = error if line else "the line is too long to be one"
                article = "an" if kind[0] in "aeiou" else "a"
                self._meter.say(one_line(f"tocsin: {_place(*where)}: not {article} {kind}: {why}"))

    def _lines(self) -> Iterator[tuple[tuple[Path, int], bytes | None]]:
        """Yield the lines that are not blank, each with its place; None is longer than any message."""
        for path in self._paths:
            with open_file(path) as stream:
                for number, line in enumerate(bounded_lines(self._meter.watch(stream)), start=1):
                    if line is None or line.strip():
                        yield (path, number), line


def _place(path: Path, number: int) -> str:
    return f"{'stdin' if path == STDIN else path}:{number}"


def print_json(line: bytes) -> None:
    """Print one line of JSON; on a terminal without what could steer it."""
    if sys.stdout.isatty():
        line = escaped_json(line).encode()
    sys.stdout.buffer.write(line + b"\n")


@contextmanager
def until_enough() -> Iterator[None]:
    """Print until whoever reads has enough: a closed pipe ends the work without an error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
