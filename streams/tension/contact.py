"""The contact state of one dyad: who spoke when on which channel, who refused, which lines are open.

Looks back set the state but count as no event: a contact that an article recalls is a contact, a refusal that it
recalls is not one more refusal.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from schemas.dyad import Contact, Line, Refusals
from streams.tension.contributions import calendar
from streams.tension.sides import Way
from streams.tension.timeline import SUREST, Known, Mark, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.tension.contributions import Weighed
    from streams.tension.formula import Formula

UNNAMED = "unnamed"
MOST_LINES = 10  # told in a message; names of lines are words of texts, and there is no end to those
_TOLD = {
    "report": "the one before was on {before:%Y-%m-%d}",
    "background": "the one before was on {before:%Y-%m-%d}, as a look back has it",
    "text": "as the text counts, from {before:%Y-%m-%d}",
}


class State(NamedTuple):
    """The contact state as of one day."""

    contacts: list[Contact]
    silence_days: int | None
    refusals: Refusals
    lines: list[Line]
    open: int
    cut: int


class _LineAt(NamedTuple):
    """What was told of a line last."""

    name: str
    mark: Mark
    is_open: bool

    def told(self) -> Line:
        return Line(
            name=self.name,
            state="open" if self.is_open else "cut",
            since=calendar(self.mark.day),
            background=self.mark.is_background,
            story=self.mark.story.id,
            headline=self.mark.story.headline,
        )


class ContactLog:
    """Holds the stories that set the contact state of one dyad."""

    def __init__(self, sides: tuple[str, str], formula: Formula) -> None:
        self._sides, self._formula = sides, formula
        self._channels = {name: Timeline() for name in formula.channels.value}
        self._refusals = Timeline()
        self._lines: dict[str, Timeline] = {}

    def add(self, story: Weighed) -> None:
        """Hold a story."""
        for mark in self._marks(story):
            self._timeline(story).add(mark)

    def remove(self, story: Weighed) -> None:
        """Let go of a story that is held."""
        for mark in self._marks(story):
            self._timeline(story).remove(mark)
        if (name := _line_name(story)) in self._lines and not self._lines[name]:
            del self._lines[name]

    def state(self, as_of: int) -> State:
        """Return the contact state as of a day, the ordinal of its date."""
        found = [contact for name in self._channels if (contact := self._contact(name, as_of))]
        contacts = sorted(found, key=lambda contact: (-contact.day.toordinal(), contact.channel))
        last = contacts[0].day.toordinal() if contacts else 0
        lines = sorted(self._lines_at(as_of), key=lambda line: (-line.mark.day, line.name))
        return State(
            contacts=contacts,
            silence_days=as_of - last if contacts else None,
            refusals=self._refused(last, as_of),
            lines=[line.told() for line in lines[:MOST_LINES]],
            open=sum(line.is_open for line in lines),
            cut=sum(not line.is_open for line in lines),
        )

    def _timeline(self, story: Weighed) -> Timeline:
        if channel := self._formula.channel_of.get(story.type):
            return self._channels[channel]
        if story.type == self._formula.refusal.value:
            return self._refusals
        return self._lines.setdefault(_line_name(story), Timeline())

    def _marks(self, story: Weighed) -> Iterator[Mark]:
        """Yield what a story says of days: when it was, and by its own count when the one before was."""
        if not (story.is_event or story.is_background):
            return
        known: Known = "report" if story.is_event else "background"
        if story.is_event or story.dated:
            yield Mark(story.day, known, story)
        counts = story.type in self._formula.channel_of and (story.is_event or not story.dated)
        if counts and story.gap_days and story.gap_days < story.day:
            yield Mark(story.day - story.gap_days, "text", story)

    def _contact(self, channel: str, as_of: int) -> Contact | None:
        older = self._channels[channel].back_from(as_of)
        spell, mark = _last_spell(older, self._formula.same_contact_days.value)
        if not spell:
            return None
        surest = min(SUREST[mark.known] for mark in spell)
        sure = [mark for mark in spell if SUREST[mark.known] == surest]
        last, first = sure[0], sure[-1]
        said = next((mark.story.gap_days for mark in reversed(sure) if mark.story.gap_days), None)
        counted = first.day - said if said and not first.is_background else None
        before = _one_before(
            chain([mark] if mark else [], older), counted, self._formula.text_gap_slack_days.value
        )
        return Contact(
            channel=channel,
            day=calendar(last.day),
            precision=_precision(last),
            background=last.is_background,
            story=first.story.id,
            headline=first.story.headline,
            silence_days=as_of - last.day,
            before=calendar(before.day) if before else None,
            gap_days=first.day - before.day if before else None,
            gap_from=before.known if before else None,
            text_gap_days=said if counted else None,
            sentence=self._sentence(channel, first, before),
        )

    def _sentence(self, channel: str, first: Mark, before: Mark | None) -> str | None:
        if before is None or first.is_background:
            return None
        gap = first.day - before.day
        if gap < self._formula.gap_notable_days.value:
            return None
        said = self._formula.channels.value[channel].said.format(days=gap)
        return f"{said}, on {calendar(first.day)}; {_TOLD[before.known].format(before=calendar(before.day))}."

    def _refused(self, last_contact: int, as_of: int) -> Refusals:
        marks = list(self._refusals.all_after(last_contact, as_of))
        counted = [mark for mark in marks if not mark.is_background]
        latest = max(marks, key=lambda mark: (mark.day, not mark.is_background), default=None)
        return Refusals(
            in_a_row=len(counted),
            by=sorted({side for mark in counted for side in self._who(mark.story)}),
            last=calendar(latest.day) if latest else None,
            background=latest.is_background if latest else False,
        )

    def _who(self, story: Weighed) -> list[str]:
        """Return the sides that did it."""
        dyad = "-".join(self._sides)
        way = next((part.way for part in story.parts if part.dyad == dyad), Way(0))
        return [side for side, ways in zip(self._sides, (Way.FORTH, Way.BACK), strict=True) if way & ways]

    def _lines_at(self, as_of: int) -> Iterator[_LineAt]:
        for name, timeline in self._lines.items():
            mark = next(timeline.back_from(as_of), None)
            if mark is not None:
                yield _LineAt(name, mark, is_open=mark.story.type == self._formula.line_opened.value)


def _last_spell(marks: Iterator[Mark], same: int) -> tuple[list[Mark], Mark | None]:
    """Return the marks of the last contact, the latest first, and the first mark that is none of them.

    Marks at most `same` days apart are one contact: reports date it to the day or to the day after.
    """
    spell: list[Mark] = []
    for mark in marks:
        if spell and spell[-1].day - mark.day > same:
            return spell, mark
        spell.append(mark)
    return spell, None


def _one_before(older: Iterator[Mark], counted: int | None, slack: int) -> Mark | None:
    """Return the contact before one whose report counts back to the day `counted`, if it does.

    A report that is held wins. A look back wins unless the text's own count contradicts it by more than `slack` days,
    and the count of the text holds where nothing else is held near to the day that it leads to.
    """
    text: Mark | None = None
    for mark in older:
        if text and mark.day < text.day - slack:
            break
        contradicts = counted is not None and mark.day > counted + slack
        if mark.known == "report" or (mark.known == "background" and not contradicts):
            return mark
        if mark.known == "text" and text is None and (counted is None or mark.day <= counted):
            text = mark
    return text


def _precision(mark: Mark) -> Literal["day", "week", "month"]:
    dated = mark.story.dated
    return dated if dated and mark.known != "text" else "day"


def _line_name(story: Weighed) -> str:
    return " ".join((story.object or UNNAMED).split())
