"""Candidates to events: roles, status, date, place and confidence put together; mentions of one thing merged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

from schemas import (
    Article,
    ArticleRef,
    Codes,
    Event,
    EventDate,
    Evidence,
    Party,
    Polarity,
    Status,
    taxonomy,
)
from schemas.article import DateFlag
from schemas.event import event_id
from streams.copies import signature
from streams.sources import origin_of
from streams.tagging import details, matching, relations, roles, status
from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.frames import Frame, Frames, refusals
from streams.tagging.naming import UNMISTAKABLE, names_nobody, names_someone, part_of_name

if TYPE_CHECKING:
    from datetime import date, datetime

    from streams.sources import Registry
    from streams.tagging.clauses import Sentence
    from streams.tagging.dates import Found
    from streams.tagging.parties import Actor, Discourse
    from streams.tagging.prospects import ByHead

TAGGER_VERSION: Final = "1"
MIN_CONFIDENCE: Final = 0.43
MIN_UNMISTAKABLE: Final = 0.35  # of the types that hardly any word but of war or peace makes
MIN_VAGUE: Final = 0.46  # of the types that everyday words make
MIN_WITHOUT_PARTY: Final = 0.42  # of those, where an office stands for the party: `the two presidents met`


class Page:
    """An article and what must be known to read events out of it."""

    def __init__(self, article: Article, text: str, lower: str, lang: str) -> None:
        self.article = article
        self.text = text
        self.lower = lower  # the text, flat and in lower case
        self.lang = lang
        self.published = article.published_at.date()  # the day that `yesterday` counts from


class Scene:
    """A sentence of a page, how it hangs together, and the days it tells of."""

    def __init__(
        self,
        page: Page,
        span: tuple[int, int],
        number: int,
        sentence: Sentence,
        dates: list[Found],
        background: EventDate | None,
    ) -> None:
        self.page = page
        self.span = span
        self.number = number
        self.sentence = sentence
        self.dates = dates
        self.background = background  # a day before the news window that the paragraph is telling of
        self.talks: dict[str, Any] | None = None  # how long talks lasted, once it was asked


class Draft:
    """An event before it is written down, with all that `--explain` shows. `dropped` says why it is none."""

    def __init__(
        self,
        scene: Scene,
        candidate: matching.Candidate,
        trigger: tuple[int, int],
        filled: roles.Roles,
        verdict: status.Verdict,
        when: EventDate,
        confidence: float,
        dropped: str,
    ) -> None:
        self.scene = scene
        self.candidate = candidate
        self.frame = candidate.frame
        self.trigger = trigger
        self.roles = filled
        self.verdict = verdict
        self.date = when
        self.confidence = confidence
        self.dropped = dropped
        self.attributes: dict[str, Any] = {}
        self.object: str | None = None

    @property
    def actor_ids(self) -> frozenset[str]:
        """Ids of the actors."""
        return frozenset(actor.party for actor in self.roles.actors)

    @property
    def target_ids(self) -> frozenset[str]:
        """Ids of the targets."""
        return frozenset(actor.party for actor in self.roles.targets)


@dataclass(frozen=True, slots=True)
class Rules:
    """The frames in the forms that matching needs."""

    frames: Frames
    by_head: dict[str, tuple[tuple[int, Frame], ...]]
    operators: dict[str, str]
    escalatory: frozenset[str]
    vague: frozenset[str]
    wordy: frozenset[str]
    force: frozenset[str]
    rivalled: frozenset[str]  # types that escalate only toward a rival
    resisting: frozenset[str]  # concepts of verbs whose object is the rival
    rhetoric: frozenset[str]
    threatened: dict[str, Frame]


def drafts(scene: Scene, possible: ByHead, rules: Rules, discourse: Discourse) -> list[Draft]:
    """Return the drafts of one sentence, the dropped ones with their reason; `possible` are the frames to try."""
    sentence = scene.sentence
    candidates = matching.find(sentence, possible)
    if not candidates:
        return []
    candidates = [c for c in candidates if not part_of_name(c.head, sentence, scene.page.lang)]
    fitted = [
        (c, filled)
        for c in candidates
        if (filled := _fitting(c, sentence, rules.frames, discourse)) is not None
    ]
    matching.consume([candidate for candidate, _ in fitted], rules.escalatory)
    fitted += _meetings(fitted)
    _echoes(fitted, sentence)
    _inherit(fitted)
    blocked = _blocked(sentence)
    return [_draft(scene, rules, candidate, filled, blocked) for candidate, filled in fitted]


def _meetings(
    fitted: list[tuple[matching.Candidate, roles.Roles]],
) -> list[tuple[matching.Candidate, roles.Roles]]:
    """`The two presidents agreed in Geneva`: leaders who agree together at a place have met there."""
    met = []
    for candidate, _filled in fitted:
        head, clause = candidate.head, candidate.clause
        subject = clause.subject.actors if clause.subject is not None else ()
        together = len({actor.party for actor in subject}) > 1 and all(actor.leads for actor in subject)
        there = any(
            (nominal.relation in ("in", "at") and nominal.capital)
            or (
                nominal.relation in ("in", "at", "to")  # convenus à Moscou
                and any(actor.how in ("place", "capital") for actor in nominal.actors)
            )
            for nominal in clause.nominals
        )
        if (
            isinstance(head, VerbGroup)
            and together
            and there
            and _AGREEING.intersection(head.concepts)
            and candidate.frame.type not in _CONTACTS
        ):
            meeting = matching.Candidate(
                head, candidate.at, clause, candidate.reach, [candidate.option.with_frame(_MEETING)]
            )
            meeting.effect, meeting.effect_by = candidate.effect, candidate.effect_by
            met.append((meeting, roles.Roles(list(subject))))
    return met


_AGREEING: Final = frozenset(("AGREE", "PROMISE", "SIGN", "VOW"))
_MEETING: Final = Frame(type="leader_communication", head=(), reciprocal=True)


def _echoes(fitted: list[tuple[matching.Candidate, roles.Roles]], sentence: Sentence) -> None:
    """`sought a call …, but Beijing declined`: a refusal that names nothing refuses the contact named before it."""
    contact: tuple[matching.Candidate, roles.Roles] | None = None
    for candidate, filled in fitted:
        type_ = candidate.frame.type
        if type_ in _CONTACTS:
            contact = (candidate, filled)
        elif candidate.concept == "UNANSWERED" and contact is not None and not filled.actors:
            filled.actors, filled.targets = (
                contact[1].targets,
                contact[1].actors,
            )  # who was called is who did not answer
        elif (
            type_ in ("ceasefire_call", "demand")
            and contact is not None
            and (filled.guessed or not filled.targets)
        ):
            own = {actor.party for actor in filled.actors}
            sides = contact[1].actors + contact[1].targets
            if own & {actor.party for actor in sides}:
                filled.targets = [actor for actor in sides if actor.party not in own] or filled.targets
        elif (
            type_ == "refusal"
            and contact is not None
            and not candidate.dropped
            and not _names_content(candidate, sentence)
        ):
            candidate.option = candidate.option.with_frame(refusals()["negotiation"])
            own = {actor.party for actor in filled.actors}
            filled.targets = [a for a in contact[1].actors + contact[1].targets if a.party not in own][
                :1
            ] or filled.targets
            contact[0].dropped = contact[0].dropped or "sought, and refused"


def _inherit(fitted: list[tuple[matching.Candidate, roles.Roles]]) -> None:
    """`A and B agreed to … the release of`: who agrees is who will do it, where the words name no other."""
    by_head = {id(candidate.head): filled for candidate, filled in fitted}
    for candidate, filled in fitted:
        outer = by_head.get(id(candidate.effect_by))
        if candidate.effect != "planned" or outer is None:
            continue
        named = {actor.party for actor in filled.actors + filled.targets}
        if not filled.actors or filled.guessed:
            filled.actors = list(outer.actors)
        elif candidate.frame.reciprocal:
            filled.targets += [actor for actor in outer.actors if actor.party not in named]


def _names_content(candidate: matching.Candidate, sentence: Sentence) -> bool:
    chunks = (sentence.chunks[at] for at in candidate.reach)
    return any(
        isinstance(chunk, VerbGroup) or (isinstance(chunk, Nominal) and chunk.relation in ("", "to"))
        for chunk in chunks
    )


_CONTACTS: Final = frozenset(("military_communication", "leader_communication", "negotiation"))
_REFUSALS: Final = frozenset(("refusal", "communication_refused", "alliance_blocked"))
_SPEECH: Final = frozenset(
    ("diplomatic_support", "alliance_support", "condemnation", "accusation_aggression")
)


def _is_said(candidate: matching.Candidate, verdict: status.Verdict) -> bool:
    """Whether to say it is to do it: a refusal announced refuses, support pledged supports."""
    type_ = candidate.frame.type
    head = candidate.head
    refused = type_ in _REFUSALS and isinstance(head, VerbGroup) and head.negation >= 0
    return refused or (type_ in _SPEECH and verdict.why in ("under promise", "under vow"))


def _draft(
    scene: Scene, rules: Rules, candidate: matching.Candidate, filled: roles.Roles, blocked: set[str]
) -> Draft:
    sentence, published = scene.sentence, scene.page.published
    verdict = status.judge(candidate, sentence, rules.operators)
    near = details.nearest(candidate, scene.dates, sentence)
    if near is None:
        when, verdict = _undated(scene, candidate, verdict)
    else:
        when = details.dated(near, verdict.status, published, scene.page.text)
        verdict = _weigh_date(verdict, when, (near.start, near.end), published)
    if (
        DateFlag.UNDATED in scene.page.article.date_flags
        and when != scene.background
        and not (near and near.absolute)
    ):
        when = _of_unknown_day(when)
    if verdict.status is Status.DENIED and not candidate.dropped:
        verdict = _refused(candidate, sentence, filled, verdict)
    verdict = _as_threat(candidate, filled, verdict, sentence, rules)
    if (
        verdict.status is Status.CONDITIONAL
        and candidate.frame.type in _THREATS
        and verdict.why == "what follows if"
    ):
        verdict = status.Verdict(Status.OCCURRED, verdict.cue, "a threat is made by making it")
    if (verdict.status is Status.ONGOING and candidate.frame.type in rules.rhetoric) or (
        candidate.frame.type == "war_outlook"
        and (verdict.status is Status.PLANNED or verdict.why == "tense: poss")  # may drag on
    ):
        verdict = status.Verdict(Status.OCCURRED, verdict.cue, "said, and thereby done")
    if candidate.concept == "MUST" and candidate.frame.type == "demand" and verdict.why == "tense: should":
        verdict = status.Verdict(Status.OCCURRED, verdict.cue, "said, and thereby done")
    if verdict.status is Status.PLANNED and _is_said(candidate, verdict):
        verdict = status.Verdict(Status.OCCURRED, verdict.cue, "said, and thereby done")
    confidence = _confidence(candidate, filled, sentence)
    dropped = candidate.dropped or _why_blocked(blocked, filled) or _in_general(candidate, sentence)
    if (
        not dropped
        and not filled.actors
        and candidate.frame.type in _SAID_BY_SOMEBODY
        and _speechless(candidate)
    ):
        dropped = "nobody says so"
    if (
        not dropped
        and not filled.actors
        and not filled.targets
        and names_nobody(candidate, sentence, scene.page.lang, wordy=candidate.frame.type in rules.wordy)
    ):
        dropped = "nobody is named"
    if (
        not dropped
        and candidate.frame.type == "diplomatic_support"
        and not filled.targets
        and _of_ones_own(candidate)
    ):
        dropped = "nobody is named"  # defended its record
    vague = candidate.frame.type in rules.vague
    if not dropped and confidence < _least(candidate, filled, vague=vague):
        dropped = f"confidence {confidence:.2f}"
    draft = Draft(
        scene,
        candidate,
        _trigger(candidate, sentence),
        filled,
        verdict,
        when,
        confidence,
        dropped,
    )
    if not dropped:
        draft.attributes = details.attributes(candidate, verdict.status, scene)
        draft.object = _object(candidate, sentence)
        if candidate.frame.type in rules.rivalled:
            filled.rivals = roles.rivals(candidate, sentence, filled, rules.resisting)
        _face(filled, candidate.frame)
    return draft


def _least(candidate: matching.Candidate, filled: roles.Roles, *, vague: bool) -> float:
    """How sure one must be of an event of this type. Who is only called by an office is named by no guess."""
    nobody = not filled.actors and not filled.targets
    if vague:
        return MIN_WITHOUT_PARTY if nobody else MIN_VAGUE
    return MIN_UNMISTAKABLE if nobody or candidate.frame.type in UNMISTAKABLE else MIN_CONFIDENCE


def _face(filled: roles.Roles, frame: Frame) -> None:
    """Two sides that stand together face each other: `A and B agreed` is A with B. Three or more stay a list."""
    if frame.reciprocal and not filled.targets and len(filled.actors) == 2:
        filled.actors, filled.targets = filled.actors[:1], filled.actors[1:]


def _undated(
    scene: Scene, candidate: matching.Candidate, verdict: status.Verdict
) -> tuple[EventDate, status.Verdict]:
    """No date of its own: the day the paragraph tells of if it goes on in the past, else the day of publication."""
    told = scene.background
    if told is not None and verdict.status is Status.OCCURRED and status.goes_on_in_the_past(candidate):
        return told, status.Verdict(Status.HISTORICAL, verdict.cue, f"the paragraph tells of {told.start}")
    return _day(scene.page.published), verdict


@lru_cache(maxsize=64)
def _day(day: date) -> EventDate:
    return EventDate(start=day, end=day, precision="day")


@lru_cache(maxsize=64)
def _of_unknown_day(when: EventDate) -> EventDate:
    """Return a date that counts from the day of an undated article."""
    return EventDate(start=when.start, end=when.end, precision="unknown", text=when.text)


def _as_threat(
    candidate: matching.Candidate,
    filled: roles.Roles,
    verdict: status.Verdict,
    sentence: Sentence,
    rules: Rules,
) -> status.Verdict:
    """`We will strike, said the general`; `Borland would … if Cania joins`: to threaten is what occurred."""
    head = candidate.head
    type_ = candidate.frame.type
    threat = rules.threatened.get(type_)
    if threat is None and type_ in rules.escalatory and _unless(verdict, sentence):
        threat = rules.threatened["sanctions_imposed"]  # of whatever else hurts, short of force
    if candidate.dropped or not isinstance(head, VerbGroup) or threat is None:
        return verdict
    speaker = matching.speaker_of(candidate.clause, sentence, named=False)
    first_person = _first_person(candidate, sentence) and head.tense == "fut" and speaker is not None
    unreal = bool(head.auxiliaries) and head.auxiliaries[0].startswith("have")  # would have struck if
    follows = verdict.why == "what follows if"
    conditional = follows and (head.tense == "cond" or _unless(verdict, sentence)) and not unreal
    if not first_person and not conditional:
        return verdict
    if first_person and speaker is not None:
        filled.actors = list(speaker.actors)
    candidate.option = candidate.option.with_frame(threat)
    return status.Verdict(Status.OCCURRED, verdict.cue, "threatened")


def _unless(verdict: status.Verdict, sentence: Sentence) -> bool:
    """`will pull out unless …`: what comes if nothing is done is threatened with."""
    return any(
        unit.low in _UNLESS and verdict.cue is not None and verdict.cue[0] == start
        for unit, start in zip(sentence.reading.units, sentence.reading.starts, strict=True)
    )


_UNLESS: Final = frozenset(("unless",))


def _first_person(candidate: matching.Candidate, sentence: Sentence) -> bool:
    subject = candidate.clause.subject
    return (
        subject is not None
        and subject.pronoun == "other"
        and subject.head >= 0
        and sentence.reading.units[subject.head].low in _WE
    )


_WE: Final = frozenset(
    (
        "we",
        "i",
        "nous",
        "je",
        "j'",
        "wir",
        "ich",
        "nosotros",
        "yo",
        "мы",
        "я",
        "ми",
        "我们",
        "我",
        "نحن",
        "انا",
    )
)


_THREATS: Final = frozenset(("threat_force", "threat_countermeasure", "nuclear_signal"))
_SAID_BY_SOMEBODY: Final = frozenset(
    ("refusal", "demand", "condemnation", "accusation_aggression", "diplomatic_support")
)


def _of_ones_own(candidate: matching.Candidate) -> bool:
    """Whether what is supported is a thing of who supports it."""
    objects = candidate.clause.objects if isinstance(candidate.head, VerbGroup) else []
    return bool(objects) and all(nominal.possessive and not nominal.roles for nominal in objects)


def _speechless(candidate: matching.Candidate) -> bool:
    """Whether the subject is a thing: imports declined, the figures support."""
    subject, head = candidate.clause.subject, candidate.head
    return (
        isinstance(head, VerbGroup)
        and not head.passive
        and subject is not None
        and not (subject.capital or subject.roles or subject.pronoun)
    )


def _in_general(candidate: matching.Candidate, sentence: Sentence) -> str:
    """`We fight on our territory`: a quoted present of `we` and `I` tells of no happening, unless it threatens."""
    head = candidate.head
    said = (
        isinstance(head, VerbGroup)
        and head.tense == "pres"
        and candidate.concept != "READY"
        and _first_person(candidate, sentence)
    )
    return "said of oneself in general" if said else ""


def _refused(
    candidate: matching.Candidate, sentence: Sentence, filled: roles.Roles, verdict: status.Verdict
) -> status.Verdict:
    """`will not lift the ban` is no denial of a deed, it is a refusal, and that has occurred."""
    head = candidate.head
    future = isinstance(head, VerbGroup) and head.tense in ("fut", "cond") and head.negation >= 0
    refusal = refusals().get(candidate.frame.type)
    if future and not filled.actors and _first_person(candidate, sentence):
        speaker = matching.speaker_of(candidate.clause, sentence)
        filled.actors = list(speaker.actors) if speaker is not None else []
    if not future or not filled.actors or refusal is None:
        return verdict
    candidate.option = candidate.option.with_frame(refusal)
    return status.Verdict(Status.OCCURRED, verdict.cue, "refused")


def _fitting(
    candidate: matching.Candidate, sentence: Sentence, frames: Frames, discourse: Discourse
) -> roles.Roles | None:
    """Fill the roles by the likeliest frame whose parties are of the kind that it asks for."""
    for option in candidate.options:
        candidate.option = option
        filled = roles.fill(candidate, sentence, frames, discourse)
        if roles.holds_for(option.frame, filled, candidate, sentence):
            return filled
    return None


def _trigger(candidate: matching.Candidate, sentence: Sentence) -> tuple[int, int]:
    head = candidate.head
    if isinstance(head, VerbGroup):
        return sentence.span(head)
    return sentence.unit_span(
        next((at for concept, at in head.nouns if concept == candidate.concept), head.last)
    )


def _blocked(sentence: Sentence) -> set[str]:
    kinds = {unit.word.blocks for unit in sentence.reading.units}
    return kinds - {"", "metaphor"}


def _why_blocked(blocked: set[str], filled: roles.Roles) -> str:
    if not blocked:
        return ""
    if "culture" in blocked:
        return "a text of culture"
    official = any(
        actor.role in ("head", "foreign", "defence", "forces", "government")
        for actor in filled.actors + filled.targets
    )
    return "" if official else f"a text of {', '.join(sorted(blocked))}"


def _weigh_date(
    verdict: status.Verdict, when: EventDate, span: tuple[int, int], published: date
) -> status.Verdict:
    """What lies before the news window is background, what lies ahead is a plan."""
    if verdict.status in (Status.OCCURRED, Status.ONGOING):
        if when.end < published - details.NEWS_WINDOW:
            return status.Verdict(Status.HISTORICAL, span, f"dated {when.start}")
        if when.start > published:
            return status.Verdict(Status.PLANNED, span, f"dated {when.start}")
    return verdict


def _object(candidate: matching.Candidate, sentence: Sentence) -> str | None:
    wanted = candidate.frame.object
    if wanted is None:
        return None
    if wanted == "alliance":
        return relations.alliance_of(candidate, sentence)
    partner = candidate.partner
    if isinstance(partner, Nominal):
        return next(
            (sentence.reading.units[at].low for concept, at in partner.nouns if concept == wanted), None
        )
    return None


def _confidence(candidate: matching.Candidate, filled: roles.Roles, sentence: Sentence) -> float:
    value = 0.9 if candidate.partner is not None else 0.8
    value *= filled.certain
    if not filled.actors:
        value *= 0.75
    if not filled.targets and candidate.frame.target != () and not candidate.frame.reciprocal:
        value *= 0.9
    if not filled.actors and not filled.targets:
        value *= 0.85 if names_someone(candidate, sentence) else 0.7
    return round(value, 2)


# --- events -------------------------------------------------------------------------------------------------


def events_of(found: list[Draft], now: datetime, sources: Registry) -> list[Event]:
    """Return the drafts that hold as events, mentions of the same thing in one article merged."""
    kept: list[Draft] = []
    for draft in found:
        if not draft.dropped:
            _merge(draft, kept)
    if not kept:
        return []
    scene = kept[0].scene
    reference = _reference(scene.page.article, origin_of(scene.page.article, scene.page.lang, sources))
    return [_event(draft, now, reference) for draft in kept]


def _merge(draft: Draft, kept: list[Draft]) -> None:
    """Two mentions are one event when type and status agree and the parties of one are among the other's."""
    for at, other in enumerate(kept):
        if (
            other.frame.type != draft.frame.type
            or other.verdict.status != draft.verdict.status
            or not _compatible(draft, other)
        ):
            continue
        better, lesser = (draft, other) if _worth(draft) > _worth(other) else (other, draft)
        better.attributes = {**lesser.attributes, **better.attributes}
        better.object = better.object or lesser.object
        _lend_persons(better, lesser)
        if better is draft:
            lesser.dropped = "told better elsewhere"
            kept[at] = draft
        else:
            draft.dropped = "told better elsewhere"
        return
    kept.append(draft)


