"""The starter set fires on what each rule is for, and on nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from schemas import Status, taxonomy
from streams.alerting import Alerts, load_rules
from streams.stories import Stories
from tests.factories import DAY, NOON, a_date, a_party, a_story, an_event

SEEDS = Path(__file__).parents[2] / "seeds"
RULES = load_rules()

# rule: the events that it is for
FIRES_ON = {
    "military-contact-made": [("military_communication", "occurred"), ("military_communication", "ongoing")],
    "contact-refused": [("communication_refused", "occurred")],
    "channel-opened": [("communication_channel_opened", "occurred")],
    "channel-cut": [("communication_channel_cut", "occurred"), ("communication_channel_cut", "planned")],
    "nuclear-signal": [("nuclear_signal", "occurred"), ("nuclear_signal", "planned")],
    "invasion": [("invasion", "occurred"), ("invasion", "ongoing")],
    "use-of-force": [
        ("armed_clash", "occurred"),
        ("air_missile_strike", "ongoing"),
        ("territory_seized", "occurred"),
    ],
    "spill-over": [("border_spillover_strike", "occurred")],
    "wmd-use": [("wmd_use", "occurred")],
    "ceasefire-called": [("ceasefire_call", "occurred")],
    "ceasefire-agreed": [("ceasefire_agreed", "occurred"), ("peace_agreement", "occurred")],
    "ceasefire-broken": [("ceasefire_violation", "occurred")],
    "threat-of-force": [("threat_force", "occurred")],
    "threat-of-countermeasures": [("threat_countermeasure", "occurred")],
    "nato-support": [("alliance_support", "occurred")],
    "nato-accession": [("alliance_accession", "occurred"), ("alliance_accession", "planned")],
    "nato-veto": [("alliance_blocked", "occurred")],
    "force-withdrawal": [("force_withdrawal", "occurred"), ("force_withdrawal", "planned")],
    "sanctions-imposed": [("sanctions_imposed", "occurred")],
    "sanctions-eased": [("sanctions_eased", "occurred")],
}
PLANS_TOO = {rule for rule, events in FIRES_ON.items() if any(status == "planned" for _, status in events)}


def fired(story):
    """Return the rules that fire; of each the first alert."""
    return [alert.rule.id for alert in Alerts(RULES).on_story(story, now=NOON).alerts]


def test_every_rule_on_one_type_is_tested_here():
    """The others ask for more than a type, and have tests beside them."""
    more = {"contact-resumed", "alliance-territory-hit"}
    assert {rule.id for rule in RULES.of_kind("each")} == set(FIRES_ON) | more


@pytest.mark.parametrize("rule", FIRES_ON)
def test_a_rule_fires_on_what_it_is_for_and_no_other_does(rule):
    for type_, status in FIRES_ON[rule]:
        assert fired(a_story(type_=type_, status=status, object="NATO")) == [rule]


@pytest.mark.parametrize("rule", FIRES_ON)
def test_no_rule_fires_on_what_did_not_happen_or_is_history(rule):
    type_ = FIRES_ON[rule][0][0]
    silent = {Status.CONDITIONAL, Status.DENIED, Status.HISTORICAL}
    if rule not in PLANS_TOO:
        silent.add(Status.PLANNED)
    for status in silent:
        assert fired(a_story(type_=type_, status=status, object="NATO")) == []


@pytest.mark.parametrize("rule", sorted(set(FIRES_ON) - {"wmd-use"}))
def test_no_rule_fires_on_what_was_old_when_it_was_first_reported(rule):
    type_, status = FIRES_ON[rule][0]
    assert fired(a_story(type_=type_, status=status, object="NATO", day=DAY - timedelta(days=30))) == []


def test_types_without_a_rule_fire_none():
    silent = {type_.name for type_ in taxonomy().types} - {
        type_ for events in FIRES_ON.values() for type_, _ in events
    }
    for type_ in silent:
        assert fired(a_story(type_=type_, object="NATO")) == []


@pytest.mark.parametrize("rule", ["nato-support", "nato-accession", "nato-veto"])
def test_other_alliances_fire_no_rule_for_nato(rule):
    type_, status = FIRES_ON[rule][0]
    assert fired(a_story(type_=type_, status=status, object="CSTO")) == []
    assert fired(a_story(type_=type_, status=status, targets=["NATO"])) == [rule]


def gold_events():
    """Return the sample article's events, as its gold file lists them."""
    gold = yaml.safe_load((SEEDS / "austin-choigou.gold.yaml").read_text())
    published = gold["article"]["published_at"]
    for number, row in enumerate(gold["events"]):
        status = row["status"] if isinstance(row["status"], str) else "historical"
        persons = row.get("persons", [])
        sides = [[a_party(id_, person=None) for id_ in row.get(side, [])] for side in ("actors", "targets")]
        for side, person in zip(sides, persons, strict=False):
            if side:
                side[0] = a_party(side[0].id, person=person)
        known = row.get("date")
        yield an_event(
            row["type"],
            status,
            *sides,
            object=row.get("object"),
            attributes=row.get("attributes", {}),
            event_date=a_date(known)
            if known
            else a_date(DAY, precision="day" if status == "occurred" else "unknown"),
            published=published,
            quote=f"{number}: {row['quote']}",
            lang="fr",
        )


def test_the_sample_article_alerts_to_its_news_and_not_to_its_history():
    stories, alerts, raised = Stories(), Alerts(RULES), []
    for event in gold_events():
        raised += alerts.on_story(stories.add(event), now=NOON).alerts
    assert [(alert.rule.id, alert.summary) for alert in raised] == [
        (
            "military-contact-made",
            "Lloyd Austin (USA) held military talks with Sergei Shoigu (RUS) (the first in 84 days).",
        ),
        (
            "contact-resumed",
            "Lloyd Austin (USA) held military talks with Sergei Shoigu (RUS) (the first in 84 days).",
        ),
        ("ceasefire-called", "USA urged a ceasefire toward RUS."),
        ("nato-support", "FIN backed joining NATO."),
        ("threat-of-countermeasures", "RUS warned of countermeasures against FIN and SWE."),
    ]
