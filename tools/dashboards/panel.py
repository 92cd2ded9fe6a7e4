"""One panel: what it asks, how it shows the answer, and why anyone should look at it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from dashboards.palette import LOOK, PLAIN, WELL, WRONG

SOURCE = {"type": "prometheus", "uid": "${datasource}"}

Json = dict[str, Any]
Steps = tuple[tuple[float | None, str], ...]  # from this value on, this colour; the first from None

GOOD_AT_ONE: Steps = ((None, WRONG), (1, WELL))
BAD_AT_ONE: Steps = ((None, WELL), (1, WRONG))
NEITHER: Steps = ((None, PLAIN),)


def worse_from(look: float, wrong: float) -> Steps:
    """Return thresholds that are well below `look` and wrong from `wrong` on."""
    return ((None, WELL), (look, LOOK), (wrong, WRONG))


@dataclass(frozen=True, slots=True)
class Query:
    """One query; `name` is the legend. `now` asks for one instant, not for the time shown."""

    expr: str
    name: str = ""
    now: bool = False
    format: str = "time_series"

    def json(self, ref: str) -> Json:
        """Return it as Grafana reads it."""
        return {
            "refId": ref,
            "datasource": SOURCE,
            "expr": self.expr,
            "legendFormat": self.name,
            "instant": self.now,
            "range": not self.now,
            "format": self.format,
        }


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel without its place. `defaults` and `options` are Grafana's, for this kind of panel."""

    kind: str
    title: str
    about: str
    queries: tuple[Query, ...]
    unit: str
    width: int
    height: int
    defaults: Json = field(default_factory=dict)
    options: Json = field(default_factory=dict)
    overrides: tuple[Json, ...] = ()
    transformations: tuple[Json, ...] = ()
    links: tuple[Json, ...] = ()
    every: str = ""  # the least time between two points

    def json(self, number: int, x: int, y: int) -> Json:
        """Return it as Grafana reads it, with its number on the dashboard and its place."""
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.about,
            "datasource": SOURCE,
            "gridPos": {"x": x, "y": y, "w": self.width, "h": self.height},
            "targets": [query.json(chr(ord("A") + at)) for at, query in enumerate(self.queries)],
            "fieldConfig": {
                "defaults": {"unit": self.unit, **self.defaults},
                "overrides": list(self.overrides),
            },
            "options": self.options,
            "transformations": list(self.transformations),
            "links": list(self.links),
            **({"interval": self.every} if self.every else {}),
        }

    def linked(self, title: str, url: str) -> Panel:
        """Return the panel with a link in its corner."""
        return replace(self, links=(*self.links, {"title": title, "url": url, "targetBlank": True}))

    def leading(self, title: str, url: str) -> Panel:
        """Return the panel with a link at each of its values."""
        link = {"title": title, "url": url, "targetBlank": True}
        return replace(self, defaults={**self.defaults, "links": [link]})

    def painted(self, colours: dict[str, str]) -> Panel:
        """Return the panel with the series of these names in these colours."""
        return replace(
            self,
            overrides=(
                *self.overrides,
                *(
                    override(name, color={"mode": "fixed", "fixedColor": colour})
                    for name, colour in colours.items()
                ),
            ),
        )

    def overridden(self, name: str, **properties: Any) -> Panel:
        """Return the panel with these properties for the field of one name; `_` in a property stands for a dot."""
        return replace(self, overrides=(*self.overrides, override(name, **properties)))


def override(name: str, **properties: Any) -> Json:
    """Return Grafana's override of properties for the field of one name; `_` stands for a dot."""
    return {
        "matcher": {"id": "byName", "options": name},
        "properties": [{"id": id_.replace("_", "."), "value": value} for id_, value in properties.items()],
    }


def stat(
    title: str, about: str, expr: str, *, unit: str = "short", steps: Steps = NEITHER, width: int = 4
) -> Panel:
    """Return one large number, as it is now."""
    return Panel(
        "stat",
        title,
        about,
        (Query(expr, now=True),),
        unit,
        width,
        4,
        {"min": 0, "thresholds": _thresholds(steps), "color": {"mode": "thresholds"}, "noValue": "-"},
        {
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "colorMode": "value",
            "graphMode": "none",
            "textMode": "value",
        },
    )