def _compatible(one: Draft, two: Draft) -> bool:
    if (
        one.date.precision == two.date.precision == "day"
        and one.date.start != two.date.start
        and one.date.text != two.date.text
    ):
        return False
    if one.date.start != two.date.start and two.verdict.status is Status.HISTORICAL:
        return False
    if one.frame.reciprocal:
        a, b = one.actor_ids | one.target_ids, two.actor_ids | two.target_ids
        return a <= b or b <= a
    return (one.actor_ids <= two.actor_ids or two.actor_ids <= one.actor_ids) and (
        one.target_ids <= two.target_ids or two.target_ids <= one.target_ids
    )


def _worth(draft: Draft) -> tuple[int, int, float, int]:
    return (
        len(draft.attributes),
        len(draft.actor_ids) + len(draft.target_ids),
        draft.confidence,
        -draft.scene.number,
    )


def _lend_persons(better: Draft, lesser: Draft) -> None:
    names = {
        actor.party: actor.person for actor in lesser.roles.actors + lesser.roles.targets if actor.person
    }
    for actor in better.roles.actors + better.roles.targets:
        actor.person = actor.person or names.get(actor.party)


def _event(draft: Draft, now: datetime, article: ArticleRef) -> Event:
    scene = draft.scene
    known = taxonomy()
    type_ = known[draft.frame.type]
    text = scene.page.text
    ids = (*sorted(draft.actor_ids), ">", *sorted(draft.target_ids))
    places = details.where(draft.candidate, scene.sentence)
    return Event(
        id=event_id(article.id, type_.name, draft.verdict.status, draft.trigger, ids),
        type=type_.name,
        family=type_.family,
        polarity=Polarity.NEUTRAL if type_.needs_rival and not draft.roles.rivals else type_.polarity,
        severity=type_.severity,
        status=draft.verdict.status,
        actors=[_party(actor, text) for actor in draft.roles.actors],
        targets=[_party(actor, text) for actor in draft.roles.targets],
        object=draft.object,
        rival=[_party(actor, text) for actor in draft.roles.rivals],
        third_party=[_party(actor, text) for actor in draft.roles.third],
        event_date=draft.date,
        place=places[0] if places else None,
        other_places=places[1:],
        claim=details.claimed_by(draft.candidate, scene.sentence, text),
        evidence=_evidence(draft, text),
        attributes=draft.attributes,
        confidence=draft.confidence,
        codes=_codes(type_.name, draft.frame.code, planned=draft.verdict.status is Status.PLANNED),
        article=article,
        tagged_at=now,
        taxonomy=known.version,
        tagger=TAGGER_VERSION,
    )


