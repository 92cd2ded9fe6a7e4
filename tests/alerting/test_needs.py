"""What a condition needs is read off its words, and no rule is missed by looking for it."""

from __future__ import annotations

import pytest

from schemas import Place, Status, taxonomy
from streams.alerting import load_rules
from streams.alerting.holding import Holding, Known, holds
from streams.alerting.needs import needs_of
from streams.alerting.variables import Facts
from tests.factories import a_story

CONDITIONS = [
    'type == "invasion" && counts',
    '"invasion" == type || type in ["armed_clash", "blockade"]',
    'family == "posture" && (status == "planned" || counts)',
    '(type == "invasion" && "RUS" in actors) || (type == "blockade" && "CHN" in actors)',
    'parties.exists(p, p in ["RUS", "BLR"]) && !("USA" in parties)',
    'type == "invasion" ? counts : severity > 3.0',
    '!(type == "invasion")',
    'type != "invasion" && "RUS-UKR" in dyads',
    'place_country == "POL" && "NATO" in place_blocs',
    'object == "NATO" || "NATO" in parties',
    "severity >= 5.0 && counts",
    'type.startsWith("ceasefire") && counts',
    'type == "inv\\\\x61sion"',
]


@pytest.mark.parametrize(
    ("condition", "needs"),
    [
        (CONDITIONS[0], {"type": {"invasion"}, "status": {"occurred", "ongoing"}}),
        (CONDITIONS[1], {"type": {"invasion", "armed_clash", "blockade"}}),
        (CONDITIONS[2], {"family": {"posture"}, "status": {"planned", "occurred", "ongoing"}}),
        (CONDITIONS[3], {"type": {"invasion", "blockade"}, "actors": {"RUS", "CHN"}}),
        (CONDITIONS[4], {"parties": {"RUS", "BLR"}}),
        (CONDITIONS[5], {}),
        (CONDITIONS[6], {}),
        (CONDITIONS[9], {}),
        (CONDITIONS[12], {}),
    ],
)
def test_what_a_condition_needs_is_read_off_its_links(condition, needs):
    assert needs_of(condition) == needs


def stories():
    for type_ in taxonomy().types:
        for status in (Status.OCCURRED, Status.PLANNED, Status.DENIED):
            for actor, country in (("RUS", None), ("CHN", "POL"), ("BLR", "UKR")):
                place = Place(name="there", country=country) if country else None
                yield a_story(type_=type_.name, status=status, actors=[actor], targets=["UKR"], place=place)


def test_no_rule_that_holds_is_passed_over(tmp_path):
    file = tmp_path / "rules.yaml"
    rules = "".join(
        f"  - {{id: rule-{at}, version: 1, title: R, description: R, match: '{condition}'}}\n"
        for at, condition in enumerate(CONDITIONS[:-1])
    )
    file.write_text("rules:\n" + rules)
    loaded = load_rules(file).rules
    holding = Holding(loaded)
    fired = set()
    for story in stories():
        known = Known(Facts(story))
        all_of_them = [rule.id for rule in loaded if holds(rule.program, known.context(rule.reads))]
        assert [held.rule.id for held in holding.on(Facts(story), Known(Facts(story)))] == all_of_them
        fired |= set(all_of_them)
    assert len(fired) >= len(loaded) - 1, "the stories try every rule but the one on an object"
