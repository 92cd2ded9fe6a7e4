"""The stories that the page knows: the latest revision of each, the newest first, as many as it may keep. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from sys import intern
from typing import TYPE_CHECKING

import orjson

from streams.web.answers import Card, PlaceAnswer
from streams.web.cards import card_of
from streams.web.packing import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from streams.web.gist import StoryGist

Words = tuple[str, ...]


@dataclass(slots=True)
class Kept:
    """One story: what filters ask of it, and its card, packed. Words are shared between stories.

    `updated_ms`: when this revision came, in milliseconds since 1970. `place`: where the whole story lies on its topic,
    as one number.
    """

    id: str
    revision: int
    updated_ms: int
    place: int
    type: str
    family: str
    status: str
    polarity: str
    severity: float
    dyads: Words
    langs: Words
    sources: Words
    rules: Words
    actors: Words
    targets: Words
    where: PlaceAnswer | None
    cancelled: bool
    packed: bytes

    def text(self) -> bytes:
        """Return its card as JSON."""
        return unpack(self.packed)

    def card(self) -> Card:
        """Return its card."""
        return Card.model_validate_json(self.text())

    def words(self) -> str:
        """Return what a search looks through: headline, quote, parties, place; without regard to capitals."""
        card = orjson.loads(self.text())
        said = [card["headline"], card["type_label"], (card.get("quote") or {}).get("text")]
        said += [
            part
            for side in ("actors", "targets")
            for one in card[side]
            for part in (one["name"], one.get("person"))
        ]
        said.append((card.get("place") or {}).get("name"))
        return " ".join(filter(None, said)).casefold()


class History:
    """Holds the stories. Of more than `most`, those that were not told anew for the longest time go."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._stories: dict[str, Kept] = {}
        self._rules: dict[str, Words] = {}
        self._pool: dict[Words, Words] = {}
        self._numbers: dict[float, float] = {}
        self._places: dict[PlaceAnswer, PlaceAnswer] = {}

    def __len__(self) -> int:
        return len(self._stories)

    def get(self, id_: str) -> Kept | None:
        """Return a story that is kept."""
        return self._stories.get(id_)

    def newest_first(self) -> Iterator[Kept]:
        """Yield the stories, the one that was told last first."""
        return reversed(self._stories.values())

    def take(self, story: StoryGist, updated_ms: int, place: int) -> Kept | None:
        """Keep a revision; return what is kept now, None when it or a later one is known.

        A story that was taken back is kept, but it is in no list.
        """
        known = self._stories.get(story.id)
        if known and known.revision >= story.revision:
            return None
        kept = self._keep(story, updated_ms, place)
        self._stories.pop(story.id, None)
        self._stories[story.id] = kept
        while len(self._stories) > self._most:
            self.forget(next(iter(self._stories)))
        return kept

    def fired(self, rule: str, stories: Iterable[str]) -> list[Kept]:
        """Note that a rule alerted to stories; return those whose cards say so now and did not before."""
        changed = []
        for id_ in stories:
            before = self._rules.get(id_, ())
            if rule in before:
                continue
            self._rules[id_] = rules = self._shared((*before, rule))
            if len(self._rules) > self._most:
                del self._rules[next(iter(self._rules))]
            if kept := self._stories.get(id_):
                kept.rules = rules
                kept.packed = pack(_with_rules(kept.text(), rules))
                changed.append(kept)
        return changed

    def forget(self, id_: str) -> bool:
        """Let go of a story; tell whether it was kept."""
        self._rules.pop(id_, None)
        return self._stories.pop(id_, None) is not None

    def settle(self) -> None:
        """Put the stories in the order of their time: partitions that are read side by side mix them."""
        in_order = sorted(self._stories.values(), key=lambda kept: kept.updated_ms)
        self._stories = {kept.id: kept for kept in in_order}

    def _keep(self, story: StoryGist, updated_ms: int, place: int) -> Kept:
        rules = self._rules.get(story.id, ())
        updated_at = datetime.fromtimestamp(updated_ms / 1000, UTC)
        card = card_of(story, updated_at=updated_at, rules=rules)
        return Kept(
            id=story.id,
            revision=story.revision,
            updated_ms=updated_ms,
            place=place,
            type=intern(story.type),
            family=intern(story.family),
            status=story.status.value,
            polarity=story.polarity.value,
            severity=self._numbers.setdefault(story.severity, story.severity),
            dyads=self._shared(story.dyads),
            langs=self._shared(story.langs),
            sources=self._shared(story.sources),
            rules=rules,
            actors=self._shared([party.id for party in story.actors]),
            targets=self._shared([party.id for party in story.targets]),
            where=self._placed(card.place),
            cancelled=story.cancelled,
            packed=pack(json_of(card)),
        )

    def _shared(self, words: Sequence[str]) -> Words:
        """Return these words as one tuple that all stories share; the pool does not outgrow what is kept."""
        made = tuple(map(intern, words))
        if len(self._pool) > self._most:
            self._pool.clear()
        return self._pool.setdefault(made, made)

    def _placed(self, place: PlaceAnswer | None) -> PlaceAnswer | None:
        """Return this place as one that all stories there share."""
        if place is None:
            return None
        if len(self._places) > self._most:
            self._places.clear()
        return self._places.setdefault(place, place)


def json_of(card: Card) -> bytes:
    """Return a card as the API answers it; what is not known is left out."""
    return card.model_dump_json(exclude_none=True).encode()


def _with_rules(text: bytes, rules: Words) -> bytes:
    return orjson.dumps(orjson.loads(text) | {"rules": list(rules)})
