"""What stories add to dyads: off the topic, or from a file of stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from kafka import TopicPartition

from schemas import Contribution, Story, Unreadable, decode
from schemas.topics import CONTRIBUTIONS
from streams.broker import admin, consumer
from streams.delivery.terminal import one_line
from streams.errors import TocsinError
from streams.restore import read_to_end
from streams.stages.contribute import ONE_PARTITION
from streams.tension import contribution_of
from streams.topics import require_topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from streams.settings import Settings


class NoStory(TocsinError):
    """A line that is no story."""


def until_day(contributions: Iterator[Contribution], day: date) -> Iterator[Contribution]:
    """Pass over what was first reported later: as of that day nobody knew, or its date is a mistake."""
    return (each for each in contributions if each.first_seen.date() <= day)


def of_file(path: Path) -> Iterator[Contribution]:
    """Yield the contributions of a file of stories. Raises NoStory naming the line."""
    with click.open_file(str(path), "rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                yield contribution_of(decode(Story, line))
            except Unreadable as error:
                raise NoStory(one_line(f"{path}:{number} is no story: {error}")) from error


def of_topic(settings: Settings) -> Iterator[Contribution]:
    """Yield the contributions on the topic; what is none is named on stderr and passed over."""
    client = admin(settings)
    try:
        require_topic(client, settings, CONTRIBUTIONS)
    finally:
        client.close()
    reader = consumer(settings, "explain")
    try:
        for record in read_to_end(reader, TopicPartition(CONTRIBUTIONS.name, ONE_PARTITION)):
            try:
                yield decode(Contribution, record.value)
            except Unreadable as error:
                where = f"{record.topic}[{record.partition}]@{record.offset}"
                click.echo(one_line(f"tocsin: {where} is no contribution: {error}"), err=True)
    finally:
        reader.close(autocommit=False, timeout_ms=1_000)
