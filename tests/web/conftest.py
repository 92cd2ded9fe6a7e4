"""One page for all tests that only ask: what lies on the topics when it starts, and the process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from schemas import Event, Story, encode
from schemas.topics import CONTRIBUTIONS, DYADS, EVENTS, STORIES
from streams.embedded import embedded_broker
from streams.tension import Dyads, contribution_of, load_watched
from tests.factories import NOON, a_story, an_event
from tests.onbroker import OnBroker
from tests.web.site import Site

TOKEN = "a-token-that-nobody-guesses"


@dataclass
class World:
    """What was told before the page started: a story with many mentions, three of one dyad on three days."""

    events: list[Event] = field(default_factory=list)
    story: Story | None = None
    days: list[Story] = field(default_factory=list)

    def publish(self, broker) -> None:
        self.events = [
            an_event(
                "leader_communication",
                actors=["IND"],
                targets=["PAK"],
                article=f"article-{number}",
                source=f"source-{number}",
                quote=f"They spoke {number} times at length",
            )
            for number in range(9)
        ]
        self.story = a_story(*self.events)
        days = [self._event(number) for number in range(3)]
        self.days = [a_story(event) for event in days]
        dyads = Dyads(load_watched())
        for event in (*self.events, *days):
            broker.send(EVENTS, encode(event), partition=0)
        for story in (self.story, *self.days):
            broker.send(STORIES, encode(story), key=story.id.encode(), partition=0)
            dyads.add(contribution := contribution_of(story))
            broker.send(CONTRIBUTIONS, encode(contribution), key=story.id.encode(), partition=0)
        for dyad in dyads.dyads():
            broker.send(DYADS, encode(dyad), key=dyad.id.encode(), partition=0)

    def _event(self, number: int) -> Event:
        published = NOON + timedelta(days=20 * number)
        return an_event(
            article=f"day-{number}", source=f"s-{number}", published=published, day=published.date()
        )


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def site(world, tmp_path_factory):
    """A page that is ready, with a token."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "broker").mkdir()
    with embedded_broker(folder / "broker") as embedded:
        broker = OnBroker(embedded)
        broker.provision()
        world.publish(broker)
        running = Site(broker, folder, TOCSIN_WEB_TOKEN=TOKEN)
        try:
            yield running.ready()
        finally:
            running.stop()
