"""The articles: who tells what, when and in which language; the same ones at every call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from schemas import Article, Status
from schemas.article import article_id
from tests.stories.corpus.data import LANGS, Happening, happenings, language, sources
from tests.stories.corpus.wording import FULL, Moment, headlines, sentences, worded

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = 1_000
LAGS = {0: 50, 1: 25, 2: 12, 3: 8, 5: 3, 6: 2}  # days from the happening to the article, in percent
LATEST_EXACT = 3  # of happenings that the day alone tells apart, nothing is published later
ROUND_UPS = 0.08
LOOKBACKS = 0.12
HEADLINES = 0.45  # titles that tell the happening; the others tell nothing
BACKGROUND_DAYS = 10  # what lies so far back is told as the past
WEIGHTS = (1, 1, 1, 2, 2, 3, 4, 6, 9)  # few happenings are told by everybody, most by one or two
LEAST_WEIGHTS = {"told in six languages": 8, "rising toll": 6, "claim and denial": 5, "plain": 1}
TRAP_WEIGHT = 2  # of the others, so that there is somebody to fall into a trap


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of a happening, where it stands in the article's text, and as what."""

    happening: str
    status: Status
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """An article, and which of its sentences tells of which happening."""

    article: Article
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    happening: str | None = None
    status: Status = Status.OCCURRED


def articles() -> list[Told]:
    """Return the articles in the order in which they were published."""
    told = [told for id_, reports in _reports().items() for told in _told(happenings()[id_], reports)]
    return sorted(told, key=lambda one: (one.article.published_at, one.article.id))


@cache
def _reports() -> dict[str, int]:
    """Share the articles out among the happenings, at least one for each: what rounding leaves goes by rank."""
    weights = {id_: _weight(one) for id_, one in happenings().items()}
    spare = ARTICLES - len(weights)
    exact = {id_: weight * spare / sum(weights.values()) for id_, weight in weights.items()}
    reports = {id_: 1 + int(share) for id_, share in exact.items()}
    by_rest = sorted(exact, key=lambda id_: (int(exact[id_]) - exact[id_], id_))
    for id_ in by_rest[: ARTICLES - sum(reports.values())]:
        reports[id_] += 1
    return reports


def _weight(happening: Happening) -> int:
    weight = Random(f"weight/{happening.id}").choice(WEIGHTS)
    return max(weight, LEAST_WEIGHTS.get(happening.what, TRAP_WEIGHT))


def _told(happening: Happening, reports: int) -> Iterator[Told]:
    langs = Random(f"langs/{happening.id}").sample(LANGS, len(LANGS))
    for number in range(reports):
        chance = Random(f"{happening.id}/{number}")
        yield _article(happening, langs[number % len(langs)], _status(happening, number), number, chance)


def _status(happening: Happening, number: int) -> Status:
    """Every third report of what was announced comes ahead of it, every third of a claim is a denial."""
    if happening.anniversary:
        return Status.HISTORICAL
    if happening.only:
        return Status(happening.only)
    if happening.announced and number % 3 == 1:
        return Status.PLANNED
    if happening.denied and number % 3 == 1:
        return Status.DENIED
    return Status.OCCURRED


def _article(happening: Happening, lang: str, status: Status, number: int, chance: Random) -> Told:
    moment = _moment(happening, status, chance)
    lead = _sentence(happening, lang, status, moment, chance)
    round_up = chance.random() < ROUND_UPS
    also = _round_up(happening, lang, moment, chance) if round_up else []
    looks_back = not also and chance.random() < LOOKBACKS
    asides = [_Sentence(text) for text in chance.sample(language(lang).asides, 2)]
    back = _background(happening, lang, moment, chance) if looks_back else []
    paragraphs = [[lead], *([one] for one in also)] if also else [[lead, asides[0]], [asides[1], *back]]
    title = _title(happening, lang, status, moment, chance)
    return _laid_out(title, paragraphs, lang, moment, f"{happening.id}-{number}", chance)


