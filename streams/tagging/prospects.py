"""Which frames the words of a sentence could fill: asked before its phrases are built, as most sentences fill none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import DENIED
from streams.tagging.clauses import REPORTING
from streams.tagging.frames import Frame
from streams.tagging.reading import ADJECTIVE, FUNCTION, MARK, NAME, NOUN, NUMBER, PLAIN, ROLE, TIME, VERB

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon
    from streams.tagging.reading import Reading, Unit

ByHead = dict[str, tuple[tuple[int, Frame], ...]]
# What a frame asks for by these names no word stands for: it is looked up where the frame is tried.
_ALWAYS: Final = ("speaker", "place", "bare_place", "country", "AIMED", "ALLIANCE")
_OUTSIDE_VERBS: Final = frozenset((NAME, NOUN, ROLE, PLAIN, NUMBER, MARK, TIME))


def may_tell(units: list[Unit], by_head: ByHead) -> bool:
    """Whether some frame could hold in a sentence of these words. Two sentences of three in the news fail here."""
    present = set(_ALWAYS)
    for unit in units:
        if unit.concepts:
            present.update(unit.concepts)
    return _some_fit(present, by_head)


def may_yield(reading: Reading, by_head: ByHead, words: Lexicon) -> bool:
    """Whether some frame could hold with these words read as they are, verbs as verbs and nouns as nouns."""
    present = _as_they_are_read(reading, words)
    present.update(("AIMED", "ALLIANCE"))
    if any(unit.place is not None for unit in reading.units):
        present.update(("place", "bare_place"))
    if not REPORTING.isdisjoint(present):
        present.add("speaker")
    return _some_fit(present, by_head)


def possible(reading: Reading, by_head: ByHead, words: Lexicon) -> ByHead:
    """Return the frames that these words could fill: no other holds, whatever the construction."""
    present = _as_they_are_read(reading, words)
    present.update(_ALWAYS)
    for said, meant in DENIED.items():
        if said in present:
            present.add(meant)
    found: ByHead = {}
    for concept in present:
        fitting = [(order, frame) for order, frame in by_head.get(concept, ()) if _fits(frame, present)]
        if fitting:
            found[concept] = tuple(fitting)
    return found


def _as_they_are_read(reading: Reading, words: Lexicon) -> set[str]:
    present: set[str] = set()
    for at, unit in enumerate(reading.units):
        if unit.concepts:
            present.update(_as_read(unit, reading.reads[at]))
    if "negative" in words.grammar:  # the ending denies
        present.add("WONT")
    elif "WONT" in present and "order" not in words.grammar and not _denies_ahead(reading):
        present.discard("WONT")
    return present


def _denies_ahead(reading: Reading) -> bool:
    """Whether a negation and a future or conditional stand together, with nothing between that no verb group holds."""
    denied = ahead = False
    for at, unit in enumerate(reading.units):
        if reading.reads[at] in _OUTSIDE_VERBS:
            denied = ahead = False
            continue
        denied = denied or unit.function == "neg"
        ahead = ahead or unit.ahead
        if denied and ahead:
            return True
    return False


def _as_read(unit: Unit, read: str) -> tuple[str, ...]:
    if read == VERB:
        return unit.verbal
    if read == FUNCTION:
        return unit.concepts  # modals, negations and particles, which make of a verb another
    return unit.word.adjectives if read == ADJECTIVE else unit.nominal


def _some_fit(present: set[str], by_head: ByHead) -> bool:
    for concept in present:
        for _, frame in by_head.get(concept, ()):
            if _fits(frame, present):
                return True
    return False


def _fits(frame: Frame, present: set[str]) -> bool:
    return not (frame.with_ and present.isdisjoint(frame.with_)) and not (
        frame.also and present.isdisjoint(frame.also)
    )
