"""What is told live: each word once as bytes, to every listener who asked for it. A slow listener holds nobody up.

A listener who falls behind is told `reset` instead of what he missed: he then reads the lists anew.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.web.kept import Kept

if TYPE_CHECKING:
    from streams.web.filters import Filter

WAITING = 512  # words that wait for one listener before he counts as slow
REMEMBERED = 2_000  # words told again to who comes back
RESET = b"event: reset\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Word:
    """One event of the stream. `kept`: the story that it tells, which filters look at; None concerns everybody."""

    number: int
    frame: bytes
    kept: Kept | None
    told_ms: int


class Listener:
    """One open stream."""

    def __init__(self, wanted: Filter) -> None:
        self.wanted = wanted
        self._waiting: deque[Word | None] = deque()
        self._more = asyncio.Event()

    def tell(self, word: Word) -> bool:
        """Put a word in the queue if it is wanted; tell whether the listener has fallen behind."""
        if word.kept is not None and not self.wanted(word.kept):
            return False
        if is_behind := len(self._waiting) >= WAITING:
            self.reset()
        else:
            self._waiting.append(word)
        self._more.set()
        return is_behind

    def reset(self) -> None:
        """Drop what waits: the listener is told to begin anew."""
        self._waiting.clear()
        self._waiting.append(None)
        self._more.set()

    async def next(self) -> list[Word | None]:
        """Return what waits, at least one; None is a reset."""
        while not self._waiting:
            self._more.clear()
            await self._more.wait()
        return self.waiting()

    def waiting(self) -> list[Word | None]:
        """Return what waits now, and let it wait no more."""
        words = list(self._waiting)
        self._waiting.clear()
        return words


@dataclass(slots=True)
class Hub:
    """Tells listeners. `epoch` sets the ids of this process apart from those of one before it."""

    epoch: str
    on_reset: Callable[[], None] = field(default=lambda: None)
    _number: int = 0
    _listeners: set[Listener] = field(default_factory=set)
    _told: deque[Word] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    def __len__(self) -> int:
        return len(self._listeners)

    def tell(self, event: str, text: bytes, kept: Kept | None = None, *, told_ms: int = 0) -> None:
        """Tell an event with its JSON. `told_ms`: when what it tells came onto its topic, since 1970."""
        self._number += 1
        frame = b"id: %s-%d\nevent: %s\ndata: %s\n\n" % (
            self.epoch.encode(), self._number, event.encode(), text,
        )  # fmt: skip
        word = Word(self._number, frame, kept, told_ms)
        self._told.append(word)
        for listener in self._listeners:
            if listener.tell(word):
                self.on_reset()

    def listen(self, wanted: Filter, last_id: str | None = None) -> Listener:
        """Return a new listener; one who names the last id that he had is told what he missed, or `reset`."""
        listener = Listener(wanted)
        if last_id:
            self._catch_up(listener, last_id)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Tell a listener no more."""
        self._listeners.discard(listener)

    def _catch_up(self, listener: Listener, last_id: str) -> None:
        epoch, _, number = last_id.rpartition("-")
        oldest = self._told[0].number if self._told else self._number + 1
        if epoch != self.epoch or not number.isdecimal() or not oldest - 1 <= int(number) <= self._number:
            listener.reset()
            return
        for word in self._told:
            if word.number > int(number):
                listener.tell(word)
