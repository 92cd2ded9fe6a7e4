"""The rules over the stories of one partition: what each revision of a story makes of them.

One thread a rule and story: an Alert on the first revision that meets the rule, confirmed or not; an Update when the
story is confirmed, gets worse or changes its status; a Cancel when every report of it was taken back. A story that
archives alone tell begins none.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from schemas.story import Change
from streams.alerting.holding import Holding, Known
from streams.alerting.matches import matches_of
from streams.alerting.raised import Raised
from streams.alerting.telling import first_id, is_confirmed, new_alert, next_alert, toll
from streams.alerting.variables import Facts, Surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from schemas import Alert, Story, Thread
    from streams.alerting.rule import Rule, Rules

MOST = 200_000  # stories a partition of which it is known what was said; about a kilobyte each


class Alerts:
    """Remembers what was said of each story; it is rebuilt with `restore`."""

    def __init__(self, rules: Rules, beside: Surroundings | None = None, most: int = MOST) -> None:
        self._holding = Holding(rules.rules)
        self._rules = {(rule.id, rule.version): rule for rule in rules.rules}
        self._beside = beside or Surroundings()
        self._most = most
        self._said: OrderedDict[str, dict[str, Thread]] = OrderedDict()

    def restore(self, thread: Thread) -> None:
        """Take back what was said before; of two the later holds."""
        if thread.kind == "group":
            return
        known = self._of(thread.subject).get(thread.id)
        if known is None or known.messages <= thread.messages:
            self._hold(thread)

    def on_story(self, story: Story, *, now: datetime) -> Raised:
        """Return what this revision makes of the rules; nothing when it was told already.

        `now` is when alerts are raised; neither ids nor conditions depend on it.
        """
        facts = Facts(story, self._beside)
        known = Known(facts)
        held = list(self._holding.on(facts, known))
        raised = Raised()
        meets = {first_id(one.rule, story): one.rule for one in held if one.rule.kind == "each"}
        for thread, rule in self._threads(story):
            raised.add(self._again(rule, story, known, thread, meets=thread.id in meets, now=now))
        for id_, rule in meets.items():
            if id_ in self._of(story.id) or len(story.evidence) < rule.text.require.evidence:
                continue
            if story.backfill:
                raised.withheld += 1
            else:
                raised.add(new_alert(rule, story, known, now))
        for told in matches_of(facts, known, held, self._counted(story)):
            raised.matches += told.matches
            raised.threads += [told.thread] if told.thread else []
        for thread in raised.threads:
            self._hold(thread)
        return raised

    def _again(
        self, rule: Rule, story: Story, known: Known, thread: Thread, *, meets: bool, now: datetime
    ) -> tuple[Alert, Thread] | None:
        """Return what a later revision says of a thread, None when that is nothing new."""
        if story.revision <= thread.revision or (thread.cancelled and not meets):
            return None
        changes = list(_changes(rule, story, thread))
        return next_alert(rule, story, known, thread, changes, now) if changes else None

    def _threads(self, story: Story) -> Iterator[tuple[Thread, Rule]]:
        """Yield the threads on a story whose rules are still in force."""
        for thread in list(self._of(story.id).values()):
            rule = self._rules.get((thread.rule, thread.version))
            if rule is not None and thread.kind == "story":
                yield thread, rule

    def _counted(self, story: Story) -> dict[str, tuple[Rule, Thread]]:
        """Return the rules over several stories that this story was counted by, by the id of what tells it."""
        return {
            thread.id: (rule, thread)
            for thread in self._of(story.id).values()
            if thread.kind == "matches" and (rule := self._rules.get((thread.rule, thread.version)))
        }

    def _of(self, story: str) -> dict[str, Thread]:
        return self._said.get(story, {})

    def _hold(self, thread: Thread) -> None:
        self._said.setdefault(thread.subject, {})[thread.id] = thread
        self._said.move_to_end(thread.subject)
        if len(self._said) > self._most:
            self._said.popitem(last=False)


def _changes(rule: Rule, story: Story, thread: Thread) -> Iterator[Change]:
    """Yield what is news to someone who had the last message of the thread."""
    if story.cancelled != thread.cancelled:
        yield Change(field="cancelled", before=thread.cancelled, after=story.cancelled)
    if story.cancelled:
        return
    if (confirmed := is_confirmed(rule, story)) != thread.confirmed:
        yield Change(field="confirmed", before=thread.confirmed, after=confirmed)
    if story.status is not thread.status:
        yield Change(field="status", before=thread.status.value, after=story.status.value)
    if story.severity > thread.severity:
        yield Change(field="severity", before=thread.severity, after=story.severity)
    for name, number in toll(story).items():
        if number > thread.toll.get(name, 0.0):
            yield Change(field=name, before=thread.toll.get(name), after=number)
