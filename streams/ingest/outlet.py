"""The outlet: every ingest agent publishes through it, and nothing that it took is lost.

While the brokers answer, an article goes to them and `put` returns when they have it. When they do not, it goes to
the spool, and from there to the brokers, in order, when they are back. What was sent and not yet answered stays with
the producer that sent it, which tries on under the same producer id: so the brokers write it once, whether or not
they had it. Only when that producer is lost - it gave up, or this process ended - the end of the topic is read to
learn what they had.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Final, Self

from kafka.errors import KafkaError

from schemas import Reason
from schemas.topics import ARTICLES, DEADLETTERS
from streams.broker import BrokerUnreachable, admin
from streams.errors import TocsinError
from streams.ingest.known_ids import KnownIds, adds_nothing
from streams.ingest.landed import latest_versions
from streams.ingest.parcel import of_article, of_unreadable
from streams.ingest.sending import Refused, Sending, Uncertain
from streams.ingest.spooling import Kept, Spooling
from streams.topics import TopicsMissing, require_topic

if TYPE_CHECKING:
    from types import TracebackType

    from schemas import Article
    from streams.ingest.parcel import Parcel
    from streams.ingest_metrics import IngestMetrics
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)

MOST_UNDERWAY: Final = 32 * 1024 * 1024  # bytes that wait for the brokers' word at once; more are waited with
TRY_AGAIN: Final = 1.0  # seconds between attempts to reach the brokers


class NotAcknowledged(TocsinError):
    """The brokers did not say that they have it. Sending it again is safe: it is published once."""


class OutletEnded(TocsinError):
    """The outlet ended by a mistake of ours; the process must start anew."""


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
        self._spooling = Spooling(settings.spool / agent, settings.spool_limit, self._show_spool)
        self._sending: Sending | None = None
        self._is_silent = True  # whether the brokers fail to answer
        self._broken = asyncio.Event()  # the producer gave up
        self._tried = asyncio.Event()  # the first attempt to connect is over
        self._published = KnownIds()
        self._underway: dict[str, tuple[bytes, asyncio.Future[None]]] = {}
        self._underway_bytes = 0
        self._room = asyncio.Event()
        self._is_connected = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: TocsinError | None = None

    @property
    def is_silent(self) -> bool:
        """Whether the brokers do not answer at the moment."""
        return self._is_silent

    @property
    def failed(self) -> TocsinError | None:
        """Why nothing is sent any more: a mistake of ours, which only a new process gets over."""
        return self._failed

    @property
    def spooled(self) -> int:
        """Messages on the spool."""
        return self._spooling.count

    @property
    def underway_bytes(self) -> int:
        """Bytes that wait for the brokers' word."""
        return self._underway_bytes

    async def __aenter__(self) -> Self:
        """Open the spool and try to reach the brokers; without them it works too.

        Raises SpoolInUse, SpoolFull, TopicsMissing.
        """
        await self._spooling.open()
        self._tasks = [asyncio.create_task(self._stay_connected()), asyncio.create_task(self._drain())]
        for task in self._tasks:
            task.add_done_callback(self._on_end)
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
        if self._sending:
            await asyncio.to_thread(self._sending.close)
        await self._spooling.close()

    def _on_end(self, task: asyncio.Task[None]) -> None:
        """Tell whoever puts next that nothing is sent any more."""
        if not task.cancelled() and (error := task.exception()):
            LOGGER.critical("the outlet ended", exc_info=error)
            self._failed = OutletEnded(f"the outlet ended by {type(error).__name__}: {error}")
            self._tried.set()

    async def put(self, article: Article, *, spool: bool = True) -> Outcome:
        """Return when the article is safe, with where.

        Without `spool` only the brokers will do. Raises Refused when it is too large or the brokers will never take
        it, SpoolFull, OutletEnded, and without `spool` NotAcknowledged when the brokers do not answer.
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
        if self._failed:
            raise self._failed
        if self._is_known(parcel):
            return Outcome.DUPLICATE
        version, sent = self._underway.get(parcel.id, (None, None))
        if version == parcel.version and sent is not None:
            await asyncio.wait({sent}, timeout=self._settings.spool_after)
            if self._is_known(parcel):
                return Outcome.DUPLICATE
        elif spool and (self._is_silent or self._spooling.may_hold(parcel.id)):
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
        await self._spooling.keep(parcel, sent)
        return Outcome.SPOOLED

    def _is_known(self, parcel: Parcel) -> bool:
        latest = self._spooling.version_of(parcel.id) or self._published.get(parcel.id)
        return adds_nothing(parcel.version, latest)

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
            self._is_connected.clear()
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

    async def _drain(self) -> None:
        """Send what is on the spool, in order, whenever there is something and brokers to take it."""
        while True:
            await self._spooling.filled.wait()
            await self._is_connected.wait()
            try:
                await self._drain_next()
            except OSError as error:
                LOGGER.error("the spool cannot be read or freed: %s", error)  # noqa: TRY400
                await asyncio.sleep(TRY_AGAIN)

    async def _drain_next(self) -> None:
        """Send the first parcels of the spool; they stay there when the producer gives up on one."""
        kept = await self._spooling.next()
        if self._sending is None or not kept:
            return
        sent = [(one.parcel, self._send_again(one, self._sending)) for one in kept]
        waited = [(parcel, future) for parcel, future in sent if future is not None]
        if waited:
            await asyncio.wait([future for _, future in waited])
        failed = [(parcel, error) for parcel, future in waited if (error := future.exception())]
        if any(isinstance(error, Uncertain) for _, error in failed):
            return
        for parcel, error in failed:
            await self._bury_refused(parcel, error)
        await self._spooling.done(kept)

    async def _bury_refused(self, parcel: Parcel, why: BaseException) -> None:
        """Make a dead letter of what the brokers will never take from the spool."""
        raw, said = parcel.record.value or b"", f"{parcel.record.topic}: {why}"
        self._metrics.counted(self._agent, "refused")
        try:
            await self.bury(raw, where=parcel.id, why=said, reason=Reason.REFUSED, spool=False)
        except TocsinError as error:
            LOGGER.error("%s is lost: %s; and as a dead letter: %s", parcel.id, why, error)  # noqa: TRY400

    def _send_again(self, kept: Kept, sending: Sending) -> asyncio.Future[None] | None:
        """Send a parcel from the spool; one that the producer still has is waited for, not sent twice."""
        if kept.sent:
            return kept.sent
        if adds_nothing(kept.parcel.version, self._published.get(kept.parcel.id)):
            return None
        return self._send(kept.parcel, sending)

    async def _stay_connected(self) -> None:
        """Have a producer; when it gave up, end it, learn what the brokers have, make another."""
        while True:
            try:
                sending, latest = await asyncio.to_thread(self._connect)
            except (BrokerUnreachable, KafkaError) as error:
                LOGGER.warning("%s", error)
            except TopicsMissing as error:
                LOGGER.error("%s", error)  # noqa: TRY400 - it says all there is to know
                self._failed = None if self._tried.is_set() else error
            else:
                for article, version in latest:
                    self._published.note(article, version)
                self._sending, self._is_silent = sending, False
                self._broken.clear()
                self._is_connected.set()
                self._tried.set()
                await self._broken.wait()
                self._sending = None
                await asyncio.to_thread(sending.close)
            self._tried.set()
            await asyncio.sleep(TRY_AGAIN)

    def _connect(self) -> tuple[Sending, list[tuple[str, bytes]]]:
        client = admin(self._settings)
        try:
            for topic in (ARTICLES, DEADLETTERS):
                require_topic(client, self._settings, topic)
        finally:
            client.close()
        latest = list(latest_versions(self._settings, f"ingest-{self._agent}"))
        return Sending(self._settings, f"ingest-{self._agent}"), latest

    def _show_spool(self, parcels: int, size: int) -> None:
        self._metrics.spooled(self._agent, articles=parcels, size=size)
