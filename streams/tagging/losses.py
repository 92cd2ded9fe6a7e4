"""What could have been an event and was none, counted by why, in a few words that metrics can be labelled with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from streams.tagging.assembly import Draft

# What a draft was dropped for, as `--explain` says it, by how that begins.
_KINDS: Final = (
    ("confidence", "below_threshold"),
    ("nobody", "nobody_named"),
    ("told better elsewhere", "said_twice"),
    ("content of", "part_of_another"),
    ("says what is agreed", "part_of_another"),
    ("how the attack was made", "part_of_another"),
    ("what the contact was for", "part_of_another"),
    ("told by", "part_of_another"),
    ("sought, and refused", "refused"),
    ("a text of", "other_field"),
    ("said of oneself in general", "in_general"),
)
KINDS: Final = frozenset(kind for _, kind in _KINDS) | {"sentence_too_long"}


def losses(drafts: list[Draft], too_long: int) -> dict[str, int]:
    """Return how many drafts were dropped, by why. `too_long`: sentences that were not read for their length."""
    counts = Counter(kind_of(draft.dropped) for draft in drafts if draft.dropped)
    if too_long:
        counts["sentence_too_long"] = too_long
    return dict(counts)


def kind_of(dropped: str) -> str:
    """Return the kind of reason that these words give."""
    return next((kind for begins, kind in _KINDS if dropped.startswith(begins)), "other")
