"""What `tocsin sources learn` and `stats` read: articles and events, of files or of their topics."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from schemas import Article, Event
from schemas.topics import ARTICLES, EVENTS
from streams.cli.known import bytes_of
from streams.cli.lines import Lines
from streams.cli.progress import Meter
from streams.delivery.terminal import one_line
from streams.ingest.found import Found
from streams.ingest.read import find_files, open_file, read_articles
from streams.kept import kept
from streams.settings import read_settings
from streams.sources import Heard, Registry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta
    from pathlib import Path

    from streams.settings import Settings

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


def known_sources(path: Path | None = None) -> Registry:
    """Return the sources that a worker would use, with this file in place of TOCSIN_SOURCES where one is given.

    Raises SourceErrors listing every mistake of the files.
    """
    settings = read_settings()
    return Registry.load(path or settings.sources, settings.sources_learnt)


def hear_articles(heard: Heard, settings: Settings, files: Sequence[Path]) -> int:
    """Take every article of the files, else of the topic; return how many inputs were none, named on stderr."""
    files = find_files(files)
    unread = 0
    with Meter("articles", total=bytes_of(files) if files else None) as meter:
        for article in _articles(settings, files, meter):
            if isinstance(article, Article):
                heard.article(article)
                meter.add()
            else:
                unread += 1
                meter.say(one_line(f"tocsin: {article}"))
    return unread


def hear_events(heard: Heard, settings: Settings, files: Sequence[Path], *, from_topic: bool) -> int:
    """Take the articles that events were read in; return how many lines were no event, named on stderr."""
    with Meter("events", total=bytes_of(list(files)) if files else None) as meter:
        lines = Lines(Event, files, meter)
        told = (event for _key, event in kept(settings, EVENTS, Event) if event) if from_topic else lines
        for event in told:
            heard.event(event.article)
            meter.add()
    return lines.unread


def _articles(settings: Settings, files: Sequence[Path], meter: Meter) -> Iterator[Article | str]:
    """Yield articles, and for what is none where it stands and why."""
    if not files:
        for _key, article in kept(settings, ARTICLES, Article):
            if article:
                yield article
        return
    now = datetime.now(UTC)
    for found in read_articles(files, now=now, opened=lambda file: meter.watch(open_file(file))):
        if not isinstance(found, Found):
            yield f"{found.where}: not an article: {found.why}"
        elif found.article.fetched_at == now:  # read now; when it came in is not known
            yield found.article.model_copy(update={"fetched_at": None})
        else:
            yield found.article


def spoken(span: timedelta | None) -> str:
    """Return a span of time in one unit, as 40m; a dash where there is none."""
    if span is None:
        return "-"
    seconds = span.total_seconds()
    for size, unit in ((DAY, "d"), (HOUR, "h"), (MINUTE, "m")):
        if seconds >= 2 * size or (seconds >= size and seconds % size == 0):
            return f"{seconds / size:.3g}{unit}" if seconds < 100 * size else f"{seconds / size:,.0f}{unit}"
    return f"{seconds:.0f}s"
