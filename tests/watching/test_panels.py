"""Every query of every dashboard, and every rule, on a real Prometheus that watched a real run."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

DASHBOARDS = sorted((Path(__file__).parents[2] / "deploy" / "grafana" / "dashboards").glob("*.json"))
MAY_BE_EMPTY = {  # why a sound run may have nothing to show
    "Drift of the mix": "compares a day with the fortnight before it, and the run takes a minute",
    "Sources that fail": "a feed is polled once in such a short run, and once is no share of an hour",
}
CHOSEN = {"dyad": "RUS-USA"}  # of variables that have one value at a time
SPAN = 60  # seconds that a panel looks back on


def _panels(dashboard: dict) -> list[dict]:
    return [panel for panel in dashboard["panels"] if panel["type"] != "row"]


def _id(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module", params=DASHBOARDS, ids=_id)
def dashboard(request):
    return json.loads(request.param.read_text())


@pytest.fixture
def filled(dashboard, prometheus):
    """Return a function that fills the variables into a query, as Grafana does with what is chosen at first."""
    values = {"__rate_interval": "10s", "__interval": "1s", "__range": "1h"}

    def fill(query: str) -> str:
        return re.sub(r"\$\{?(\w+)\}?", lambda found: values[found[1]], query)

    for variable in dashboard["templating"]["list"]:
        if variable["type"] == "query":
            found = _values(prometheus, fill(variable["query"]["query"]), variable["regex"])
            assert found, f"the variable {variable['name']} finds no value"
            chosen = CHOSEN.get(variable["name"], found[0])
            assert chosen in found
            values[variable["name"]] = variable["allValue"] if variable["includeAll"] else chosen
    return fill


def _values(prometheus, query: str, regex: str) -> list[str]:
    """Return what the variable offers."""
    series, label = re.fullmatch(r"label_values\((.+), (\w+)\)", query).groups()
    found = prometheus.ask(f"label/{label}/values", **{"match[]": series})
    matches = [re.search(regex.strip("/"), value) for value in found] if regex else []
    return [match[1] for match in matches if match] if regex else found


def test_every_query_of_every_panel_is_answered_with_data(dashboard, filled, prometheus):
    problems = []
    for panel in _panels(dashboard):
        for target in panel["targets"]:
            query = filled(target["expr"])
            try:
                answered = _answer(prometheus, query, instant=target["instant"])
            except AssertionError as error:
                problems.append(f"{panel['title']}: {error}")
                continue
            if not answered and panel["title"] not in MAY_BE_EMPTY:
                problems.append(f"{panel['title']}: nothing answers {query}")
    assert problems == []


def test_panels_that_may_be_empty_exist():
    titles = {panel["title"] for path in DASHBOARDS for panel in _panels(json.loads(path.read_text()))}
    assert set(MAY_BE_EMPTY) <= titles


def test_every_annotation_is_a_sound_query(dashboard, filled, prometheus):
    for annotation in dashboard["annotations"]["list"]:
        _answer(prometheus, filled(annotation["expr"]), instant=False)


def test_every_rule_evaluates_without_an_error(prometheus):
    rules = [rule for group in prometheus.ask("rules")["groups"] for rule in group["rules"]]
    assert rules
    assert [(rule["name"], rule.get("lastError")) for rule in rules if rule["health"] != "ok"] == []


def _answer(prometheus, query: str, *, instant: bool) -> bool:
    """Ask a query; tell whether there is a number in the answer."""
    if instant:
        result = prometheus.ask("query", query=query)["result"]
        return any(series["value"][1] != "NaN" for series in result)
    now = time.time()
    result = prometheus.ask("query_range", query=query, start=now - SPAN, end=now, step=2)["result"]
    return any(value != "NaN" for series in result for _, value in series["values"])
