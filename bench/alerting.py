"""Rules: what a thousand of them cost a story, and how fast rules are tried on history, on one core."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from schemas import Event, Story, decode, encode, taxonomy
from streams.alerting import Alerts, Surroundings, load_rules
from streams.rehearsal import Rehearsal
from streams.rehearsal.peek import Peek
from streams.sources import Registry
from streams.stories import Stories
from tests.stories.corpus import articles, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.alerting import Rules

PARTIES = ("RUS", "UKR", "USA", "CHN", "IRN", "ISR", "PRK", "KOR", "IND", "PAK", "FRA", "GBR", "DEU", "TUR")
MANY = 1_000  # rules
ROUNDS = 40  # of the corpus, each of other articles, years apart
RARE = "rules:\n  - {id: rare, version: 1, title: R, description: R, match: 'type == \"nuclear_signal\" && counts'}\n"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many went through, in how many seconds of this core."""

    number: int
    seconds: float

    def __str__(self) -> str:
        rate = self.number / self.seconds
        return f"{rate:10,.0f} a second   {self.seconds / self.number * 1e6:8,.1f} µs each"


def many_rules(*, alike: bool) -> Rules:
    """Return a thousand rules: on types and parties of their own, or all on one type, read by every story of it."""
    types = [type_.name for type_ in taxonomy().types]
    written = ["rules:"]
    for number in range(MANY):
        match = f'type == "{types[number % len(types)]}" && "{PARTIES[number % len(PARTIES)]}" in parties && counts'
        if alike:
            match = f'type == "air_missile_strike" && counts && severity >= {number % 10}.0 && origins > {number}.0'
        written.append(f"  - {{id: rule-{number}, version: 1, title: R, description: R, match: '{match}'}}")
    return _loaded("\n".join(written))


def thousand(stories: list[Story]) -> Iterator[tuple[str, Rate]]:
    """Yield what a thousand rules cost a story."""
    beside = Surroundings(Registry.load())
    strikes = [story for story in stories if story.type == "air_missile_strike"]
    for name, rules, told in (
        ("1,000 rules on types and parties, a story", many_rules(alike=False), stories),
        ("1,000 rules on one type, a story of it", many_rules(alike=True), strikes),
    ):
        alerts = Alerts(rules, beside)
        began = time.process_time()
        for story in told:
            alerts.on_story(story, now=story.last_seen)
        yield name, Rate(len(told), time.process_time() - began)


def history(lines: list[bytes], rules: Rules) -> Rate:
    """Return how fast rules are tried on events as lines of a file."""
    peek, registry = Peek([rules]), Registry.load()
    stories, line = Stories(registry.family), Rehearsal(rules, registry)
    began = time.process_time()
    for each in lines:
        if not peek.passes_over(each) and (story := stories.add(decode(Event, each))):
            line.tell(story)
    return Rate(len(lines), time.process_time() - began)


def told_stories(stories: list[Story], rules: Rules) -> Rate:
    """Return how fast rules are tried on stories that are merged and read already."""
    line = Rehearsal(rules, Registry.load())
    began = time.process_time()
    for story in stories:
        line.tell(story)
    return Rate(len(stories), time.process_time() - began)


def measure() -> Iterator[tuple[str, Rate]]:
    """Yield every figure as it is made."""
    events = read(articles()).events
    merging = Stories()
    stories = [story for event in events if (story := merging.add(event))]
    yield from thousand(stories)
    lines = [encode(event) for number in range(ROUNDS) for event in _another(events, number)]
    yield "back-test of one rule on a rare type, an event", history(lines, _loaded(RARE))
    yield "back-test of the starter set, an event", history(lines[: len(events) * 4], load_rules())
    yield "the starter set on merged stories, a revision", told_stories(stories, load_rules())


def _another(events: list[Event], number: int) -> Iterator[Event]:
    for event in events:
        article = event.article.model_copy(update={"id": f"{event.article.id}-{number}", "signature": None})
        yield event.model_copy(update={"id": f"{event.id}-{number}", "article": article})


def _loaded(written: str) -> Rules:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "rules.yaml"
        file.write_text(written, encoding="utf-8")
        return load_rules(file)
