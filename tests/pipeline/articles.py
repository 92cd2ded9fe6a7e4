"""Articles for the pipeline, and what the core makes of them without any broker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from prometheus_client import CollectorRegistry

from schemas import Alert, Article, Event, Story, decode, encode
from schemas.article import article_id
from schemas.topics import ALERTS, EVENTS, STORIES
from streams.alerting import Alerts, load_rules
from streams.metrics import Metrics
from streams.stages import Correlate, InRecord, Tag, Warn
from streams.stages.readings import Readings
from streams.stories import Stories
from streams.tagging import Tagger

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
    metrics = Metrics(CollectorRegistry())
    tag = Tag(Tagger.load(), Readings(), metrics)
    stages = [tag, Correlate(Stories(), metrics), Warn(Alerts(load_rules(None)), metrics)]
    records = [_record(encode(article)) for article in articles]
    ids = {}
    for stage, model, topic in zip(stages, (Event, Story, Alert), (EVENTS, STORIES, ALERTS), strict=True):
        made = [out for record in records for out in stage.outputs(record, NOW) if out.topic == topic.name]
        records = [_record(out.value) for out in made]
        ids[model.__name__] = {decode(model, out.value).id for out in made}
    return ids


def _record(value: bytes) -> InRecord:
    return InRecord("topic", 0, 0, 0.0, b"key", value, {})
