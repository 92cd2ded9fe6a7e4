"""Events and stories for tests: sound by default, with what matters to the test named."""

from __future__ import annotations

from datetime import UTC, date, datetime

from schemas import ArticleRef, Claim, Codes, Event, EventDate, Evidence, Party, Status, Story, taxonomy
from schemas.event import event_id
from streams.stories import Stories

DAY = date(2022, 5, 13)
NOON = datetime(2022, 5, 13, 12, tzinfo=UTC)


def an_event(
    type_="military_communication", status="occurred", actors=("USA",), targets=("RUS",), **changes
) -> Event:
    """Return an event; parties are ids or Party objects; article, source and published shape its article."""
    known = taxonomy()[type_]
    article = changes.pop("article", "article-1")
    source = changes.pop("source", "source-1")
    published = changes.pop("published", NOON)
    origin_hint = changes.pop("origin_hint", None)
    signature = changes.pop("signature", None)
    backfill = changes.pop("backfill", False)
    quote = changes.pop("quote", "the words of the text")
    lang = changes.pop("lang", "en")
    sides = [
        [party if isinstance(party, Party) else a_party(party) for party in side]
        for side in (actors, targets)
    ]
    roles = tuple(party.id for side in sides for party in side)
    event = {
        "id": event_id(article, type_, status, (0, len(quote)), roles),
        "type": type_,
        "family": known.family,
        "polarity": known.polarity,
        "severity": known.severity,
        "status": Status(status),
        "actors": sides[0],
        "targets": sides[1],
        "event_date": a_date(changes.pop("day", DAY)),
        "claim": Claim(kind="article"),
        "evidence": Evidence(quote=quote, start=0, end=len(quote), lang=lang, trigger=quote),
        "confidence": 0.8,
        "codes": Codes(cameo=known.codes.cameo, quadclass=known.codes.quadclass),
        "article": ArticleRef(
            id=article,
            source=source,
            published_at=published,
            origin_hint=origin_hint,
            signature=signature,
            backfill=backfill,
        ),
        "tagged_at": NOON,
        "taxonomy": taxonomy().version,
        "tagger": "test",
    }
    return Event.model_validate(event | changes)


def a_party(id_: str, **changes) -> Party:
    """Return a party that the text names by its id."""
    return Party(id=id_, name=id_, **changes)


def a_date(day: date, end: date | None = None, precision="day") -> EventDate:
    """Return a day, or the interval to `end`."""
    return EventDate(start=day, end=end or day, precision=precision)


def a_story(*events: Event, **of_one_event) -> Story:
    """Return the story of these events, or of one event of this kind."""
    stories = Stories(family=str)  # each source its own owner
    revisions = [stories.add(event) for event in events or (an_event(**of_one_event),)]
    assert len(stories) == 1, "the events tell of more than one story"
    return revisions[-1]
