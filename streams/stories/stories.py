"""The stories of one partition: what is known, and what one more event or one withdrawal changes.

Time is the events' own, when they were published and when they were read: a replay ends where the first run did.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from sys import intern
from typing import TYPE_CHECKING

from schemas.base import stable_id
from schemas.story import Report
from streams.copies import Copies
from streams.sources import AGENCIES
from streams.stories.blocks import story_id
from streams.stories.held import Held
from streams.stories.index import Index
from streams.stories.likeness import likeness
from streams.stories.merge import begin, merge, reported
from streams.stories.outline import Outline, Outlines
from streams.stories.rules import rules
from streams.stories.tells import Tells, short_id
from streams.stories.withdraw import without

if TYPE_CHECKING:
    from collections.abc import Callable

    from schemas import Event, Story, Withdrawal


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is held: each story `keep_days` beyond its last report and its own date, `mentions` in all.

    What is read late, as an archive is, stays a day at least, however old: other late reports may follow.
    """

    keep_days: int = 14
    mentions: int = 1_000_000
    texts: int = 50_000  # of which near-copies are recognised


@dataclass(slots=True)
class _Card:
    """What must be at hand of every story, packed or not. `ends`: the day after which it is let go; `read`: when."""

    outline: Outline
    revision: int
    mentions: int
    first_seen: datetime
    ends: int
    read: int


