"""The Faust app: every agent in one screenful, wiring only."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import faust

from schemas.topics import ARTICLES, CONTRIBUTIONS, DYADS, EVENTS, MATCHES, READINGS, STORIES, THREADS
from streams.alerting import Alerts, Surroundings, Tense, Windows, load_rules
from streams.atleastonce import AtLeastOnce, Transport
from streams.bulletin import Bulletin
from streams.faust_options import faust_options
from streams.health import Health
from streams.restore import PerPartition, Restorer
from streams.sources import Registry
from streams.stages import Correlate, Judge, Sense, Tag, Warn, Weigh
from streams.stages.heard import Listening
from streams.stages.judge import restore_both
from streams.stages.readings import Readings
from streams.stories import Stories
from streams.tagging import Tagger
from streams.tension import Dyads, load_watched
from streams.watch import Watch, keep_watch, serve_pages

if TYPE_CHECKING:
    from streams.metrics import Metrics
    from streams.settings import Settings

TICK_EVERY = 10.0  # seconds between two looks at what time alone decides


def make_app(settings: Settings, metrics: Metrics) -> faust.App:
    """Return the app of one worker.

    Raises RuleErrors, SourceErrors or WatchErrors when alert rules, source registry or watch list cannot be used.
    """
    app = faust.App(**faust_options(settings))
    app.transport = Transport(app.conf.broker_consumer, app)
    health = Health(settings.stuck_after)
    flow = AtLeastOnce(app, metrics)
    rules, watched = load_rules(settings.rules), load_watched(settings.dyads)
    registry = Registry.load(settings.sources, settings.sources_learnt)
    metrics.articles.know(registry)
    metrics.events.begin()
    metrics.alerts.begin(rule.id for rule in rules.rules)
    metrics.dyads.begin(watched)
    tagger = Tagger.load(sources=registry)
    tagging = PerPartition(
        lambda: Tag(tagger, Readings(), metrics, Listening(registry)),
        Restorer(settings, READINGS.name, partial(health.touch, ARTICLES.name)),
    )
    correlating = PerPartition(
        lambda: Correlate(Stories(registry.family), metrics),
        Restorer(settings, STORIES.name, partial(health.touch, EVENTS.name)),
    )
    bulletin = Bulletin(settings)
    beside = Surroundings(registry, bulletin.dyads)
    warning = PerPartition(
        lambda: Warn(Alerts(rules, beside), metrics, settings.partitions),
        Restorer(settings, THREADS.name, partial(health.touch, STORIES.name)),
    )
    touch = partial(health.touch, MATCHES.name)
    judging = PerPartition(
        lambda: Judge(Windows(rules), metrics),
        restore_both(Restorer(settings, MATCHES.name, touch), Restorer(settings, THREADS.name, touch)),
    )
    sensing = PerPartition(
        lambda: Sense(Tense(rules), metrics),
        Restorer(settings, THREADS.name, partial(health.touch, DYADS.name)),
    )
    weighing = PerPartition(
        lambda: Weigh(Dyads(watched), metrics),
        Restorer(settings, CONTRIBUTIONS.name, partial(health.touch, CONTRIBUTIONS.name)),
    )

    @app.agent(app.topic(ARTICLES.name))
    async def tag(articles: Any) -> None:
        await flow.carry(articles, tagging)

    @app.agent(app.topic(EVENTS.name))
    async def stories(events: Any) -> None:
        await flow.carry(events, correlating)

    @app.agent(app.topic(STORIES.name))
    async def alert(changed: Any) -> None:
        await flow.carry(changed, warning)

    @app.agent(app.topic(CONTRIBUTIONS.name))
    async def tension(contributions: Any) -> None:
        await flow.carry(contributions, weighing)

    @app.agent(app.topic(DYADS.name))
    async def sense(dyads: Any) -> None:
        await flow.carry(dyads, sensing)

    @app.agent(app.topic(MATCHES.name))
    async def judge(matches: Any) -> None:
        await flow.carry(matches, judging)

    @app.timer(TICK_EVERY)  # type: ignore[untyped-decorator]
    async def tick() -> None:
        for topic, partition in health.held() if app.flow_control.is_active() else ():
            if topic == MATCHES.name:
                state = await judging(partition)
                await flow.send(state.tick(partition, datetime.now(UTC)))

    @app.timer(TICK_EVERY)  # type: ignore[untyped-decorator]
    async def hear_of_dyads() -> None:
        if any(rule.kind != "zscore" and {"tension", "tension_z"} & set(rule.reads) for rule in rules.rules):
            await bulletin.read()

    @app.on_partitions_revoked.connect
    async def forget(_app: Any, /, *_revoked: Any, **_: Any) -> None:
        for held in (tagging, correlating, warning, weighing, judging, sensing):
            held.drop()
        metrics.stories.holds_nothing()
        metrics.dyads.forget()

    keep_watch(app, Watch(settings, health, metrics), health, metrics)
    serve_pages(app, health, metrics)
    return app
