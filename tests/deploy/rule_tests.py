"""The tests of the Prometheus rules as people write them, and as promtool reads them.

promtool compares every label and every word of an alert. What stands in the rule and does not depend on the case is
put in here: severity, description and the address of the runbook. A case says which alert, when, and the rest.

When a source was heard from is a flight of stairs, for which promtool has no words; `heard` tells its treads.
"""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
RULES = sorted((ROOT / "deploy/prometheus/rules").glob("*.yml"))
CASES = sorted((ROOT / "tests/deploy/rules").glob("*.yml"))


def rules_of(path: Path) -> list[dict]:
    """Return the rules of a file, recording ones too."""
    return [rule for group in yaml.safe_load(path.read_text())["groups"] for rule in group["rules"]]


ALERTS = {rule["alert"]: rule for path in RULES for rule in rules_of(path) if "alert" in rule}


def for_promtool(cases: Path) -> dict:
    """Return a file of cases as promtool reads it."""
    read = yaml.safe_load(cases.read_text())
    return {
        "rule_files": [str(ROOT / "deploy/prometheus/rules" / read["rules"])],
        "evaluation_interval": read["evaluation_interval"],
        "tests": [_test(case) for case in read["tests"]],
    }


def looks(cases: Path) -> list[dict]:
    """Return every look at an alert in a file of cases."""
    return [look for case in yaml.safe_load(cases.read_text())["tests"] for look in case.get("looks", [])]


def _test(case: dict) -> dict:
    kept = {name: value for name, value in case.items() if name != "looks"}
    return kept | {
        "input_series": [_series(series, seconds(case["interval"])) for series in case["input_series"]],
        "alert_rule_test": [
            {
                "eval_time": look["at"],
                "alertname": look["alert"],
                "exp_alerts": [_alert(look["alert"], firing) for firing in look["fires"]],
            }
            for look in case.get("looks", [])
        ],
    }


def _alert(name: str, firing: dict) -> dict:
    rule = ALERTS[name]
    said = rule["annotations"]
    return {
        "exp_labels": rule["labels"] | {label: firing[label] for label in firing if label != "summary"},
        "exp_annotations": said | {"summary": firing["summary"]},
    }


def _series(series: dict, interval: int) -> dict:
    """Return a series as promtool reads it; `heard` is a list of times between two articles, and for how long so."""
    if "heard" not in series:
        return series
    last, until, values = 0, 0, []
    for stretch in series["heard"] * series.get("times", 1):
        every = seconds(stretch["every"])
        until += seconds(stretch["for"])
        while len(values) * interval < until:
            last += every * (len(values) * interval - last >= every)
            values.append(last)
    return {"series": series["series"], "values": " ".join(map(str, values))}


def seconds(text: str) -> int:
    """Return the seconds that words like 15m, 8h or 9d stand for."""
    return int(text[:-1]) * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[text[-1]]
