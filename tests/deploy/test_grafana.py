from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GRAFANA = ROOT / "deploy" / "grafana"
PATHS = sorted((GRAFANA / "dashboards").glob("*.json"))
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in PATHS}
PANELS = {
    f"{name}: {panel['title']}": panel
    for name, dashboard in DASHBOARDS.items()
    for panel in dashboard["panels"]
    if panel["type"] != "row"
}
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
GIVEN = {
    "__rate_interval",
    "__range",
    "__interval",
    "__field",
    "__url_time_range",
    "__value",
    "__all",
}  # by Grafana itself
ESCALATORY, DEESCALATORY = "#D55E00", "#0072B2"  # told apart by the colour-blind

each_dashboard = pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)
each_panel = pytest.mark.parametrize("panel", PANELS.values(), ids=PANELS)


def test_there_are_four_dashboards_and_the_files_are_in_step_with_their_description():
    assert set(DASHBOARDS) == {"world", "dyad", "sources", "pipeline"}
    command = [sys.executable, ROOT / "tools/build_dashboards.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_two_dashboards_share_an_address_or_a_title():
    for field in ("uid", "title"):
        assert len({dashboard[field] for dashboard in DASHBOARDS.values()}) == len(DASHBOARDS)


@each_panel
def test_every_query_of_a_panel_reads_metrics_that_we_export(panel, exported):
    assert [problem for target in panel["targets"] for problem in exported.problems(target["expr"])] == []


def test_every_rule_that_a_panel_reads_is_recorded():
    files = (ROOT / "deploy/prometheus/rules").glob("*.yml")
    groups = [group for path in files for group in yaml.safe_load(path.read_text())["groups"]]
    recorded = {rule.get("record") for group in groups for rule in group["rules"]}
    read = set(re.findall(r"tocsin:[\w:]+", json.dumps([panel["targets"] for panel in PANELS.values()])))
    assert read
    assert read <= recorded


@each_dashboard
def test_annotations_and_variables_read_metrics_that_we_export(dashboard, exported):
    queries = [annotation["expr"] for annotation in dashboard["annotations"]["list"]]
    queries += [
        variable["definition"] for variable in dashboard["templating"]["list"] if "definition" in variable
    ]
    assert [problem for query in queries for problem in exported.problems(query)] == []


@each_panel
def test_every_panel_says_what_it_shows(panel):
    assert panel["description"].endswith((".", "`.", "?"))
    assert panel["fieldConfig"]["defaults"]["unit"]


@each_dashboard
def test_no_two_panels_of_a_dashboard_share_a_title(dashboard):
    titles = Counter(panel["title"] for panel in dashboard["panels"] if panel["type"] != "row")
    assert [title for title, count in titles.items() if count > 1] == []


@each_panel
def test_promql_of_every_panel_parses(panel, check_with, tmp_path):
    rules = [
        {"record": f"panel:{panel['id']}_{target['refId']}", "expr": _filled(target["expr"])}
        for target in panel["targets"]
    ]
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    result = check_with("promtool", "check", "rules", "--lint=none", path)
    assert result.returncode == 0, result.stdout + result.stderr


def _filled(query: str) -> str:
    return re.sub(r"\$\w+", "x", query.replace("$__rate_interval", "1m"))


@each_dashboard
def test_panels_do_not_lie_on_each_other(dashboard):
    taken = [
        (panel["gridPos"]["x"] + x, panel["gridPos"]["y"] + y)
        for panel in dashboard["panels"]
        for x in range(panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24


@each_dashboard
def test_every_variable_that_is_read_is_there_and_every_one_that_is_there_is_read(dashboard):
    there = {variable["name"] for variable in dashboard["templating"]["list"]}
    read = set(re.findall(r"\$\{?(\w+)", json.dumps(dashboard)))
    assert read - GIVEN == there


@each_dashboard
def test_the_dashboards_lead_to_each_other_and_to_the_live_page(dashboard):
    among, live = dashboard["links"]
    assert among["tags"] == ["tocsin"]
    assert "tocsin" in dashboard["tags"]
    assert live["url"].startswith("${web}")
    [web] = [variable for variable in dashboard["templating"]["list"] if variable["name"] == "web"]
    assert web["current"]["value"] == "http://127.0.0.1:6068"


def test_links_into_a_dashboard_lead_to_one_that_there_is():
    linked = set(re.findall(r"/d/([\w-]+)", json.dumps(DASHBOARDS)))
    assert linked
    assert linked <= {dashboard["uid"] for dashboard in DASHBOARDS.values()}


def test_a_polarity_has_the_same_colour_wherever_it_is_drawn():
    drawn = [
        (override["matcher"]["options"], _colour(override))
        for panel in PANELS.values()
        for override in panel["fieldConfig"]["overrides"]
        if override["matcher"]["options"] in ("escalatory", "deescalatory")
    ]
    assert set(drawn) == {("escalatory", ESCALATORY), ("deescalatory", DEESCALATORY)}


def _colour(override: dict) -> str:
    return next(each["value"]["fixedColor"] for each in override["properties"] if each["id"] == "color")


def test_the_panels_ask_the_data_source_that_is_provisioned():
    sources = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yml").read_text())["datasources"]
    assert {panel["datasource"]["uid"] for panel in PANELS.values()} == {"${datasource}"}
    for dashboard in DASHBOARDS.values():
        chosen = dashboard["templating"]["list"][0]
        assert (chosen["name"], chosen["type"], chosen["query"]) == ("datasource", "datasource", "prometheus")
        assert chosen["current"]["value"] in {source["uid"] for source in sources}
    host, _, port = sources[0]["url"].removeprefix("http://").partition(":")
    assert SERVICES[host]["ports"][0].endswith(f":{port}")


def test_the_dashboards_are_mounted_where_grafana_is_told_to_look():
    provider = yaml.safe_load((GRAFANA / "provisioning/dashboards/tocsin.yml").read_text())["providers"][0]
    mounts = dict(volume.split(":")[:2] for volume in SERVICES["grafana"]["volumes"])
    assert mounts["./deploy/grafana/dashboards"] == provider["options"]["path"]
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home == f"{provider['options']['path']}/world.json"
