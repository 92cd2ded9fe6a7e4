"""Story → card: what the feed shows of one story. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.web.answers import Card, DateAnswer, Direction, PartyAnswer, PlaceAnswer, QuoteAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from schemas import Party, Place
    from schemas.story import StoryEvidence
    from streams.web.gist import StoryGist

MOST_SOURCES = 20  # ids on a card; of a story that the whole world tells there are hundreds
RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
# Kilometres: what a text that names no more than this leaves open. A country is as large as an average one.
RADIUS_KM = {"city": 15.0, "region": 120.0, "country": 400.0, "sea": 300.0}


def card_of(story: StoryGist, *, updated_at: datetime, rules: Sequence[str] = ()) -> Card:
    """Return the card of a story that was told in this revision at an instant."""
    return Card(
        id=story.id,
        revision=story.revision,
        headline=story.headline,
        type=story.type,
        type_label=label_of(story.type),
        family=story.family,
        status=story.status,
        polarity=story.polarity,
        severity=story.severity,
        confidence=round(story.confidence, 3),
        novelty=story.novelty,
        counts=story.status.counts,
        first_seen=story.first_seen,
        last_seen=story.last_seen,
        updated_at=updated_at,
        event_date=DateAnswer.model_validate(story.event_date, from_attributes=True),
        place=place_of(story.place),
        dyads=story.dyads,
        actors=parties_of(story.actors),
        targets=parties_of(story.targets),
        origins=story.origins,
        mentions=story.mentions,
        sources=story.sources[:MOST_SOURCES],
        sources_beyond=len(story.sources[MOST_SOURCES:]),
        langs=story.langs,
        quote=quote_of(story.evidence[0]) if story.evidence else None,
        rules=list(rules),
        contradictions=len(story.contradictions),
        cancelled=story.cancelled,
    )


def label_of(name: str) -> str:
    """Return a name of the taxonomy in words."""
    return name.replace("_", " ").capitalize()


def direction_of(lang: str) -> Direction:
    """Return which way the script of a language runs."""
    return "rtl" if lang.partition("-")[0] in RTL else "ltr"


def parties_of(parties: Iterable[Party]) -> list[PartyAnswer]:
    """Return parties as they are answered."""
    return [PartyAnswer(id=one.id, name=one.name, role=one.role, person=one.person) for one in parties]


def place_of(place: Place | None) -> PlaceAnswer | None:
    """Return a place with the size of the area that it stands for."""
    if place is None:
        return None
    return PlaceAnswer(
        name=place.name,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        precision=place.precision,
        radius_km=RADIUS_KM[place.precision],
    )


def quote_of(quoted: StoryEvidence) -> QuoteAnswer:
    """Return a quote in its own language."""
    lang = quoted.evidence.lang
    return QuoteAnswer(
        text=quoted.evidence.quote, lang=lang, source=quoted.source, url=quoted.url, dir=direction_of(lang)
    )