def _moment(happening: Happening, status: Status, chance: Random) -> Moment:
    if status is Status.HISTORICAL:
        return Moment(happening.day.replace(year=happening.day.year + 1), full=True)
    if status is Status.PLANNED:
        ahead = happening.announced or 2
        return Moment(happening.day - timedelta(days=chance.randint(1, ahead)))
    exact = "day" in happening.needs
    lags = {lag: share for lag, share in LAGS.items() if not exact or lag <= LATEST_EXACT}
    lag = chance.choices(list(lags), weights=list(lags.values()))[0]
    return Moment(happening.day + timedelta(days=lag), exact=exact)


def _sentence(
    happening: Happening,
    lang: str,
    status: Status,
    moment: Moment,
    chance: Random,
    also: frozenset[str] = frozenset(),
) -> _Sentence:
    wanted = also | frozenset(happening.needs)
    if status is Status.DENIED or moment.published == happening.day:
        wanted -= {"day"}  # a denial names the place, not the day
    patterns = sentences(happening, lang, status, wanted)
    if not patterns and status in (Status.DENIED, Status.PLANNED):
        patterns = sentences(happening, lang, Status.OCCURRED, wanted)
        status = Status.OCCURRED
    text = worded(chance.choice(patterns), happening, lang, moment, chance)
    return _Sentence(text, happening.id, status)


def _title(happening: Happening, lang: str, status: Status, moment: Moment, chance: Random) -> _Sentence:
    """A headline never says the day, so that only fresh news has one that tells."""
    fresh = status is Status.OCCURRED and (moment.published - happening.day).days <= (not moment.exact)
    patterns = headlines(happening, lang, frozenset(happening.needs) - {"day"})
    if fresh and patterns and chance.random() < HEADLINES:
        text = worded(chance.choice(patterns), happening, lang, moment, chance)
        return _Sentence(text, happening.id)
    return _Sentence(chance.choice(language(lang).titles))


def _round_up(happening: Happening, lang: str, moment: Moment, chance: Random) -> list[_Sentence]:
    """Add one or two of other theatres that happened on the day or just before."""
    fresh = [
        other
        for other in _others(happening, lang, Status.OCCURRED)
        if other.theatre != happening.theatre and 0 <= (moment.published - other.day).days <= 1
    ]
    chosen = chance.sample(fresh, min(len(fresh), chance.randint(1, 2)))
    exact = Moment(moment.published, exact=True)
    return [_sentence(other, lang, Status.OCCURRED, exact, chance, FULL) for other in chosen]


def _background(happening: Happening, lang: str, moment: Moment, chance: Random) -> list[_Sentence]:
    past = [
        other
        for other in _others(happening, lang, Status.HISTORICAL)
        if other.theatre == happening.theatre
        and (moment.published - other.day).days >= BACKGROUND_DAYS
        and not other.anniversary
    ]
    if not past:
        return []
    return [_sentence(chance.choice(past), lang, Status.HISTORICAL, moment, chance, FULL)]


def _others(happening: Happening, lang: str, status: Status) -> list[Happening]:
    return [
        other
        for other in happenings().values()
        if other.id != happening.id
        and not other.only
        and sentences(other, lang, status, frozenset(other.needs) | FULL)
    ]


def _laid_out(
    title: _Sentence,
    paragraphs: list[list[_Sentence]],
    lang: str,
    moment: Moment,
    name: str,
    chance: Random,
) -> Told:
    text, tellings = "", []
    for ending, line in [("\n", [title]), *(("\n\n", paragraph) for paragraph in paragraphs)]:
        for at, sentence in enumerate(line):
            text += " " if at else ""
            if sentence.happening:
                telling = Telling(
                    sentence.happening, sentence.status, len(text), len(text) + len(sentence.text)
                )
                tellings.append(telling)
            text += sentence.text
        text += ending
    body = text[len(title.text) + 1 :].rstrip("\n")
    source = chance.choice(sources()[lang])
    url = f"https://{source}.example/{name}"
    published = datetime.combine(moment.published, time(chance.randint(6, 22), chance.randrange(60)), UTC)
    article = Article(
        id=article_id(url=url, source=source, title=title.text, body=body),
        url=url,
        source=source,
        title=title.text,
        body=body,
        lang=lang,
        published_at=published,
    )
    return Told(article, tuple(tellings))
