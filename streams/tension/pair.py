"""One watched dyad: its three directions, its contacts, and the message that tells their state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Dyad
from schemas.dyad import Window
from streams.tension.contact import ContactLog, State
from streams.tension.contributions import calendar
from streams.tension.series import DIGITS, Series
from streams.tension.sides import Way

if TYPE_CHECKING:
    from streams.tension.contributions import Weighed
    from streams.tension.formula import Formula
    from streams.tension.volume import Frame
    from streams.tension.watch import Watched


class Pair:
    """Keeps the state of one dyad in step with the stories that are held about it."""

    def __init__(self, watched: Watched, formula: Formula) -> None:
        self._watched, self._formula = watched, formula
        one, other = watched.sides
        self.together = Series(watched.id, formula)
        self.directed = {
            Way.FORTH: Series(f"{one}>{other}", formula),
            Way.BACK: Series(f"{other}>{one}", formula),
        }
        self._contacts = ContactLog(watched.sides, formula)
        self._state: tuple[int, State] | None = None

    def add(self, story: Weighed, way: Way) -> None:
        """Count a story that goes this way."""
        if story.impulse:
            for series in self._series(way):
                series.add(story.day, story.impulse)
        if story.type in self._formula.contact_types:
            self._contacts.add(story)
            self._state = None

    def remove(self, story: Weighed, way: Way) -> None:
        """Count a story no more."""
        if story.impulse:
            for series in self._series(way):
                series.remove(story.day, story.impulse)
        if story.type in self._formula.contact_types:
            self._contacts.remove(story)
            self._state = None

    def message(self, frame: Frame) -> Dyad:
        """Return the state as of the last day of the frame."""
        state = self._contact_state(frame.as_of)
        return Dyad(
            id=self._watched.id,
            sides=list(self._watched.sides),
            blocs=self._watched.blocs,
            as_of=calendar(frame.as_of),
            formula=self._formula.version,
            tension=self.together.tension(frame),
            directed=[series.tension(frame) for series in self.directed.values()],
            window=Window(
                start=calendar(frame.first),
                monitored_days=sum(frame.monitored),
                baseline_days=len(frame.baseline),
                relative_volume=round(frame.volumes[-1], DIGITS),
            ),
            contacts=state.contacts,
            silence_days=state.silence_days,
            refusals=state.refusals,
            lines=state.lines,
            lines_open=state.open,
            lines_cut=state.cut,
        )

    def _contact_state(self, as_of: int) -> State:
        if self._state is None or self._state[0] != as_of:
            self._state = (as_of, self._contacts.state(as_of))
        return self._state[1]

    def _series(self, way: Way) -> list[Series]:
        return [self.together, *(series for each, series in self.directed.items() if each & way)]
