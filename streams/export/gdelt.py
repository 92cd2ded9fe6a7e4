"""Events as rows of GDELT 2.0: the event table of 61 columns and the mentions table of 16.

Names, order and meaning are those of the GDELT Event Codebook V2.0; docs/export.md says where we differ.
"""

from __future__ import annotations

import re
from itertools import combinations, product
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from schemas.base import stable_id
from streams.export.parties import MAX_TYPES, Coded, coded, parties

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from typing import TextIO

    from schemas import Event, Party, Place

Cell = str | int | float | None
Pair = tuple["Party | None", "Party | None"]

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
    "Type1Code", "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")

EVENT_COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"{actor}{name}" for actor in ("Actor1", "Actor2") for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip

LEAD = 400  # characters: what stands in the title or here counts as the lead paragraph
_WEB, _CITATION = 1, 2  # MentionType
_NOWHERE: tuple[Cell, ...] = (0, *("",) * (len(_GEO) - 1))
_NOT_FOUND = -1  # offset of what the text does not name
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")  # a tab or an end of line would break the row

# ISO 639-2/T, by which the mentions table names languages.
_LANGUAGES = {
    "fr": "fra", "ru": "rus", "uk": "ukr", "de": "deu", "es": "spa", "ar": "ara",
    "zh": "zho", "pl": "pol", "tr": "tur", "it": "ita", "pt": "por",
}  # fmt: skip


def write_gdelt(events: Iterable[Event], table: TextIO, mentions: TextIO | None = None) -> None:
    """Write events as rows, tab separated and without a header, as GDELT does."""
    for event in events:
        table.writelines(_line(row) for row in event_rows(event))
        if mentions is not None:
            mentions.writelines(_line(row) for row in mention_rows(event))


def event_rows(event: Event) -> Iterator[tuple[Cell, ...]]:
    """Yield a row of the event table for each pair of parties, by EVENT_COLUMNS."""
    places = _places(event)
    for pair in pairs(event):
        yield (
            global_id(event, pair),
            *_day(event.event_date.start),
            *_actor(pair[0]),
            *_actor(pair[1]),
            int(event.evidence.start < LEAD),
            event.codes.cameo,
            event.codes.cameo[:3],
            event.codes.cameo[:2],
            event.codes.quadclass or None,
            event.codes.goldstein,
            *(1, 1, 1, None),  # one mention in one article of one source; tone is not measured
            *_geo(places.get("said_at")),
            *_geo(places.get("aimed_at")),
            *_geo(places.get("happened_at") or places.get("near") or places.get("aimed_at")),
            _instant(event.tagged_at),
            event.article.url or _citation(event),
        )


def mention_rows(event: Event) -> Iterator[tuple[Cell, ...]]:
    """Yield a row of the mentions table for each row that the event has in the event table."""
    seen, url = _instant(event.tagged_at), event.article.url
    trigger = event.evidence.quote.find(event.evidence.trigger)
    for pair in pairs(event):
        yield (
            global_id(event, pair),
            seen,
            seen,
            _WEB if url else _CITATION,
            _site(url) if url else event.article.source,
            url or _citation(event),
            None,  # SentenceID
            *(_NOT_FOUND if party is None or party.start is None else party.start for party in pair),
            _NOT_FOUND if trigger < 0 else event.evidence.start + trigger,
            1,  # InRawText: we read the text as it is, never a translation or a rewriting
            round(100 * event.confidence),
            *(None, None),  # MentionDocLen, MentionDocTone
            _translation(event.evidence.lang),
            f"id:{event.id};type:{event.type};status:{event.status}",
        )


def pairs(event: Event) -> list[Pair]:
    """Return who acts upon whom: each actor with each target.

    Actors of a joint deed, which has no target, each with each, in the order of the text.
    """
    actors, targets = _once(event.actors), _once(event.targets)
    nobody: list[Party | None] = [None]
    if not targets and len(actors) > 1:
        return list(combinations(actors, 2))
    return list(product(actors or nobody, targets or nobody))


def _once(side: list[Party]) -> list[Party]:
    """Return each party of a side once, however often the text names it."""
    once: dict[str, Party] = {}
    for party in side:
        once.setdefault(party.id, party)
    return list(once.values())


def global_id(event: Event, pair: Pair) -> int:
    """Return the number of a row: 60 bits, always the same for the same event and pair."""
    return int(stable_id(event.id, *(party.id if party else "" for party in pair))[:15], 16)


def _day(day: date) -> tuple[Cell, ...]:
    # The codebook says MONTH * 30 + DAY, its own files count whole months that have passed.
    fraction = ((day.month - 1) * 30 + day.day) / 365
    return f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + fraction:.4f}"


def _actor(party: Party | None) -> tuple[Cell, ...]:
    known = coded(party) if party else Coded("")
    types = known.types + ("",) * (MAX_TYPES - len(known.types))
    return known.code, known.name.upper(), known.country, known.group, "", "", "", *types


def _places(event: Event) -> dict[str, Place]:
    """Return the places of an event by what they are to it, the first of each."""
    places = [event.place, *event.other_places] if event.place else event.other_places
    return {place.role: place for place in reversed(places)}


def _geo(place: Place | None) -> tuple[Cell, ...]:
    if place is None:
        return _NOWHERE
    country = parties().get(place.country or "", Coded(""))
    whole = place.precision == "country"
    code = country.fips if whole else ""  # GDELT repeats it where it knows nothing smaller
    name = place.name if whole or not country.name else f"{place.name}, {country.name}"
    return _geo_type(place), name, country.fips, code, "", place.lat, place.lon, code


def _geo_type(place: Place) -> int:
    """Return 1 country, 2 US state, 3 US city, 4 city or landmark of the world, 5 state of the world."""
    american = place.country == "USA"
    if place.precision == "country":
        return 1
    if place.precision == "region":
        return 2 if american else 5
    return 3 if american and place.precision == "city" else 4


def _instant(instant: datetime) -> str:
    return f"{instant:%Y%m%d%H%M%S}"


def _site(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _citation(event: Event) -> str:
    article = event.article
    return f"{article.source}, {article.published_at:%Y-%m-%d}, article {article.id}"


def _translation(lang: str) -> str:
    """Return the language of the text; no `eng:` follows, because nothing was translated."""
    code = _LANGUAGES.get(lang.partition("-")[0])
    return f"srclc:{code}" if code else ""


def _line(row: tuple[Cell, ...]) -> str:
    return "\t".join("" if cell is None else _UNFIT.sub(" ", str(cell)) for cell in row) + "\n"
