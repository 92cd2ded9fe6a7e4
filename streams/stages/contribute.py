"""Story → what it adds to dyads, all on one partition: a dyad is measured against everything monitored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Story, decode, encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import CONTRIBUTIONS, STORIES
from streams.stages.record import OutRecord
from streams.tension import contribution_of

if TYPE_CHECKING:
    from datetime import datetime

    from streams.stages.record import InRecord

ONE_PARTITION = 0


class Contribute:
    """Reads the topic of stories, and is no part of the stage that writes it.

    A worker that dies when a story is on its topic and its contribution is not would else never send that: it knows
    the event that comes again.
    """

    name = "contribute"
    source = STORIES

    async def on_any(self, _partition: int) -> Contribute:
        """Return itself: it remembers nothing, so that one serves every partition."""
        return self

    def outputs(self, record: InRecord, now: datetime) -> list[OutRecord]:
        """Return the contribution of this revision of the story."""
        contribution = contribution_of(decode(Story, record.value))
        headers = cloudevents(contribution, source=self.name, time=now)
        key, value = contribution.id.encode(), encode(contribution)
        return [OutRecord(CONTRIBUTIONS.name, key, value, headers, ONE_PARTITION)]
