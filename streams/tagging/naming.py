"""Who is named at all: whether the words of an event speak of states, unknown as they may be, or of everyday life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Nominal, VerbGroup
from streams.tagging.matching import speaker_of
from streams.tagging.reading import NOTHING, PLAIN, is_headline

if TYPE_CHECKING:
    from streams.tagging.clauses import Sentence
    from streams.tagging.matching import Candidate
    from streams.tagging.prospects import ByHead
    from streams.tagging.reading import Reading

# What is news of war or peace even if nobody is named: a truce took effect, nerve gas was used.
UNMISTAKABLE: Final = frozenset(
    (
        "armed_clash", "air_missile_strike", "border_spillover_strike", "ceasefire_violation", "wmd_use", "sabotage",
        "cyber_attack", "ceasefire_agreed", "peace_agreement", "humanitarian_access", "prisoner_exchange",
        "communication_channel_opened", "communication_channel_cut", "close_encounter", "war_outlook",
    )
)  # fmt: skip
# Whose doings are politics or war whoever they are.
_OF_STATES: Final = frozenset(
    ("head", "foreign", "government", "parliament", "opposition", "police", "crowd")
)
_ARMED: Final = frozenset(("defence", "forces", "rebels"))
OFFICES: Final = _OF_STATES | _ARMED
_COMMON: Final = ("s", "ing", "ed", "ly", "ion", "ment", "ness", "er", "ers")
_CAPITAL_NOUNS: Final = frozenset(("de",))
NO_CAPITALS: Final = frozenset(("ar", "zh"))  # there nothing tells a name that no list knows from a word
_CONTACTS: Final = frozenset(("military_communication", "leader_communication", "negotiation"))


def is_news(possible: ByHead, reading: Reading, lang: str) -> bool:
    """Whether a sentence in which no party acts may be news all the same, by one of these frames.

    If it is not, `names_nobody` holds for all that is found in it.
    """
    if lang in NO_CAPITALS:
        return True
    for unit, read in zip(reading.units, reading.reads, strict=True):
        if (unit.capital and read == PLAIN) or unit.value == "both":
            return True
        if unit.word.roles and not OFFICES.isdisjoint(unit.word.roles):
            return True
    return any(
        frame.type in UNMISTAKABLE and frame.with_ for frames in possible.values() for _, frame in frames
    )


def names_nobody(candidate: Candidate, sentence: Sentence, lang: str, *, wordy: bool) -> bool:
    """Whether so little in the words speaks of states, unknown as they may be, that this is everyday life.

    A found partner counts for one who is named, and so does a type that no everyday word makes. `wordy`: they make it.
    Never so in writing without capitals.
    """
    if lang in NO_CAPITALS:
        return False
    type_ = candidate.frame.type
    wordy = wordy or type_ in _CONTACTS or candidate.concept == "RELEASE"
    if type_ == "negotiation" and not isinstance(candidate.head, VerbGroup):
        wordy = False  # talks are held by few but states
    surer = wordy or type_ in UNMISTAKABLE
    wanted = (2 if wordy else 1) - (surer and candidate.partner is not None)
    return wanted > 0 and somebodies(candidate, sentence, lang) < wanted


def somebodies(candidate: Candidate, sentence: Sentence, lang: str) -> int:
    """How many of the phrases of the event name a state, an office of one, or what may be one."""
    speaker = speaker_of(candidate.clause, sentence, named=False)
    chunks = [
        candidate.head,
        candidate.clause.subject,
        speaker,
        *(sentence.chunks[at] for at in candidate.reach),
    ]
    count = 0
    for nominal in {id(part): part for chunk in chunks for part in _parts(chunk)}.values():
        if any(role in _ARMED for role, _ in nominal.roles):
            count += 2
        elif (
            nominal.actors
            or nominal.pronoun == "both"
            or any(role in _OF_STATES for role, _ in nominal.roles)
        ):
            count += 1
        elif (names := _unknown_names(nominal, sentence)) > 0:
            count += 2 if names == 1 and nominal.definite and lang == "fr" else 1  # la Borlande: no person
    return count


def _parts(chunk: object) -> list[Nominal]:
    """A phrase with all that it owns, and that owns it."""
    if not isinstance(chunk, Nominal):
        return []
    inner = [*chunk.of, *chunk.conjuncts, *([chunk.genitive] if chunk.genitive is not None else [])]
    return [chunk, *(part for nominal in inner for part in _parts(nominal))]


def _unknown_names(nominal: Nominal, sentence: Sentence) -> int:
    """How many of its words are names that no list knows: `Borland`, but not the first word of `Artists met`."""
    units, reads = sentence.reading.units, sentence.reading.reads
    if not nominal.capital:
        return 0
    words = [at for at in range(nominal.first, nominal.last + 1) if reads[at] == PLAIN]
    names = [at for at in words if units[at].capital]
    if names and names[0] == 0 and (units[0].low.endswith(_COMMON) or any(at not in names for at in words)):
        names = names[1:]
    return len(names)


def names_someone(candidate: Candidate, sentence: Sentence) -> bool:
    """Whether the event has a name at least that no list knows."""
    speaker = speaker_of(candidate.clause, sentence, named=False)
    chunks = [
        candidate.head,
        candidate.clause.subject,
        speaker,
        *(sentence.chunks[at] for at in candidate.reach),
    ]
    return any(isinstance(chunk, Nominal) and _has_name(chunk) for chunk in chunks)


def _has_name(nominal: Nominal) -> bool:
    parts = (
        nominal,
        *nominal.of,
        *nominal.conjuncts,
        *([nominal.genitive] if nominal.genitive is not None else []),
    )
    return any(part.capital or part.roles for part in parts)


def part_of_name(head: VerbGroup | Nominal, sentence: Sentence, lang: str) -> bool:
    """Whether the noun stands in the name of something: the Liberation Tigers, the Peace Corps."""
    if isinstance(head, VerbGroup) or lang in _CAPITAL_NOUNS:
        return False
    units = sentence.reading.units
    at = head.nouns[-1][1]
    if at < 1 or not units[at].capital or " " in units[at].text:
        return False
    beside = (units[other] for other in (at - 1, at + 1) if 0 < other < len(units))
    return any(unit.capital and unit.word is NOTHING for unit in beside) and not is_headline(sentence.reading)
