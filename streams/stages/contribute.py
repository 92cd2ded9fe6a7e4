"""What a revision of a story adds to dyads, all on one partition: a dyad is measured against everything monitored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import encode
from schemas.cloudevents import headers as cloudevents
from schemas.topics import CONTRIBUTIONS
from streams.stages.record import OutRecord
from streams.tension import contribution_of

if TYPE_CHECKING:
    from datetime import datetime

    from schemas import Story

ONE_PARTITION = 0


def contribution_record(story: Story, stage: str, now: datetime) -> OutRecord:
    """Return the contribution of this revision.

    It is for a stage that reads stories. Of the stage that writes them a worker might die when the story is on its
    topic and its contribution is not, and it would know the event that comes again.
    """
    contribution = contribution_of(story)
    headers = cloudevents(contribution, source=stage, time=now)
    return OutRecord(
        CONTRIBUTIONS.name, contribution.id.encode(), encode(contribution), headers, ONE_PARTITION
    )
