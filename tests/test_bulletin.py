"""Every worker knows the watched dyads, whichever of them keeps their state."""

from __future__ import annotations

import asyncio

from schemas import encode
from schemas.topics import DYADS
from streams.alerting import Alerts, Surroundings, load_rules
from streams.alerting.variables import Tension
from streams.bulletin import Bulletin
from tests.alerting.test_tense import a_dyad
from tests.factories import NOON, a_story

RULES = """\
rules:
  - id: tense
    version: 1
    title: Force where it is tense already
    description: Anything between two of whom the tension is out of the usual.
    match: counts && tension_z > 3.0
"""


def test_the_latest_state_of_each_dyad_is_known_and_read_on_from_where_it_was(broker):
    bulletin = Bulletin(broker.settings)
    broker.send(DYADS, encode(a_dyad(1.0)), key=b"RUS-USA", partition=0)
    asyncio.run(bulletin.read())
    assert bulletin.dyads == {"RUS-USA": Tension(9.0, 1.0)}
    broker.send(DYADS, b"{nope", key=b"x", partition=0)
    broker.send(DYADS, encode(a_dyad(3.5)), key=b"RUS-USA", partition=0)
    asyncio.run(bulletin.read())
    assert bulletin.dyads == {"RUS-USA": Tension(9.0, 3.5)}


def test_a_rule_on_tension_holds_when_it_is_known_and_high_and_not_when_it_is_unknown(tmp_path):
    file = tmp_path / "rules.yaml"
    file.write_text(RULES)
    rules, story = load_rules(file), a_story()
    dyads = {}
    assert Alerts(rules, Surroundings(dyads=dyads)).on_story(story, now=NOON).alerts == []
    dyads["RUS-USA"] = Tension(9.0, 3.5)
    [alert] = Alerts(rules, Surroundings(dyads=dyads)).on_story(story, now=NOON).alerts
    assert {why.name: why.value for why in alert.why}["tension_z"] == "3.5"
