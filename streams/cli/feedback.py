"""`tocsin feedback`: say whether a story was told right."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

import click

from schemas import Feedback, Verdict
from schemas.base import stable_id
from streams.delivery.records import alerts_on, send_feedback
from streams.settings import read_settings


@click.command()
@click.argument("story")
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.option("--note", help="In your words.")
@click.option("--author", help="Who says so. [the user]")
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
def command(story: str, verdict: str, note: str | None, author: str | None, bootstrap: str | None) -> None:
    """Say whether STORY, the id in the line `ids` of an alert, was told right, and if not, what was wrong.

    The latest word on a story holds. `tocsin rules stats` shows the precision that follows.
    """
    settings = read_settings(bootstrap=bootstrap)
    now = datetime.now(UTC)
    alerts = alerts_on(settings, story)
    told = [alert.story for alert in alerts if alert.story and alert.story.id == story]
    latest = max(told, key=lambda one: one.revision, default=None)
    feedback = Feedback(
        id=stable_id("feedback", story, verdict, now),
        story=story,
        verdict=Verdict(verdict),
        note=note,
        author=author or getpass.getuser(),
        given_at=now,
        rules=sorted({alert.rule.id for alert in alerts}),
        type=latest.type if latest else None,
        sources=latest.sources if latest else [],
    )
    send_feedback(settings, feedback, now)
    click.echo(f"{verdict}: {latest.headline if latest else story}")
