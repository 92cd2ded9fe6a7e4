"""Articles for the pipeline, and what the core makes of them without any broker."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry

from schemas import Alert, Article, Dyad, Event, Story, decode, encode
from schemas.article import article_id
from schemas.topics import ALERTS, ARTICLES, CONTRIBUTIONS, DYADS, EVENTS, STORIES
from streams.alerting import Alerts, load_rules
from streams.metrics import Metrics
from streams.stages import Correlate, InRecord, Tag, Warn, Weigh
from streams.stages.readings import Readings
from streams.stories import Stories
from streams.tagging import Tagger
from streams.tension import Dyads, load_watched

PAIRS = (("américain", "russe"), ("français", "chinois"), ("britannique", "iranien"), ("allemand", "turc"))
TITLE = "Le ministre {} de la Défense s'entretient avec son homologue {}"
BODY = (
    "Le ministre {0} de la Défense s'est entretenu vendredi au téléphone avec son homologue {1}. "
    "Il a appelé à un cessez-le-feu immédiat. Les deux ministres ont convenu d'ouvrir une ligne directe."
)
NOW = datetime(2022, 5, 13, 21, tzinfo=UTC)


def an_article(number: int = 0, **changes) -> Article:
    """Return an article that reports events; another number is another fortnight and dyad, so other stories."""
    pair = PAIRS[number % len(PAIRS)]
    fields = {
        "title": TITLE.format(*pair),
        "body": BODY.format(*pair),
        "source": "test",
        "lang": "fr",
        "url": f"https://news.example/{number}",
        "published_at": datetime(2005, 5, 13, 20, tzinfo=UTC) + timedelta(days=15 * number),
    } | changes
    id_ = article_id(**{name: fields[name] for name in ("url", "source", "title", "body")})
    return Article(id=id_, **fields)


def ids_by_core(articles: list[Article]) -> dict[str, set[str]]:
    """Return the ids of the events, stories and alerts that the core makes of these articles."""
    made = _by_core(articles)
    pairs = ((EVENTS, Event), (STORIES, Story), (ALERTS, Alert))
    return {model.__name__: {decode(model, value).id for value in made[topic.name]} for topic, model in pairs}


def dyads_by_core(articles: list[Article]) -> dict[str, Dyad]:
    """Return the last state of every dyad that the core makes of these articles."""
    told = (decode(Dyad, value) for value in _by_core(articles)[DYADS.name])
    return {dyad.id: dyad for dyad in told}


def _by_core(articles: list[Article]) -> dict[str, list[bytes]]:
    """Return what the core puts on each topic."""
    metrics = Metrics(CollectorRegistry())
    stages = [
        (Tag(Tagger.load(), Readings(), metrics), ARTICLES),
        (Correlate(Stories(), metrics), EVENTS),
        (Warn(Alerts(load_rules(None)), metrics), STORIES),
        (Weigh(Dyads(load_watched()), metrics), CONTRIBUTIONS),
    ]
    made = defaultdict(list, {ARTICLES.name: [encode(article) for article in articles]})
    for stage, source in stages:
        for value in made[source.name]:
            for out in stage.outputs(_record(value), NOW):
                made[out.topic].append(out.value)
    return made


def _record(value: bytes) -> InRecord:
    return InRecord("topic", 0, 0, 0.0, b"key", value, {})
