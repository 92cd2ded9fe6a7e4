"""Where the nominals of a German clause begin and end, and which may be its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from streams.tagging.reading import ADJECTIVE, FUNCTION, NAME, NOUN, NUMBER, PLAIN, ROLE

if TYPE_CHECKING:
    from streams.tagging.reading import Unit

_CONTENT: Final = frozenset((NAME, NOUN, ROLE, PLAIN, ADJECTIVE, NUMBER))


class Nominals:
    """Finds the nominals of a stretch of units: where they begin and end, and which may be the subject."""

    def __init__(self, units: list[Unit], reads: list[str], objects: frozenset[str]) -> None:
        self.units = units
        self.reads = reads
        self.objects = objects  # what opens no subject

    def has_subject(self, at: list[int]) -> bool:
        """Whether a nominal stands here that can be the subject."""
        return any(self.units[at[first]].low not in self.objects for first, _ in self._bare(at))

    def subject_end(self, at: list[int], start: int) -> int:
        """Return the place behind the subject, the first nominal that no article says to be an object."""
        found = ((self.units[at[start + first]].low, start + end) for first, end in self._bare(at[start:]))
        return next((end for word, end in found if word not in self.objects), start)

    def is_noun(self, at: int) -> bool:
        """Whether the unit is a noun or a name."""
        return self.reads[at] in (NAME, NOUN, ROLE) or (self.reads[at] == PLAIN and self.units[at].capital)

    def _bare(self, at: list[int]) -> list[tuple[int, int]]:
        """Return the nominals without a preposition, each as places from and to."""
        found: list[tuple[int, int]] = []
        place = 0
        while place < len(at):
            function = self.units[at[place]].function if self.reads[at[place]] == FUNCTION else ""
            end = place + 1
            if function in ("prep", "to"):
                end = self._end(at, place + 1)
            elif function == "pron":
                found.append((place, end))
            elif self._opens(at[place]):
                end = max(self._end(at, place), end)
                if any(self.is_noun(index) for index in at[place:end]):
                    found.append((place, end))
            place = end
        return found

    def _opens(self, at: int) -> bool:
        unit = self.units[at]
        if self.reads[at] == FUNCTION:
            return unit.function in ("det", "cue") or (unit.function == "neg" and unit.value == "no")
        return self.reads[at] in _CONTENT

    def _end(self, at: list[int], place: int) -> int:
        """Return where the nominal ends that begins here: article, adjectives, nouns, genitives, `und`."""
        seen = False
        while place < len(at):
            index = at[place]
            if self.reads[index] == FUNCTION:
                if not (self._goes_on(at, place) if seen else self._opens(index)):
                    return place
                seen = False
            elif self.reads[index] in _CONTENT:
                noun = self.is_noun(index)
                if seen and not noun and self.reads[index] != NUMBER:
                    return place
                seen = seen or noun
            else:
                return place
            place += 1
        return place

    def _goes_on(self, at: list[int], place: int) -> bool:
        """Whether a function word behind a noun leads to more of the same nominal."""
        unit = self.units[at[place]]
        if place + 1 >= len(at) or not self._opens(at[place + 1]):
            return False
        return (unit.function == "prep" and unit.value == "of") or (
            unit.function == "conj" and unit.value == "and"
        )
