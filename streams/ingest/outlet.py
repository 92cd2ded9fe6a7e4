"""The outlet: every ingest agent publishes through it, and nothing that it took is lost.

While the brokers answer, an article goes to them and `put` returns when they have it. When they do not, it goes to
the spool, and from there to the brokers, in order, when they are back. What was sent and not yet answered stays with
the producer that sent it, which tries on under the same producer id: so the brokers write it once, whether or not
they had it. Only when that producer is lost - it gave up, or this process ended - the end of the topic is read to
learn what they had.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, Self, TypeVar

from kafka.errors import KafkaError

from schemas import Reason
from schemas.topics import ARTICLES
from streams.broker import BrokerUnreachable, admin
from streams.errors import TocsinError
from streams.ingest.known_ids import MOST, KnownIds, adds_nothing
from streams.ingest.landed import latest_versions
from streams.ingest.parcel import Parcel, of_article, of_unreadable
from streams.ingest.sending import Refused, Sending, Uncertain
from streams.ingest.spool import Position, Spool, SpoolFull
from streams.topics import TopicsMissing, require_topic

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from schemas import Article
    from streams.ingest_metrics import IngestMetrics
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)
T = TypeVar("T")

MOST_UNDERWAY: Final = 32 * 1024 * 1024  # bytes that wait for the brokers' word at once; more are waited with
DRAINED_AT_ONCE: Final = 2_000  # messages from the spool that are under way together
DRAINED_BYTES: Final = 8 * 1024 * 1024
TRY_AGAIN: Final = 1.0  # seconds between attempts to reach the brokers


class NotAcknowledged(TocsinError):
    """The brokers did not say that they have it. Sending it again is safe: it is published once."""


class Outcome(StrEnum):
    """Where an article is safe."""

    PUBLISHED = "published"  # the brokers have it, on every replica in step
    SPOOLED = "spooled"  # it lies on the disk, and is published when the brokers are back
    DUPLICATE = "duplicate"  # this version of it was published or spooled before; nothing was done


class Outlet:
    """The way out of one agent. One process at a time has the spool of an agent.

    async with Outlet(settings, agent="feeds", metrics=IngestMetrics(registry)) as outlet:
        await outlet.put(article)
    """

    def __init__(self, settings: Settings, *, agent: str, metrics: IngestMetrics) -> None:
        self._settings, self._agent, self._metrics = settings, agent, metrics
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="spool")
        self._spool: Spool
        self._sending: Sending | None = None
        self._is_silent = True  # whether the brokers fail to answer
        self._broken = asyncio.Event()  # the producer gave up
        self._tried = asyncio.Event()  # the first attempt to connect is over
        self._published, self._held = KnownIds(), KnownIds()
        self._underway: dict[str, tuple[bytes, asyncio.Future[None]]] = {}
        self._underway_bytes = 0
        self._room = asyncio.Event()
        self._to_spool: list[tuple[Parcel, asyncio.Future[None] | None, asyncio.Future[None]]] = []
        self._spooling: asyncio.Task[None] | None = None
        self._spooled = 0
        self._sent_before: dict[Position, asyncio.Future[None]] = {}  # on the spool, and with the producer
        self._has_work = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: TocsinError | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the brokers do not answer at the moment."""
        return self._is_silent

    @property
    def spooled(self) -> int:
        """Messages on the spool."""
        return self._spooled + len(self._to_spool)

    @property
    def underway_bytes(self) -> int:
        """Bytes that wait for the brokers' word."""
        return self._underway_bytes

    async def __aenter__(self) -> Self:
        """Open the spool and try to reach the brokers; without them it works too.

        Raises SpoolInUse, SpoolFull, TopicsMissing.
        """
        await self._on_disk(self._open_spool)
        self._show_spool()
        self._tasks = [asyncio.create_task(self._stay_connected()), asyncio.create_task(self._drain())]
        await self._tried.wait()
        if self._failed:
            await self.close()
            raise self._failed
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Wait for what is under way, spool what the brokers do not answer to."""
        await self.close()

    async def close(self) -> None:
        """End. What is on the spool stays there for the next start."""
        if waiting := [sent for _, sent in self._underway.values()]:
            await asyncio.wait(waiting, timeout=self._settings.spool_after)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._spooling:
            await self._spooling
        if self._sending:
            await asyncio.to_thread(self._sending.close)
        with contextlib.suppress(AttributeError):  # it was never opened
            await self._on_disk(self._spool.close)
        self._disk.shutdown()

    async def put(self, article: Article, *, spool: bool = True) -> Outcome:
        """Return when the article is safe, with where.

        Without `spool` only the brokers will do. Raises Refused when it is too large or the brokers will never
        take it, SpoolFull, and without `spool` NotAcknowledged when the brokers do not answer.
        """
        try:
            outcome = await self._put(of_article(article, self._agent), spool=spool)
        except Refused:
            self._metrics.counted(self._agent, "refused")
            raise
        self._metrics.counted(self._agent, outcome.value)
        return outcome

    async def bury(
        self, raw: bytes, *, where: str, why: str, reason: Reason = Reason.SCHEMA, spool: bool = True
    ) -> Outcome:
        """Make a dead letter of an item that is no article; return when it is safe. Raises as `put` does."""
        now = datetime.now(UTC)
        letter = of_unreadable(raw, self._agent, where=where, reason=reason, why=why, now=now)
        outcome = await self._put(letter, spool=spool)
        self._metrics.counted(self._agent, "dead")
        return outcome

    async def _put(self, parcel: Parcel, *, spool: bool) -> Outcome:
        if self._is_known(parcel):
            return Outcome.DUPLICATE
        version, sent = self._underway.get(parcel.id, (None, None))
        if version == parcel.version and sent is not None:
            await asyncio.wait({sent}, timeout=self._settings.spool_after)
            if self._is_known(parcel):
                return Outcome.DUPLICATE
        elif spool and (self._is_silent or self._may_be_held(parcel)):
            sent = None
        else:
            sent = await self._send_in_time(parcel)
        if sent is not None and sent.done():
            error = sent.exception()
            if error is None:
                return Outcome.PUBLISHED
            if isinstance(error, Refused):
                raise error
        if not spool:
            raise NotAcknowledged("the brokers did not answer; send it again later, it is published once")
        await self._write_to_spool(parcel, sent)
        return Outcome.SPOOLED

    def _is_known(self, parcel: Parcel) -> bool:
        latest = self._held.get(parcel.id) or self._published.get(parcel.id)
        return adds_nothing(parcel.version, latest)

    def _may_be_held(self, parcel: Parcel) -> bool:
        """Tell whether an older version may lie on the spool: a later one must not overtake it."""
        return (
            self._held.get(parcel.id) is not None
            or self._spooled > MOST
            or any(parcel.id == other.id for other, _, _ in self._to_spool)
        )

    async def _send_in_time(self, parcel: Parcel) -> asyncio.Future[None] | None:
        """Send, and wait for the brokers' word for as long as is fair; None when nothing could be sent."""
        loop, patience = asyncio.get_running_loop(), self._settings.spool_after
        until = loop.time() + patience
        try:
            while self._underway_bytes > MOST_UNDERWAY:
                self._room.clear()
                async with asyncio.timeout_at(until):
                    await self._room.wait()
        except TimeoutError:
            self._fall_silent()
        if self._is_silent or self._sending is None:
            return None
        sent = self._send(parcel, self._sending)
        await asyncio.wait({sent}, timeout=until - loop.time())
        if not sent.done():
            self._fall_silent()
        return sent

    def _send(self, parcel: Parcel, sending: Sending) -> asyncio.Future[None]:
        sent = sending.send(parcel.record)
        self._underway[parcel.id] = (parcel.version, sent)
        self._underway_bytes += parcel.record.size
        sent.add_done_callback(partial(self._settle, parcel))
        return sent

    def _settle(self, parcel: Parcel, sent: asyncio.Future[None]) -> None:
        """Take the brokers' word on what was sent, however late it comes."""
        self._underway_bytes -= parcel.record.size
        self._room.set()
        if self._underway.get(parcel.id, (None, None))[1] is sent:
            del self._underway[parcel.id]
        error = sent.exception()
        if isinstance(error, Uncertain):
            LOGGER.warning("%s", error)
            self._is_silent = True
            self._has_work.clear()
            self._broken.set()
            return
        if error is None:
            self._published.note(parcel.id, parcel.version)
        if self._is_silent and not self._broken.is_set():
            LOGGER.info("the brokers answer again")
            self._is_silent = False

    def _fall_silent(self) -> None:
        if not self._is_silent:
            LOGGER.warning("the brokers have not answered for %g s", self._settings.spool_after)
            self._is_silent = True

    async def _write_to_spool(self, parcel: Parcel, sent: asyncio.Future[None] | None) -> None:
        """Return when the parcel lies on the disk. Those that come at the same time share the wait for it."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._to_spool.append((parcel, sent, written))
        if self._spooling is None:
            self._spooling = asyncio.create_task(self._spool_what_came())
        await written

    async def _spool_what_came(self) -> None:
        while self._to_spool:
            batch, self._to_spool = self._to_spool, []
            try:
                places = await self._on_disk(
                    partial(self._spool.append, [parcel.to_disk() for parcel, _, _ in batch])
                )
            except SpoolFull as error:
                for _, _, written in batch:
                    if not written.done():
                        written.set_exception(error)
                continue
            self._spooled += len(batch)
            for place, (parcel, sent, written) in zip(places, batch, strict=True):
                self._held.note(parcel.id, parcel.version)
                if sent is not None and not sent.done():
                    self._sent_before[place] = sent
                if not written.done():
                    written.set_result(None)
            self._show_spool()
            if self._sending and not self._broken.is_set():
                self._has_work.set()
        self._spooling = None

    async def _drain(self) -> None:
        """Send what is on the spool, in order, whenever there is something and brokers to take it."""
        while True:
            await self._has_work.wait()
            read = partial(
                self._spool.read, self._spool.first, most=DRAINED_AT_ONCE, most_bytes=DRAINED_BYTES
            )
            entries = await self._on_disk(read)
            if not entries or self._sending is None:
                self._has_work.clear()
                continue
            parcels = [(entry.at, Parcel.from_disk(entry.content)) for entry in entries]
            sent = [self._send_again(at, parcel, self._sending) for at, parcel in parcels]
            outcomes = await asyncio.gather(*(one for one in sent if one), return_exceptions=True)
            if any(isinstance(outcome, Uncertain) for outcome in outcomes):
                continue  # they are read again when there is a producer again
            waited = [parcel for (_, parcel), one in zip(parcels, sent, strict=True) if one]
            for parcel, outcome in zip(waited, outcomes, strict=True):
                if isinstance(outcome, Refused):
                    await self._bury_refused(parcel, outcome)
            await self._on_disk(partial(self._spool.done, entries[-1].after, len(entries)))
            self._spooled -= len(entries)
            for _, parcel in parcels:
                self._held.forget(parcel.id, parcel.version)
            self._show_spool()

    async def _bury_refused(self, parcel: Parcel, why: Refused) -> None:
        """Make a dead letter of what the brokers will never take from the spool."""
        raw, said = parcel.record.value or b"", f"{parcel.record.topic}: {why}"
        self._metrics.counted(self._agent, "refused")
        try:
            await self.bury(raw, where=parcel.id, why=said, reason=Reason.REFUSED, spool=False)
        except TocsinError as error:
            LOGGER.error("%s is lost: %s; and as a dead letter: %s", parcel.id, why, error)  # noqa: TRY400

    def _send_again(self, at: Position, parcel: Parcel, sending: Sending) -> asyncio.Future[None] | None:
        """Send a parcel from the spool; one that the producer still has is waited for, not sent twice."""
        if before := self._sent_before.pop(at, None):
            return before
        if adds_nothing(parcel.version, self._published.get(parcel.id)):
            return None
        return self._send(parcel, sending)

    async def _stay_connected(self) -> None:
        """Have a producer; when it gave up, end it, learn what the brokers have, make another."""
        while True:
            try:
                sending, latest = await asyncio.to_thread(self._connect)
            except (BrokerUnreachable, KafkaError) as error:
                LOGGER.warning("%s", error)
            except TopicsMissing as error:
                LOGGER.error("%s", error)  # noqa: TRY400 - it says all there is to know
                self._failed = error
            else:
                for article, version in latest:
                    self._published.note(article, version)
                self._sending, self._is_silent = sending, False
                self._broken.clear()
                self._has_work.set()
                self._tried.set()
                await self._broken.wait()
                self._sending = None
                await asyncio.to_thread(sending.close)
            self._tried.set()
            await asyncio.sleep(TRY_AGAIN)

    def _connect(self) -> tuple[Sending, list[tuple[str, bytes]]]:
        client = admin(self._settings)
        try:
            require_topic(client, self._settings, ARTICLES)
        finally:
            client.close()
        latest = list(latest_versions(self._settings, f"ingest-{self._agent}"))
        return Sending(self._settings, f"ingest-{self._agent}"), latest

    def _open_spool(self) -> None:
        self._spool = Spool(self._settings.spool / self._agent, limit=self._settings.spool_limit)
        self._spooled = self._spool.count
        at = self._spool.first
        while entries := self._spool.read(at, most=DRAINED_AT_ONCE, most_bytes=DRAINED_BYTES):
            for entry in entries:
                parcel = Parcel.from_disk(entry.content)
                self._held.note(parcel.id, parcel.version)
            at = entries[-1].after

    def _show_spool(self) -> None:
        self._metrics.spooled(self._agent, articles=self._spooled, size=self._spool.size)

    async def _on_disk(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)
