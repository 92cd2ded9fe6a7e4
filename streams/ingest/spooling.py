"""The spool beside the event loop: parcels that come at the same time are written in one go, and read back in order."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from streams.ingest.known_ids import MOST, KnownIds
from streams.ingest.parcel import Parcel
from streams.ingest.spool import Entry, Position, Spool, SpoolFull

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

T = TypeVar("T")
Sent = asyncio.Future[None]

AT_ONCE: Final = 2_000  # parcels that are read together
AT_ONCE_BYTES: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A parcel on the spool. `sent`: the producer of this process has it too, and this is its word on it."""

    entry: Entry
    parcel: Parcel
    sent: Sent | None


class Spooling:
    """The spool of one agent. `on_change` is called with the parcels and the bytes that lie on it."""

    def __init__(self, folder: Path, limit: int, on_change: Callable[[int, int], None]) -> None:
        self._folder, self._limit, self._on_change = folder, limit, on_change
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="spool")
        self._spool: Spool | None = None
        self._count = 0
        self._held = KnownIds()
        self._coming: list[tuple[Parcel, Sent | None, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._sent: dict[Position, Sent] = {}
        self.filled = asyncio.Event()

    @property
    def count(self) -> int:
        """Parcels on the spool, or on their way to it."""
        return self._count + len(self._coming)

    async def open(self) -> None:
        """Open the spool and learn what it holds. Raises SpoolInUse, SpoolFull."""
        self._spool = await self._on_disk(self._open)
        self._changed()

    async def close(self) -> None:
        """Write what is on its way, and let go of the spool."""
        if self._writing:
            await self._writing
        if self._spool:
            await self._on_disk(self._spool.close)
        self._disk.shutdown()

    def version_of(self, article: str) -> bytes | None:
        """Return the latest version of an article that lies on the spool, as far as that is known."""
        return self._held.get(article)

    def may_hold(self, article: str) -> bool:
        """Tell whether a version of the article may lie on the spool: a later one must not overtake it."""
        return (
            self._held.get(article) is not None
            or self._count > MOST
            or any(article == parcel.id for parcel, _, _ in self._coming)
        )

    async def keep(self, parcel: Parcel, sent: Sent | None) -> None:
        """Return when the parcel lies on the disk. Raises SpoolFull."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._coming.append((parcel, sent, written))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_what_came())
        await written

    async def next(self) -> list[Kept]:
        """Return the first parcels that are not done, in their order."""
        spool = self._opened
        read = partial(spool.read, spool.first, most=AT_ONCE, most_bytes=AT_ONCE_BYTES)
        entries = await self._on_disk(read)
        if not entries:
            self.filled.clear()
        return [
            Kept(entry, Parcel.from_disk(entry.content), self._sent.pop(entry.at, None)) for entry in entries
        ]

    async def done(self, kept: Sequence[Kept]) -> None:
        """Let go of the parcels that `next` returned."""
        await self._on_disk(partial(self._opened.done, kept[-1].entry.after, len(kept)))
        self._count -= len(kept)
        for one in kept:
            self._held.forget(one.parcel.id, one.parcel.version)
        self._changed()

    async def _write_what_came(self) -> None:
        while self._coming:
            batch, self._coming = self._coming, []
            rows = [parcel.to_disk() for parcel, _, _ in batch]
            try:
                places = await self._on_disk(partial(self._opened.append, rows))
            except SpoolFull as error:
                for _, _, written in batch:
                    if not written.done():
                        written.set_exception(error)
                continue
            self._count += len(batch)
            for place, (parcel, sent, written) in zip(places, batch, strict=True):
                self._held.note(parcel.id, parcel.version)
                if sent is not None and not sent.done():
                    self._sent[place] = sent
                if not written.done():
                    written.set_result(None)
            self._changed()
        self._writing = None

    def _open(self) -> Spool:
        spool = Spool(self._folder, limit=self._limit)
        self._count, at = spool.count, spool.first
        while entries := spool.read(at, most=AT_ONCE, most_bytes=AT_ONCE_BYTES):
            for entry in entries:
                parcel = Parcel.from_disk(entry.content)
                self._held.note(parcel.id, parcel.version)
            at = entries[-1].after
        return spool

    def _changed(self) -> None:
        if self._count:
            self.filled.set()
        self._on_change(self._count, self._opened.size)

    @property
    def _opened(self) -> Spool:
        if self._spool is None:
            raise RuntimeError("the spool was not opened")
        return self._spool

    async def _on_disk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)
