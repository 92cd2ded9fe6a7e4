from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GRAFANA = ROOT / "deploy" / "grafana"
DASHBOARDS = sorted((GRAFANA / "dashboards").glob("*.json"))
PANELS = [panel for path in DASHBOARDS for panel in json.loads(path.read_text())["panels"]]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]

each_panel = pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])


@each_panel
def test_every_query_of_a_panel_reads_metrics_that_we_export(panel, exported):
    assert [problem for target in panel["targets"] for problem in exported.problems(target["expr"])] == []


@each_panel
def test_every_panel_says_what_it_shows(panel):
    assert panel["description"]
    assert panel["fieldConfig"]["defaults"]["unit"]


@each_panel
def test_promql_of_every_panel_parses(panel, check_with, tmp_path):
    rules = [
        {
            "record": f"panel:{panel['id']}_{target['refId']}",
            "expr": target["expr"].replace("$__rate_interval", "1m"),
        }
        for target in panel["targets"]
    ]
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    result = check_with("promtool", "check", "rules", "--lint=none", path)
    assert result.returncode == 0, result.stdout + result.stderr


def test_panels_do_not_lie_on_each_other():
    taken = [
        (panel["gridPos"]["x"] + x, panel["gridPos"]["y"] + y)
        for panel in PANELS
        for x in range(panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24


def test_the_panels_ask_the_data_source_that_is_provisioned():
    sources = yaml.safe_load((GRAFANA / "provisioning/datasources/prometheus.yml").read_text())["datasources"]
    provisioned = {source["uid"] for source in sources}
    assert {panel["datasource"]["uid"] for panel in PANELS} == provisioned
    host, _, port = sources[0]["url"].removeprefix("http://").partition(":")
    assert SERVICES[host]["ports"][0].endswith(f":{port}")


def test_the_dashboards_are_mounted_where_grafana_is_told_to_look():
    provider = yaml.safe_load((GRAFANA / "provisioning/dashboards/tocsin.yml").read_text())["providers"][0]
    mounts = dict(volume.split(":")[:2] for volume in SERVICES["grafana"]["volumes"])
    assert mounts["./deploy/grafana/dashboards"] == provider["options"]["path"]
    home = SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home in {f"{provider['options']['path']}/{path.name}" for path in DASHBOARDS}
