from __future__ import annotations

import re

import pytest
import yaml

from tests.deploy.rule_tests import ALERTS, ROOT

CONFIG = "deploy/alertmanager/alertmanager.yml"
RULES = yaml.safe_load((ROOT / CONFIG).read_text())["inhibit_rules"]
NAMES = re.compile(r'alertname (=~?) "([^"]+)"')

# What reaches whom: of each severity one, and those that are led aside.
WHOM = [
    ("on-call", {"alertname": "TocsinNoWorker", "severity": "critical"}),
    ("operators", {"alertname": "TocsinDeadLetters", "severity": "warning", "stage": "tag"}),
    ("operators", {"alertname": "TocsinSourceSilent", "severity": "warning", "source": "afp"}),
    ("log", {"alertname": "TocsinTypeDrift", "severity": "info"}),
    ("watchdog", {"alertname": "TocsinWatchdog", "severity": "none"}),
    ("readers", {"alertname": "TocsinTension", "severity": "info", "about": "world", "dyad": "RUS-USA"}),
    ("readers", {"alertname": "use-of-force", "severity": "critical", "feed": "news", "thread": "t"}),
]


def test_amtool_accepts_the_configuration(check_with):
    result = check_with("amtool", "check-config", CONFIG)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(("receiver", "labels"), WHOM, ids=lambda one: one if isinstance(one, str) else "")
def test_each_alert_reaches_whom_it_concerns(receiver, labels, check_with):
    said = [f"{name}={value}" for name, value in labels.items()]
    result = check_with(
        "amtool",
        "config",
        "routes",
        "test",
        f"--config.file={CONFIG}",
        f"--verify.receivers={receiver}",
        *said,
    )
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("name", ALERTS)
def test_no_alert_of_ours_reaches_another_than_its_severity_says(name, check_with):
    labels = ALERTS[name]["labels"]
    receiver = {"critical": "on-call", "warning": "operators", "info": "log", "none": "watchdog"}[
        labels["severity"]
    ]
    if labels.get("about") == "world":
        receiver = "readers"
    said = [f"{label}={value}" for label, value in labels.items()]
    result = check_with(
        "amtool",
        "config",
        "routes",
        "test",
        f"--config.file={CONFIG}",
        f"--verify.receivers={receiver}",
        f"alertname={name}",
        *said,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_what_inhibits_and_what_is_inhibited_exists():
    for rule in RULES:
        for matcher in (*rule["source_matchers"], *rule["target_matchers"]):
            for operator, pattern in NAMES.findall(matcher):
                assert _matching(operator, pattern), matcher


def test_without_workers_the_operator_is_told_of_that_alone():
    hidden = _inhibited_by("TocsinNoWorker")
    assert {
        "TocsinWorkerDown",
        "TocsinStuck",
        "TocsinSilence",
        "TocsinSourceSilent",
        "TocsinSourcesDark",
    } <= hidden
    assert not hidden & {"TocsinNoDelivery", "TocsinBug", "TocsinWatchdog"}


def test_no_alert_inhibits_itself_or_what_inhibits_it():
    for name in ALERTS:
        for hidden in _inhibited_by(name):
            assert name not in _inhibited_by(hidden) | {hidden}


def _inhibited_by(name: str) -> set[str]:
    """Return the alerts that may be silenced while this one fires, by name alone."""
    return {
        hidden
        for rule in RULES
        if name in _named(rule["source_matchers"])
        for hidden in _named(rule["target_matchers"])
    }


def _named(matchers: list[str]) -> set[str]:
    return {name for matcher in matchers for found in NAMES.findall(matcher) for name in _matching(*found)}


def _matching(operator: str, pattern: str) -> set[str]:
    return {name for name in ALERTS if (re.fullmatch(pattern, name) if operator == "=~" else name == pattern)}
