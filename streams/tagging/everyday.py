"""Where nobody acts, everyday life looks like news of states: what a whole article leaves of its thinnest drafts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from streams.tagging.chunks import Nominal
from streams.tagging.naming import OFFICES
from streams.tagging.screen import STATE_OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tagging.assembly import Draft

# What no everyday word tells of, whoever does it.
_OWN_WORDS: Final = frozenset(
    (
        "ceasefire_agreed", "ceasefire_violation", "peace_agreement", "humanitarian_access", "sabotage", "wmd_use",
        "communication_channel_opened", "communication_channel_cut", "border_spillover_strike", "negotiation_halted",
    )
)  # fmt: skip
_OWN_CONCEPTS: Final = frozenset(("TALKS", "EXCHANGE"))
# What is told of a place in words of war.
_AT_A_PLACE: Final = frozenset(("air_missile_strike", "blockade", "armed_violence_other"))
# How names of states end that no list knows.
_STATE: Final = re.compile(r"\b(?:[A-Z]\w+(?:land(?:e|er|ic|ish|s)?|stan|nia|nie)|\w+landais(?:e?s?))\b")
_HISTORY: Final = 70  # years
_SURE: Final = 0.6  # below it an actor was guessed, or nothing but the head was found
_TWO: Final = 2


def drop_everyday(found: list[Draft]) -> None:
    """Drop what is told of times long gone, and the drafts without an actor where little speaks of states.

    One sure draft makes the article one of states; so do their offices in the sentence, and two parties there.
    """
    sure = any(not d.dropped and d.roles.actors and d.confidence >= _SURE for d in found)
    for draft in found:
        if draft.dropped:
            continue
        if draft.date.end.year < draft.scene.page.published.year - _HISTORY:
            draft.dropped = "a text of history"
        elif not (sure or draft.roles.actors) and _is_everyday(draft):
            draft.dropped = "nobody acts, and little speaks of states"


def _is_everyday(draft: Draft) -> bool:
    type_ = draft.frame.type
    if type_ in _OWN_WORDS or draft.candidate.concept in _OWN_CONCEPTS:
        return False
    nominals = list(_nominals(draft))
    offices = {role for nominal in nominals for role, _ in nominal.roles}
    named = {actor.party for nominal in nominals for actor in nominal.actors}
    if not draft.roles.targets:  # police and parliaments stand in every local paper
        return (
            STATE_OFFICES.isdisjoint(offices)
            and not any(nominal.pronoun == "both" for nominal in nominals)
            and not _sounds_like_a_state(draft)
        )
    if type_ in _AT_A_PLACE:
        return False
    return OFFICES.isdisjoint(offices) and len(named) < _TWO


def _sounds_like_a_state(draft: Draft) -> bool:
    """Whether a name that no list knows may be that of a state: Borland, la Borlande, borlandais."""
    start, end = draft.scene.span
    return _STATE.search(draft.scene.page.text, start, end) is not None


def _nominals(draft: Draft) -> Iterator[Nominal]:
    for chunk in draft.scene.sentence.chunks:
        if isinstance(chunk, Nominal):
            yield chunk
            yield from chunk.conjuncts
