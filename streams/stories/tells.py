"""Which stories an article tells. There are as many entries as live mentions, so each is as small as can be."""

from __future__ import annotations

from hashlib import blake2b
from sys import intern


class Tells:
    """Ids of stories by article: a text where there is one, as of most articles, else several."""

    def __init__(self) -> None:
        self._stories: dict[int, str | tuple[str, ...]] = {}

    def stories_of(self, article: str) -> tuple[str, ...]:
        """Return the ids of the stories that the article tells, in the order that it was noted."""
        found = self._stories.get(short_id(article), ())
        return (found,) if isinstance(found, str) else found

    def note(self, article: str, story: str) -> None:
        """Note that the article tells the story."""
        if story not in (known := self.stories_of(article)):
            self._keep(article, (*known, intern(story)))

    def forget(self, article: str, story: str) -> None:
        """Forget that the article tells the story."""
        self._keep(article, tuple(other for other in self.stories_of(article) if other != story))

    def _keep(self, article: str, stories: tuple[str, ...]) -> None:
        if stories:
            self._stories[short_id(article)] = stories if len(stories) > 1 else stories[0]
        else:
            self._stories.pop(short_id(article), None)


def short_id(id_: str) -> int:
    """Return 56 bits of an id: a million of them weigh a third of as many texts."""
    return int.from_bytes(blake2b(id_.encode(), digest_size=7).digest())
