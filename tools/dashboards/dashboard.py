"""A dashboard: rows of panels under each other, the choices above them, and the ways from it to the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboards.palette import DEESCALATORY, ESCALATORY, LOOK
from dashboards.panel import SOURCE, Json, Panel

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = 24  # of Grafana's grid
LIVE_PAGE = "http://127.0.0.1:6068"  # where `tocsin web` is, unless told otherwise


@dataclass(frozen=True, slots=True)
class Row:
    """Panels beside each other under one heading; they wrap where the grid ends."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One dashboard. `choices` are the variables that only it has."""

    name: str
    title: str
    about: str
    choices: tuple[Json, ...]
    rows: tuple[Row, ...]
    range: str = "now-24h"

    @property
    def uid(self) -> str:
        """Its name in addresses."""
        return f"tocsin-{self.name}"

    def json(self) -> Json:
        """Return it as Grafana reads it."""
        return {
            "uid": self.uid,
            "title": self.title,
            "description": self.about,
            "tags": ["tocsin"],
            "schemaVersion": 39,
            "version": 1,
            "editable": False,
            "graphTooltip": 1,  # one crosshair on all panels
            "refresh": "30s",
            "time": {"from": self.range, "to": "now"},
            "timezone": "utc",
            "templating": {"list": [_datasource(), *self.choices, _web()]},
            "annotations": {"list": _annotations()},
            "links": _links(),
            "panels": list(self._placed()),
        }

    def _placed(self) -> Iterator[Json]:
        number, y = 1, 0
        for row in self.rows:
            yield _heading(number, row.title, y)
            number, x, y = number + 1, 0, y + 1
            tallest = 0
            for panel in row.panels:
                if x + panel.width > COLUMNS:
                    x, y, tallest = 0, y + tallest, 0
                yield panel.json(number, x, y)
                number, x, tallest = number + 1, x + panel.width, max(tallest, panel.height)
            y += tallest


def choice(
    name: str, label: str, metric: str, *, of: str | None = None, many: bool = True, regex: str = ""
) -> Json:
    """Return a variable: the values that the label `of` has on a metric. Of many, all are chosen at first."""
    query = f"label_values({metric}, {of or name})"
    every = {"includeAll": True, "allValue": ".*", "current": {"text": "All", "value": "$__all"}}
    return {
        "type": "query",
        "name": name,
        "label": label,
        "datasource": SOURCE,
        "query": {"query": query, "refId": name},
        "definition": query,
        "regex": regex,
        "refresh": 2,  # when the time shown changes
        "sort": 1,
        "multi": many,
        **(every if many else {"includeAll": False}),
    }


def hidden(variable: Json) -> Json:
    """Return the variable so that nobody sees it: it follows from another."""
    return {**variable, "hide": 2}


def _datasource() -> Json:
    return {
        "type": "datasource",
        "name": "datasource",
        "label": "Prometheus",
        "query": "prometheus",
        "current": {"text": "Prometheus", "value": "prometheus"},
        "hide": 0,
    }


def _web() -> Json:
    return {
        "type": "textbox",
        "name": "web",
        "label": "Live page",
        "query": LIVE_PAGE,
        "current": {"text": LIVE_PAGE, "value": LIVE_PAGE},
    }


def _annotations() -> list[Json]:
    raised = 'sum by (rule) (increase(tocsin_alerts_emitted_total{{msg_type="{}"}}[1m])) > 0'
    return [
        _annotation("Rules that fired", ESCALATORY, raised.format("Alert"), "{{rule}}"),
        _annotation("Alerts taken back", DEESCALATORY, raised.format("Cancel"), "{{rule}}"),
        _annotation(
            "tocsin itself is unwell",
            LOOK,
            'ALERTS{alertstate="firing", alertname=~"Tocsin.*", alertname!="TocsinWatchdog"}',
            "{{alertname}}",
        ),
    ]


def _annotation(name: str, colour: str, expr: str, title: str) -> Json:
    return {
        "name": name,
        "datasource": SOURCE,
        "enable": True,
        "iconColor": colour,
        "expr": expr,
        "step": "60s",
        "titleFormat": title,
        "textFormat": name,
        "useValueForTime": False,
    }


def _links() -> list[Json]:
    among = {"asDropdown": False, "includeVars": False, "keepTime": True, "targetBlank": False}
    return [
        {"type": "dashboards", "title": "tocsin", "tags": ["tocsin"], "icon": "external link", **among},
        {
            "type": "link",
            "title": "Live page",
            "tooltip": "The stories, with the words that they rest on",
            "url": "${web}/",
            "icon": "external link",
            "tags": [],
            **(among | {"keepTime": False, "targetBlank": True}),
        },
    ]


def _heading(number: int, title: str, y: int) -> Json:
    return {
        "id": number,
        "type": "row",
        "title": title,
        "collapsed": False,
        "gridPos": {"x": 0, "y": y, "w": COLUMNS, "h": 1},
        "panels": [],
    }
