from __future__ import annotations

import re

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from streams.metrics import Metrics
from tests.deploy.rule_tests import ALERTS, CASES, ROOT, RULES, for_promtool, looks, rules_of

SEVERITIES = {"critical", "warning", "info", "none"}

each_alert = pytest.mark.parametrize("name", ALERTS)


def test_promtool_accepts_the_configuration_and_the_rules(check_with):
    result = check_with("promtool", "check", "config", "deploy/prometheus/prometheus.yml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_file_of_rules_is_loaded():
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    loaded = {path for pattern in config["rule_files"] for path in (ROOT / "deploy/prometheus").glob(pattern)}
    assert loaded == set(RULES)


@pytest.mark.parametrize("cases", CASES, ids=lambda path: path.stem)
def test_the_rules_fire_when_they_should_and_only_then(cases, check_with, tmp_path):
    tests = tmp_path / cases.name
    tests.write_text(yaml.safe_dump(for_promtool(cases)))
    result = check_with("promtool", "test", "rules", tests)
    assert result.returncode == 0, result.stdout + result.stderr


@each_alert
def test_every_alert_is_seen_to_fire_and_not_to_fire(name):
    seen = [look for cases in CASES for look in looks(cases) if look["alert"] == name]
    assert any(look["fires"] for look in seen), "no test sees it fire"
    if ALERTS[name]["expr"] != "vector(1)":
        assert any(not look["fires"] for look in seen), "no test sees it not fire"


@each_alert
def test_every_alert_says_what_is_wrong_how_much_it_matters_and_where_to_read_on(name):
    rule = ALERTS[name]
    said = rule["annotations"]
    assert rule["labels"]["severity"] in SEVERITIES
    assert said.keys() == {"summary", "description", "runbook_url"}
    assert said["runbook_url"] == f"docs/runbook.md#{name.lower()}"
    assert "{{" not in said["description"], "what depends on the case belongs into the summary"


@each_alert
def test_the_runbook_says_what_an_alert_means_how_to_look_and_what_to_do(name):
    chapters = re.split(r"^## ", (ROOT / "docs/runbook.md").read_text(), flags=re.MULTILINE)
    [chapter] = [chapter for chapter in chapters if chapter.partition("\n")[0] == name]
    for part in ("**Means.**", "**Look.**", "**Do.**"):
        assert part in chapter


def test_the_runbook_tells_of_no_alert_that_there_is_none_of():
    told = re.findall(r"^## (Tocsin\w+)$", (ROOT / "docs/runbook.md").read_text(), flags=re.MULTILINE)
    assert sorted(told) == sorted(ALERTS)


def test_what_we_record_is_named_for_us():
    names = [rule["record"] for path in RULES for rule in rules_of(path) if "record" in rule]
    assert all(name.startswith("tocsin:") for name in names)
    assert len(names) == len(set(names))


def test_promtool_finds_nothing_to_mend_in_what_we_export(check_with):
    registry = CollectorRegistry()
    Metrics(registry)
    result = check_with("promtool", "check", "metrics", given=generate_latest(registry).decode())
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_every_rule_reads_metrics_that_we_export(path, exported):
    recorded = {rule["record"] for file in RULES for rule in rules_of(file) if "record" in rule}
    problems = {problem for rule in rules_of(path) for problem in exported.problems(rule["expr"])}
    unknown = {
        name for rule in rules_of(path) for name in re.findall(r"\btocsin:[\w:]+", rule["expr"])
    } - recorded
    assert (problems, unknown) == (set(), set())


def test_a_query_for_a_metric_or_label_that_we_do_not_export_is_found_out(exported):
    assert exported.problems("rate(tocsin_articles_received_total[5m])") == []
    assert exported.problems("rate(tocsin_articles_received[5m])") == ["no metric tocsin_articles_received"]
    assert exported.problems('sum by (colour) (tocsin_events_emitted_total{shade="x"})') == [
        "no label colour",
        "no label shade",
    ]
