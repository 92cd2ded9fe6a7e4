"""The articles that are measured on: real news, the dense sample, and those that report nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from schemas import Article
from schemas.article import article_id
from streams.ingest.found import Found
from streams.ingest.read import find_files, read_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tagging import Tagger

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "gold" / "wikinews_fr_100.jsonl"
EVERYDAY = Path(__file__).parent / "everyday"
DAY = datetime(2012, 5, 22, 12, tzinfo=UTC)
DENSE_EVERY = 10  # in the mix: one article in so many reports events of ours


@dataclass(frozen=True, slots=True)
class Corpora:
    """`dense` reports many events, `quiet` none; `news` is what stands in `source`, as it is.

    `everyday` are texts of 3 kB on other things, in words that report events elsewhere: recipes let rest, teams attack.
    """

    source: str
    news: list[Article]
    dense: list[Article]
    quiet: list[Article]
    everyday: list[Article]


def load(tagger: Tagger) -> Corpora:
    """Return the articles to measure on."""
    dense = [found.article for found in _samples() if isinstance(found, Found)]
    news = [_from_news(line) for line in NEWS.read_bytes().splitlines()] if NEWS.exists() else dense
    quiet = [article for article in news if not tagger.tag(article, now=DAY).events]
    everyday = [_everyday(path) for path in sorted(EVERYDAY.glob("*.txt"))]
    return Corpora(NEWS.name if NEWS.exists() else "seeds/", news, dense, quiet or [_quiet_one()], everyday)


def mix(corpora: Corpora, count: int) -> list[Article]:
    """Return so many articles of different ids and days, one in DENSE_EVERY of them dense."""
    quiet, dense = cycle(corpora.quiet), cycle(corpora.dense)
    drawn = (next(quiet if number % DENSE_EVERY else dense) for number in range(count))
    return [_another(article, number) for number, article in enumerate(drawn)]


def only(articles: list[Article], count: int) -> list[Article]:
    """Return so many articles of different ids and days."""
    return [_another(article, number) for number, article in enumerate(islice(cycle(articles), count))]


def _another(article: Article, number: int) -> Article:
    url = f"https://bench.example/{number}"
    id_ = article_id(url=url, source=article.source, title=article.title, body=article.body)
    day = DAY + timedelta(days=number % 3000, seconds=number)
    return article.model_copy(update={"id": id_, "url": url, "published_at": day})


def _samples() -> Iterator[object]:
    return read_articles(find_files([ROOT / "seeds"]), now=DAY)


def _from_news(line: bytes) -> Article:
    read = orjson.loads(line)
    return Article(
        id=read["id"],
        source="news",
        title=read["title"],
        body=read["text"],
        lang=read["lang"],
        published_at=DAY,
    )


def _everyday(path: Path) -> Article:
    title, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    return Article(id=path.stem, source="everyday", title=title, body=body, lang="en", published_at=DAY)


def _quiet_one() -> Article:
    body = (
        "La ville ouvre un nouveau parc. Les enfants y trouveront des jeux, les aînés des bancs à l'ombre. "
        * 20
    )
    return Article(id="quiet", source="news", title="Un parc", body=body, lang="fr", published_at=DAY)
