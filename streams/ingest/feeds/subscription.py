"""Which feeds are polled, and how: taken from the source registry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from schemas.base import stable_id
from streams.errors import TocsinError, nearest
from streams.fetching.address import BadAddress, parted, read_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from streams.sources import Source

FullText = Literal["auto", "always", "never"]


class NoFeeds(TocsinError):
    """There is nothing to poll."""


class NoAuthorization(TocsinError):
    """A source needs a secret that the environment does not have."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of one source. Its key tells it on disk, where its address, which may hold a key, is not written."""

    source: str
    url: str
    full_text: FullText = "auto"
    robots: bool = True
    spacing: float | None = None  # seconds between two requests to its host
    expected: float | None = None  # seconds between two new items, as the registry expects
    lang: str | None = None  # the one language that the source publishes in
    authorization: str | None = None

    @property
    def key(self) -> str:
        """What the feed is told by."""
        return stable_id("feed", self.source, self.url)


def subscriptions(
    sources: Iterable[Source], *, only: Iterable[str] = (), environment: Mapping[str, str]
) -> list[Subscription]:
    """Return the feeds of these sources, or of those alone whose ids are in `only`.

    Raises NoFeeds when there is none or an id is not known, NoAuthorization when a secret lacks.
    """
    by_id = {source.id: source for source in sources}
    wanted = list(only)
    for id_ in wanted:
        if id_ not in by_id:
            meant = nearest(id_, by_id)
            raise NoFeeds(f"no source is called {id_}{f'; did you mean {meant}?' if meant else ''}")
    chosen = [by_id[id_] for id_ in wanted] or list(by_id.values())
    found = [one for source in chosen for one in _of(source, environment)]
    if not found:
        raise NoFeeds("none of these sources has feeds; name some in its `feeds:`, see docs/feeds.md")
    return list({one.key: one for one in found}.values())


def _of(source: Source, environment: Mapping[str, str]) -> Iterable[Subscription]:
    how = source.fetching
    authorization = None
    if how and how.authorization_env and source.feeds:
        authorization = environment.get(how.authorization_env)
        if not authorization:
            raise NoAuthorization(
                f"source {source.id}: the environment has no {how.authorization_env}, which holds its Authorization"
            )
    for address in source.feeds:
        url, said = _parted(address)
        yield Subscription(
            source=source.id,
            url=url,
            full_text=how.full_text if how else "auto",
            robots=how.robots if how else True,
            spacing=how.spacing if how else None,
            expected=source.expected_interval.total_seconds() if source.expected_interval else None,
            lang=source.langs[0] if len(source.langs) == 1 else None,
            authorization=authorization or said,
        )


def _parted(address: str) -> tuple[str, str | None]:
    """Return an address without user and password, and the header that says them. A bad one fails when it is polled."""
    try:
        url, said = parted(read_address(address))
    except BadAddress:
        return address, None
    return str(url), said
