from __future__ import annotations

import pytest

from schemas import encode
from streams.alerting import Surroundings, load_rules
from streams.web.gist import AlertGist, read
from streams.web.verdicts import verdicts
from tests.delivery.alerts import an_alert
from tests.factories import a_story


@pytest.fixture
def judged(tmp_path):
    """Return what a rule of this condition made of a story."""

    def judge(condition, story=None, alerts=(), fired=()):
        file = tmp_path / "rules.yaml"
        file.write_text(
            f"rules:\n  - {{id: talks, version: 3, title: Talks, description: d, match: '{condition}'}}\n"
        )
        return verdicts(story or a_story(), load_rules(file), alerts, fired, Surroundings())

    return judge


def test_of_a_rule_that_did_not_fire_each_link_of_its_condition_says_whether_it_holds(judged):
    [verdict] = judged('type == "military_communication" && origins >= 2.0 && (counts || "RUS" in actors)')
    assert not verdict.fired
    assert not verdict.holds
    assert [(part.text, part.holds) for part in verdict.parts] == [
        ('type == "military_communication"', True),
        ("origins >= 2.0", False),
        ('(counts || "RUS" in actors)', True),
    ]
    assert ("origins", "1") in [(why.name, why.value) for why in verdict.why]


def test_a_comment_and_signs_within_texts_part_nothing(judged):
    [verdict] = judged('object == "a && b" && counts // spoken && written')
    assert [part.text for part in verdict.parts] == ['object == "a && b"', "counts"]


@pytest.mark.parametrize("condition", ["counts", "counts || severity > 5.0 && true", "counts ? true : false"])
def test_a_condition_that_is_no_chain_has_no_links(judged, condition):
    assert judged(condition)[0].parts == []


def test_a_rule_that_fired_tells_what_it_read_when_it_did(judged):
    alert = read(AlertGist, encode(an_alert()))
    [verdict] = judged("origins >= 2.0", alerts=[alert])
    assert verdict.fired
    assert verdict.condition == alert.condition
    assert [why.name for why in verdict.why] == ["type"]


def test_a_rule_that_is_in_force_no_more_and_fired_is_told_by_its_alert(judged):
    alert = read(AlertGist, encode(an_alert(rule={"id": "old", "version": 1, "title": "Old"})))
    found = judged("origins >= 2.0", alerts=[alert])
    assert [(verdict.id, verdict.fired) for verdict in found] == [("old", True), ("talks", False)]


def test_a_rule_known_to_have_fired_says_so_without_its_alert(judged):
    assert judged("counts", fired=["talks"])[0].fired


def test_no_rule_holds_on_a_story_that_was_taken_back(judged):
    assert not judged("counts", a_story().model_copy(update={"cancelled": True}))[0].holds
