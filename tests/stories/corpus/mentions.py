"""What the tagger reads in the articles, and which happening each event belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from schemas import Event
from streams.tagging import Tagger
from tests.stories.corpus.data import happenings, world
from tests.stories.corpus.writing import Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable


HALVES = ("dev", "held-out")  # to tune on, and to see how it does on what it was not tuned on


@dataclass(frozen=True, slots=True)
class Mention:
    """One event of the tagger and the sentence of the corpus that it was read in."""

    event: Event
    happening: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the tagger reads: what was meant, what else it found (`strays`), and what it missed (`unread`)."""

    mentions: tuple[Mention, ...]
    strays: tuple[Event, ...]
    unread: tuple[tuple[Told, Telling], ...]

    @property
    def events(self) -> list[Event]:
        """Every event, strays among them, in the order of publication."""
        every = [*(mention.event for mention in self.mentions), *self.strays]
        return sorted(
            every, key=lambda event: (event.article.published_at, event.article.id, event.evidence.start)
        )


def half_of(happening: str) -> str:
    """Return `dev` or `held-out`: by the hash of the theatre, so that what may be confused stays together."""
    theatre = happenings()[happening].theatre
    return HALVES[sha256(f"dev or held-out: {theatre}".encode()).digest()[0] % 2]


def read(told: Iterable[Told], tagger: Tagger | None = None) -> Reading:
    """Tag the articles; of the events of one sentence the surest of the right type is the one that was meant."""
    tagger = tagger or Tagger.load()
    mentions: list[Mention] = []
    strays: list[Event] = []
    unread: list[tuple[Told, Telling]] = []
    for one in told:
        events = list(tagger.tag(one.article, now=one.article.published_at).events)
        found: set[str] = set()
        for telling in one.tellings:
            if fitting := _fitting(events, telling):
                event = max(fitting, key=lambda event: event.confidence)
                found.add(telling.happening)
                events.remove(event)
                mentions.append(Mention(event, telling.happening))
        # what title and text both tell, the tagger may give once
        unread += [(one, telling) for telling in one.tellings if telling.happening not in found]
        strays += events
    return Reading(tuple(mentions), tuple(strays), tuple(unread))


def _fitting(events: list[Event], telling: Telling) -> list[Event]:
    """Return the events of the sentence that are of the likeliest type that any of them has."""
    here = [
        event for event in events if event.evidence.start < telling.end and telling.start < event.evidence.end
    ]
    types = world().kinds[happenings()[telling.happening].kind]
    by_type = ([event for event in here if event.type == type_] for type_ in types)
    return next((those for those in by_type if those), [])