def _evidence(draft: Draft, text: str) -> Evidence:
    start, end = draft.scene.span
    cue = draft.verdict.cue
    return Evidence(
        quote=text[start:end],
        start=start,
        end=end,
        lang=draft.scene.page.lang,
        trigger=text[draft.trigger[0] : draft.trigger[1]],
        cue=text[cue[0] : cue[1]] if cue else None,
    )


def _reference(article: Article, origin: str | None) -> ArticleRef:
    return ArticleRef(
        id=article.id,
        url=article.url,
        source=article.source,
        published_at=article.published_at,
        origin_hint=origin,
        signature=signature(article.body),  # without the title, which is what papers change first
        backfill=article.backfill or article.is_old_news,
    )


@cache
def _codes(name: str, other: str | None, *, planned: bool) -> Codes:
    """Return the codes of the deed, or of the intent where it is only announced."""
    known = taxonomy()
    type_ = known[name]
    codes = known.other_codes[other] if other else type_.codes
    if planned and codes.plover is not None and type_.polarity in known.planned_codes:
        codes = known.planned_codes[type_.polarity]
    return Codes(**codes.model_dump())


def _party(actor: Actor, text: str) -> Party:
    return Party(
        id=actor.party,
        name=text[actor.start : actor.end][:500],
        role=actor.role,
        person=actor.person,
        start=actor.start,
        end=actor.end,
    )