class Stories:
    """Holds the latest revision of every live story of one partition; it is rebuilt with `restore`."""

    def __init__(
        self, family: Callable[[str], str | None] = lambda _source: None, limits: Limits | None = None
    ) -> None:
        """`family` returns the owner of a source, None where it is not known."""
        self._family = family
        self._limits = limits or Limits()
        self._held, self._index, self._outlines = Held(), Index(), Outlines()
        self._copies = Copies(timedelta(days=self._limits.keep_days), self._limits.texts)
        self._cards: dict[str, _Card] = {}
        self._events: set[int] = set()
        self._tells = Tells()
        self._ends: list[tuple[int, str]] = []
        self._gone: OrderedDict[int, None] = OrderedDict()  # ids that must not begin again at revision 1
        self._today = self._read = 0  # the latest day of publication, and of reading
        self.mentions = 0
        self.let_go: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._cards)

    def restore(self, story: Story) -> None:
        """Take a story back from the topic; of two revisions the higher one holds."""
        known = self._cards.get(story.id)
        if known is not None:
            if known.revision >= story.revision:
                return
            self._let_go(story.id)
            self._gone.pop(short_id(story.id))
        self._put(story)
        for event in story.events:
            self._events.add(short_id(event))
        for report in story.reports:
            self._tells.note(report.article, story.id)
        self._copies.restore(
            (report.signature, report.article, report.article, report.published_at)
            for report in story.reports
            if report.signature
        )
        self._let_go_what_ended()

    def add(self, event: Event) -> Story | None:
        """Merge an event; return the new revision of its story, or None when the event is known already.

        Known from an archive is not known from a report: a story that was told by archives alone changes by it.
        """
        known = short_id(event.id)
        if known in self._events:
            return None if event.article.backfill else self._as_live(event)
        report = self._report(event)
        id_ = self._story_of(self._outlines.of_event(event), report)
        story = (
            merge(self._held.get(id_), event, report) if id_ else begin(self._free_id(event), event, report)
        )
        self._put(story)
        self._events.add(known)
        self._tells.note(report.article, story.id)
        self._let_go_what_ended()
        return story

    def _as_live(self, event: Event) -> Story | None:
        """Return the story of a known event whose article was known from an archive alone, and is now reported."""
        for id_ in self._tells.stories_of(event.article.id):
            if live := reported(self._held.get(id_), event):
                self._put(live)
                return live
        return None

    def withdraw(self, withdrawal: Withdrawal) -> list[Story]:
        """Take back what an article said; return the new revision of each story that it no longer tells."""
        keeps = frozenset(withdrawal.keeps)
        told = sorted(self._tells.stories_of(withdrawal.article))
        left = [without(self._held.get(id_), withdrawal.article, keeps) for id_ in told]
        changed = [story for story in left if story is not None]
        for story in changed:
            self._events -= {
                short_id(id_) for id_ in set(self._held.get(story.id).events) - set(story.events)
            }
            self._put(story)
        return changed

    def _story_of(self, says: Outline, report: Report) -> str | None:
        """Return the id of the story that an event belongs to, None when it begins one."""
        copies = self._tells.stories_of(report.copy_of or report.article)
        scores = [
            (score, card.mentions, -card.first_seen.timestamp(), id_)
            for id_ in self._index.near(says)
            if (card := self._cards[id_])
            and (score := likeness(says, card.outline, near_copy=id_ in copies)) is not None
            and score >= rules().score.enough
        ]
        if not scores:
            return None
        best, *others = sorted(scores, reverse=True)
        if others and others[0][0] == best[0] < rules().score.sure:
            return None
        return best[-1]

    def _free_id(self, event: Event) -> str:
        """Return the id of a new story; where another like it lives or lived, the event tells them apart."""
        id_ = story_id(event)
        taken = id_ in self._cards or short_id(id_) in self._gone
        return stable_id("story", id_, event.id) if taken else id_

    def _report(self, event: Event) -> Report:
        article = event.article
        origin = self._origin(article.origin_hint)
        first = self._copies.find_or_add(article.signature, article.id, article.published_at)
        return Report(
            article=article.id,
            source=article.source,
            origin=origin if article.origin_hint else self._family(article.source),
            named=origin is not None,
            copy_of=first if first != article.id else None,
            signature=article.signature if first == article.id else None,
            lang=event.evidence.lang,
            published_at=article.published_at,
            events=[event.id],
            backfill=article.backfill,
        )

    def _origin(self, hint: str | None) -> str | None:
        """Return whose text it says it is: the owner of a wire; nobody's when it names agencies at large."""
        return None if not hint or hint == AGENCIES else self._family(hint) or hint

    def _put(self, story: Story) -> None:
        """Hold a revision instead of the one before."""
        id_ = intern(story.id)  # it is held in many places
        before = self._cards.get(id_)
        told, read = story.last_seen.toordinal(), _last_read(story)
        ends = max(told, story.event_date.end.toordinal()) + self._limits.keep_days
        card = _Card(self._outlines.of(story), story.revision, story.mentions, story.first_seen, ends, read)
        self._read = max(self._read, read)
        self._today = max(self._today, min(told, read))  # a date in the future ages nothing
        self._cards[id_] = card
        self._held.put(story)
        self.mentions += story.mentions - (before.mentions if before else 0)
        if before is None or before.outline != card.outline:
            if before:
                self._index.drop(id_, before.outline)
            self._index.put(id_, card.outline)
        if before is None or before.ends != ends:
            heappush(self._ends, (ends, id_))

    def _let_go_what_ended(self) -> None:
        """Let go of stories that nobody tells any more, and of the oldest ones beyond the limit."""
        while self._ends and (why := self._why_let_go(*self._ends[0])):
            ends, id_ = heappop(self._ends)
            if id_ in self._cards and self._cards[id_].ends == ends:
                self.let_go[why] += 1
                self._let_go(id_)

    def _why_let_go(self, ends: int, id_: str) -> str | None:
        if self.mentions > self._limits.mentions:
            return "limit"
        card = self._cards.get(id_)
        if card is None or card.ends != ends or (ends < self._today and card.read < self._read):
            return "ended"
        return None

    def _let_go(self, id_: str) -> None:
        card, story = self._cards.pop(id_), self._held.get(id_)
        self._index.drop(id_, card.outline)
        self._held.drop(id_)
        self._gone[short_id(id_)] = None
        if len(self._gone) > self._limits.mentions:
            self._gone.popitem(last=False)
        self.mentions -= card.mentions
        self._events -= {short_id(event) for event in story.events}
        for report in story.reports:
            self._tells.forget(report.article, id_)


def _last_read(story: Story) -> int:
    return max(event.tagged_at.toordinal() for event in (story.lead, *story.next_best))