def lines(
    title: str,
    about: str,
    *queries: Query,
    unit: str = "short",
    width: int = 12,
    steps: Steps | None = None,
    low: float | None = 0,
) -> Panel:
    """Return lines over time; `steps` draws thresholds behind them, `low` is where the axis begins."""
    drawn: Json = {"custom": {"drawStyle": "line", "fillOpacity": 8, "lineWidth": 1, "showPoints": "auto"}}
    if low is not None:
        drawn["min"] = low
    if steps:
        drawn["thresholds"] = _thresholds(steps)
        drawn["custom"]["thresholdsStyle"] = {"mode": "dashed"}
    return Panel("timeseries", title, about, queries, unit, width, 9, drawn, _LEGEND)


def bars(
    title: str,
    about: str,
    *queries: Query,
    unit: str = "short",
    width: int = 12,
    low: float | None = 0,
    every: str = "",
) -> Panel:
    """Return bars over time, stacked on each other; `every` is what one bar stands for."""
    drawn = {
        "custom": {"drawStyle": "bars", "fillOpacity": 80, "lineWidth": 0, "stacking": {"mode": "normal"}},
        **({} if low is None else {"min": low}),
    }
    return Panel("timeseries", title, about, queries, unit, width, 9, drawn, _LEGEND, every=every)


def shares(title: str, about: str, *queries: Query, unit: str = "short", width: int = 8) -> Panel:
    """Return one horizontal bar for each series, as it is now."""
    return Panel(
        "bargauge",
        title,
        about,
        tuple(replace(query, now=True) for query in queries),
        unit,
        width,
        9,
        {"min": 0, "color": {"mode": "fixed", "fixedColor": PLAIN}, "thresholds": _thresholds(NEITHER)},
        {
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
            "orientation": "horizontal",
            "displayMode": "basic",
            "showUnfilled": True,
        },
    )


def heat(title: str, about: str, expr: str, *, unit: str = "s", width: int = 12) -> Panel:
    """Return the buckets of a histogram over time, darker where more fell in."""
    return Panel(
        "heatmap",
        title,
        about,
        (Query(expr, "{{le}}", format="heatmap"),),  # the format makes buckets of what adds up
        unit,
        width,
        9,
        {},
        {
            "calculate": False,
            "color": {"mode": "scheme", "scheme": "Cividis", "reverse": True, "steps": 64},
            "yAxis": {"unit": unit},
            "cellGap": 1,
            "tooltip": {"mode": "single", "yHistogram": True},
        },
    )


def table(
    title: str,
    about: str,
    key: str,
    columns: dict[str, str],
    *,
    unit: str = "short",
    width: int = 24,
    height: int = 10,
) -> Panel:
    """Return a table with a row for each value of the label `key`, and a column for each query by its heading."""
    queries = tuple(Query(expr, heading, now=True, format="table") for heading, expr in columns.items())
    names = {f"Value #{chr(ord('A') + at)}": heading for at, heading in enumerate(columns)}
    tidy = {"excludeByName": {"Time": True}, "renameByName": names}
    return Panel(
        "table",
        title,
        about,
        queries,
        unit,
        width,
        height,
        {"custom": {"align": "auto", "filterable": True}, "thresholds": _thresholds(NEITHER)},
        {
            "showHeader": True,
            "cellHeight": "sm",
            "sortBy": [{"displayName": next(iter(columns)), "desc": True}],
        },
        transformations=(
            {"id": "joinByField", "options": {"byField": key, "mode": "outer"}}
            if len(columns) > 1
            else {"id": "merge", "options": {}},
            {"id": "filterFieldsByName", "options": {"include": {"pattern": f"^({key}|Value.*)$"}}},
            {"id": "organize", "options": tidy},
        ),
    )


def coloured(steps: Steps) -> Json:
    """Return the override properties that colour the text of a cell by thresholds."""
    return {"thresholds": _thresholds(steps), "custom_cellOptions": {"type": "color-text"}}


_LEGEND: Json = {
    "legend": {"displayMode": "table", "placement": "right", "calcs": ["lastNotNull", "max"]},
    "tooltip": {"mode": "multi", "sort": "desc"},
}


def _thresholds(steps: Steps) -> Json:
    return {
        "mode": "absolute",
        "steps": [{"color": colour, "value": value} for value, colour in steps],
    }
