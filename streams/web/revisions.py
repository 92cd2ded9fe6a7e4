"""What each revision of a story said otherwise, as far as it passed by. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import orjson

from streams.web.story_answers import RevisionAnswer

if TYPE_CHECKING:
    from streams.web.gist import StoryGist

MOST = 20_000  # revisions held, of all stories; a tenth of a kilobyte each
OF_ONE = 100  # of one story, the latest


class Revision(NamedTuple):
    """One revision, as it is held."""

    number: int
    ms: int
    changes: bytes


class Revisions:
    """Holds the latest revisions. Those of the stories that were told first go first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: dict[str, list[Revision]] = {}
        self._count = 0

    def take(self, story: StoryGist, ms: int) -> None:
        """Note a revision that came at an instant; a first one says nothing that the story does not say."""
        if story.revision == 1:
            return
        told = self._held.setdefault(story.id, [])
        if told and told[-1].number >= story.revision:
            return
        changes = [change.model_dump(mode="json", exclude_none=True) for change in story.changes]
        told.append(Revision(story.revision, ms, orjson.dumps(changes) if changes else b""))
        self._count += 1
        if len(told) > OF_ONE:
            del told[0]
            self._count -= 1
        while self._count > self._most:
            self.forget(next(iter(self._held)))

    def forget(self, story: str) -> None:
        """Let go of the revisions of a story."""
        self._count -= len(self._held.pop(story, ()))

    def of(self, story: str) -> list[RevisionAnswer]:
        """Return the revisions of a story that are held, the first one first."""
        return [
            RevisionAnswer.model_validate(
                {
                    "revision": one.number,
                    "at": one.ms / 1000,
                    "changes": orjson.loads(one.changes) if one.changes else [],
                }
            )
            for one in self._held.get(story, ())
        ]
