"""Rules over several stories: those of a group meet from all partitions, and no kill changes what is said."""

from __future__ import annotations

import pytest

from schemas import Match, decode
from schemas.topics import MATCHES, STORIES, THREADS
from streams.alerting import load_rules
from streams.rehearsal import Rehearsal
from streams.tagging import Tagger
from tests.pipeline.articles import NOW, an_article
from tests.pipeline.line import Line
from tests.pipeline.waiting import wait_for

MANY = 50
RULES = """\
rules:
  - id: together
    version: 1
    title: They spoke and called for a truce
    description: Stories of two types, which lie on two partitions.
    match: type in ["military_communication", "ceasefire_call"] && counts
    when:
      distinct: {over: 3d, at_least: 2, of: type}
    group_by: [actor]
  - id: spoke
    version: 1
    title: They spoke
    description: Each time.
    match: type == "military_communication" && counts
  - id: alive
    version: 1
    title: Alive
    description: The alerting works.
    when:
      always: {every: 1w}
    labels: {watchdog: "yes"}
"""


@pytest.fixture
def rules(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    return file


def standing(alerts) -> set[tuple[str, ...]]:
    """Return what alerts say in the end: the rule and the stories of every thread that was not taken back.

    Where a thread begins, and with it its id, depends on which of its stories comes first over the partitions.
    """
    last = {}
    for alert in sorted(alerts, key=lambda one: one.revision):
        last[alert.references[0] if alert.references else alert.id] = alert
    return {
        (alert.rule.id, *sorted(one.story for one in alert.stories), alert.story.id if alert.story else "")
        for alert in last.values()
        if alert.msg_type != "Cancel" and alert.rule.id != "alive"
    }


def by_core(rules, articles) -> set[tuple[str, ...]]:
    """Return the same of the alerts that one line in one process raises."""
    tagger, line = Tagger.load(), Rehearsal(load_rules(rules))
    events = [event for article in articles for event in tagger.tag(article, now=NOW).events]
    return standing([alert for event in events for alert in line.add(event)])


def test_stories_of_several_partitions_meet_whatever_is_killed(broker, tmp_path, rules):
    articles = [an_article(7 * number) for number in range(MANY)]  # all of them on a Friday, as they say
    line = Line(broker.clean(), tmp_path, rules=rules)
    try:
        worker = line.start_worker("w1")
        line.publish(*articles)
        for topic, some in ((MATCHES, 20), (THREADS, MANY)):
            wait_for(lambda topic=topic, some=some: line.count(topic) > some, "some of it", every=0.005)
            worker.kill()
            worker = line.start_worker("w1")
        line.drain()
        assert standing(line.alerts()) == by_core(rules, articles)
        assert {alert.rule.id for alert in line.alerts()} >= {"together", "spoke"}
        assert line.deadletters() == []
        _assert_groups_meet(line)
        wait_for(lambda: any(one.rule.id == "alive" for one in line.alerts()), "the watchdog", every=1)
        assert (
            len({one.id for one in line.alerts() if one.rule.id == "alive"}) <= 2
        )  # a week may end meanwhile
    finally:
        line.close()


def _assert_groups_meet(line) -> None:
    """Stories of several partitions count in one group, and all of a group is on one partition."""
    partition_of = {record.key.decode(): record.partition for record in line.records(STORIES)}
    meet: dict[tuple[str, str], set[int]] = {}
    come_from: dict[tuple[str, str], set[int]] = {}
    for record in line.records(MATCHES):
        match = decode(Match, record.value)
        if match.rule == "together":
            group = (match.rule, match.group["actor"])
            meet.setdefault(group, set()).add(record.partition)
            come_from.setdefault(group, set()).add(partition_of[match.subject])
    assert {len(partitions) for partitions in meet.values()} == {1}
    assert any(len(partitions) > 1 for partitions in come_from.values())
