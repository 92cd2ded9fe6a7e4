from __future__ import annotations

import yaml
from prometheus_client import CollectorRegistry, generate_latest

from streams.metrics import Metrics


def test_promtool_accepts_the_configuration_and_the_rules(check_with):
    result = check_with("promtool", "check", "config", "deploy/prometheus/prometheus.yml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_rules_fire_when_they_should_and_only_then(check_with):
    result = check_with("promtool", "test", "rules", "tests/deploy/rules_test.yml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_rule_has_a_test_of_its_own(root):
    rules = yaml.safe_load((root / "deploy/prometheus/rules.yml").read_text())
    tests = yaml.safe_load((root / "tests/deploy/rules_test.yml").read_text())
    named = {rule["alert"] for group in rules["groups"] for rule in group["rules"]}
    fired = {
        case["alertname"] for test in tests["tests"] for case in test["alert_rule_test"] if case["exp_alerts"]
    }
    assert named == fired


def test_amtool_accepts_the_configuration_of_alertmanager(check_with):
    result = check_with("amtool", "check-config", "deploy/alertmanager/alertmanager.yml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_promtool_finds_nothing_to_mend_in_what_we_export(check_with):
    registry = CollectorRegistry()
    Metrics(registry)
    result = check_with("promtool", "check", "metrics", given=generate_latest(registry).decode())
    assert (result.returncode, result.stderr) == (0, "")


def test_every_rule_reads_metrics_that_we_export(root, exported):
    rules = yaml.safe_load((root / "deploy/prometheus/rules.yml").read_text())
    assert [
        problem
        for group in rules["groups"]
        for rule in group["rules"]
        for problem in exported.problems(rule["expr"])
    ] == []


def test_a_query_for_a_metric_or_label_that_we_do_not_export_is_found_out(exported):
    assert exported.problems("rate(tocsin_articles_received_total[5m])") == []
    assert exported.problems("rate(tocsin_articles_received[5m])") == ["no metric tocsin_articles_received"]
    assert exported.problems('sum by (colour) (tocsin_events_emitted_total{shade="x"})') == [
        "no label colour",
        "no label shade",
    ]
