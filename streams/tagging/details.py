"""What an event knows beside its roles: when, where, who says so, and the attributes of its type."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from schemas.event import Claim, EventDate, Place, Status
from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.clauses import within
from streams.tagging.lexicon import Entity, lexicon
from streams.tagging.reading import NUMBER

if TYPE_CHECKING:
    from streams.tagging.assembly import Scene
    from streams.tagging.clauses import Clause, Sentence
    from streams.tagging.dates import Found
    from streams.tagging.matching import Candidate

NEWS_WINDOW: Final = timedelta(days=8)  # what lies further back is background: a weekly's news is a week old
PlaceRole = Literal["happened_at", "aimed_at", "said_at", "near"]
_PLACE_ROLE: Final[dict[str, PlaceRole]] = {
    "in": "happened_at",
    "at": "happened_at",
    "on": "happened_at",
    "near": "near",
    "of": "happened_at",
    "from": "happened_at",
}
_REPORTS: Final = frozenset(("SAY", "CLAIM", "REPORT", "CONFIRM", "ANNOUNCE", "DENY", "WARN", "ACCUSE"))


# --- when ---------------------------------------------------------------------------------------------------


def dated(near: Found, status: Status, published: date, text: str) -> EventDate:
    """Return the date that an expression means for an event of this status, with its words."""
    first, last = near.first, near.last
    if near.weekday is not None and status is Status.PLANNED and last <= published:
        ahead = (near.weekday - published.weekday()) % 7 or 7
        first = last = published + timedelta(days=ahead)
    return EventDate(start=first, end=last, precision=near.precision, text=text[near.start : near.end])


def nearest(candidate: Candidate, found: list[Found], sentence: Sentence) -> Found | None:
    """Return the date expression nearest to the head of an event; None when there is none that is its own."""
    usable = [date_ for date_ in found if not date_.since]
    if not usable:
        return None
    head = candidate.head
    own = _bounds(candidate.clause, sentence)
    inside = [date_ for date_ in usable if own[0] <= date_.start < own[1]]
    pool = inside or [
        date_
        for date_ in usable
        if date_.precision != "year" and not _in_other_event(date_, candidate.clause, sentence)
    ]
    return min(pool, key=lambda date_: abs(date_.start - sentence.start(head)), default=None)


def _bounds(clause: Clause, sentence: Sentence) -> tuple[int, int]:
    spans = [
        sentence.span(chunk)
        for at, chunk in enumerate(sentence.chunks)
        if sentence.clause_of[at] is clause and isinstance(chunk, (Nominal, VerbGroup))
    ]
    if not spans:
        return (0, 0)
    return min(a for a, _ in spans) - 32, max(b for _, b in spans) + 24


def _in_other_event(found: Found, clause: Clause, sentence: Sentence) -> bool:
    """Whether the date stands in a clause of its own kind: since, before, a relative clause."""
    for chunk, owner in zip(sentence.chunks, sentence.clause_of, strict=True):
        if owner is clause or not isinstance(chunk, (Nominal, VerbGroup)):
            continue
        start, end = sentence.span(chunk)
        if start <= found.start <= end + 20:
            return owner.kind in ("since", "before", "rel", "after", "while")
    return False


# --- where --------------------------------------------------------------------------------------------------


def where(candidate: Candidate, sentence: Sentence) -> list[Place]:
    """Return the places of an event, the nearest first; none that only names a government."""
    places: list[tuple[int, Place]] = []
    seen: set[str] = set()
    clause, units = candidate.clause, sentence.reading.units
    for at, chunk in enumerate(sentence.chunks):
        if not isinstance(chunk, Nominal) or not (
            clause.begin <= at < clause.stop or chunk in clause.objects
        ):
            continue
        for member in (chunk, *chunk.conjuncts):
            relation = member.relation or chunk.relation
            for index in member.names:
                entity = units[index].place
                if entity is None or entity.id in seen or (not relation and chunk not in clause.objects):
                    continue
                seen.add(entity.id)
                places.append(
                    (abs(at - candidate.at), place_of(entity, _PLACE_ROLE.get(relation, "happened_at")))
                )
    return [place for _, place in sorted(places, key=lambda pair: pair[0])]


def place_of(entity: Entity, role: PlaceRole) -> Place:
    """Return an entity as a place; a region or sea has the precision of one."""
    precision: Literal["city", "region", "sea"] = "city"
    if entity.kind in {"region", "sea"}:
        precision = "region" if entity.kind == "region" else "sea"
    return Place(
        name=entity.name,
        country=entity.country,
        lat=entity.lat,
        lon=entity.lon,
        precision=precision,
        role=role,
    )


# --- who says so --------------------------------------------------------------------------------------------


_BY_THE_ARTICLE: Final = Claim(kind="article")


def claimed_by(candidate: Candidate, sentence: Sentence, text: str) -> Claim:
    """Return who asserts the event: whoever the words attribute it to, else the article."""
    for nominal in _speakers(candidate, sentence):
        actors = nominal.actors
        start, end = sentence.span(nominal)
        words = text[start:end]
        if actors:
            kind: Literal["official", "party"] = (
                "official"
                if actors[0].person or nominal.roles or actors[0].how in ("capital", "name")
                else "party"
            )
            return Claim(kind=kind, by=actors[0].party, text=words)
        if nominal.roles:
            return Claim(kind="media" if nominal.roles[0][0] == "media" else "anonymous", text=words)
    return _BY_THE_ARTICLE


def _speakers(candidate: Candidate, sentence: Sentence) -> list[Nominal]:
    speakers = []
    clause: Clause | None = candidate.clause
    while clause is not None:
        governor = clause.governor
        if (
            isinstance(governor, VerbGroup)
            and governor is not candidate.head
            and _REPORTS.intersection(governor.concepts)
        ):
            above = sentence.clause_of[sentence.index[id(governor)]]
            if above.subject is not None:
                speakers.append(above.subject)
        clause = clause.parent
    speakers.extend(
        other.subject
        for other in sentence.clauses
        if other.report_of is not None
        and other.subject is not None
        and within(candidate.clause, other.report_of)
    )
    speakers.extend(c for c in sentence.chunks if isinstance(c, Nominal) and c.relation == "accord")
    return speakers


# --- attributes ---------------------------------------------------------------------------------------------

_STAGES: Final = {
    "APPLY": "application",
    "RATIFY": "ratification",
    "APPROVE": "ratification",
    "SIGN": "protocol",
    "JOIN": "entry",
}
_TALKS: Final = frozenset(("military_communication", "leader_communication", "negotiation"))
_COUNTED: Final = {
    "KILL": "killed",
    "TROOPS": "troops",
    "MISSILE": "missiles",
    "DRONE": "drones",
    "DIPLOMAT": "diplomats",
    "PRISONERS": "prisoners",
}


def attributes(candidate: Candidate, status: Status, scene: Scene) -> dict[str, Any]:
    """Return what the type of the event knows beside its roles."""
    found: dict[str, Any] = {}
    type_ = candidate.frame.type
    if type_ in _TALKS:
        found.update(_of_talks(scene, status))
    if type_ == "alliance_accession":
        found["stage"] = _STAGES.get(candidate.concept, "step")
    found.update(_counts(candidate, scene.sentence))
    return found


def _of_talks(scene: Scene, status: Status) -> dict[str, Any]:
    patterns = _patterns(scene.page.lang)
    if scene.talks is None:
        scene.talks = _how_long(scene.page.lower, scene.span, patterns)
    if status is Status.PLANNED and _search(patterns["not_scheduled"], scene.page.lower, scene.span):
        return {**scene.talks, "scheduled": False}
    return scene.talks


def _how_long(lower: str, span: tuple[int, int], patterns: dict[str, Any]) -> dict[str, Any]:
    """Return what a sentence says of how long talks lasted, and for how long there had been none."""
    found: dict[str, Any] = {}
    if match := _search(patterns["gap_days"], lower, span):
        found["gap_days"] = int(next(group for group in match.groups() if group))
    if match := _search(patterns["duration_minutes"], lower, span):
        found["duration_minutes"] = _minutes([group for group in match.groups() if group], patterns)
    return found


def _search(patterns: Any, lower: str, span: tuple[int, int]) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(lower, *span))), None)


def _minutes(groups: list[str], patterns: dict[str, Any]) -> int:
    count = int(groups[0]) if groups[0].isdigit() else patterns["numbers"].get(groups[0], 1)
    return int(count * (60 if groups[-1] in patterns["hour"] else 1))


@cache
def _patterns(lang: str) -> dict[str, Any]:
    raw = lexicon(lang).grammar.get("attributes", {})
    compiled = {
        name: [re.compile(pattern) for pattern in raw.get(name, ())]
        for name in ("gap_days", "duration_minutes", "not_scheduled")
    }
    return {**compiled, "numbers": raw.get("numbers", {}), "hour": raw.get("hour", [])}


_COUNT: Final = re.compile(r"\d{1,3}(?:[.,]\d{3})*|\d+")
_GROUPING: Final = re.compile(r"[.,]")


def _counts(candidate: Candidate, sentence: Sentence) -> dict[str, int]:
    counts: dict[str, int] = {}
    if NUMBER not in sentence.reading.reads:
        return counts
    chunks = [
        candidate.clause.subject,
        candidate.partner,
        candidate.head,
        *(sentence.chunks[at] for at in candidate.reach),
    ]
    for chunk in chunks:
        if not isinstance(chunk, Nominal):
            continue
        number = next(
            (
                sentence.reading.units[at].low
                for at in range(chunk.first, chunk.last + 1)
                if sentence.reading.reads[at] == NUMBER
            ),
            None,
        )
        value = int(_GROUPING.sub("", number)) if number and _COUNT.fullmatch(number) else None
        if value is None or 1900 <= value <= 2100:
            continue
        if candidate.concept == "KILL" and chunk is (
            candidate.clause.subject if _passive(candidate) else None
        ):
            counts.setdefault("killed", value)
        for concept in chunk.concepts:
            if concept in _COUNTED:
                counts.setdefault(_COUNTED[concept], value)
    return counts


def _passive(candidate: Candidate) -> bool:
    return isinstance(candidate.head, VerbGroup) and candidate.head.passive
