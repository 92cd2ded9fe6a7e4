"""World: what happens now, as far as the news tell it."""

from __future__ import annotations

from dashboards.dashboard import Dashboard, Row, choice
from dashboards.palette import DEESCALATORY, ESCALATORY, POLARITY
from dashboards.panel import Query, bars, coloured, heat, lines, shares, stat, table, worse_from
from dashboards.promql import buckets, grew

HAPPENED = 'status=~"occurred|ongoing", type=~"$type"'
FIRST = f"tocsin_first_reports_total{{{HAPPENED}}}"
POINTS = "tocsin_severity_points_total"
ACTORS, UNKNOWN = "tocsin_event_actors_total", '{actor="unknown"}'
ALERTS = 'tocsin_alerts_emitted_total{msg_type="Alert", rule=~"$rule"}'
CONTACT = "max by (dyad) (tocsin_dyad_last_contact_timestamp_seconds)"
BOTH_WAYS = '{dyad=~"[^>]+"}'


def _first(polarity: str) -> str:
    return f'tocsin_first_reports_total{{{HAPPENED}, polarity="{polarity}"}}'


def _points(polarity: str) -> str:
    return f'{POINTS}{{polarity="{polarity}"}}'


NOW = Row(
    "The last day",
    (
        stat(
            "Escalatory",
            "Happenings told for the first time that raise the risk of armed conflict; reprints add nothing.",
            grew(_first("escalatory"), "1d"),
            steps=((None, ESCALATORY),),
        ),
        stat(
            "De-escalatory",
            "Happenings told for the first time that lower the risk of armed conflict.",
            grew(_first("deescalatory"), "1d"),
            steps=((None, DEESCALATORY),),
        ),
        stat("Alerts", "Rules that fired anew; updates and cancellations left out.", grew(ALERTS, "1d")),
        stat("Live stories", "Stories that are still told.", "sum(tocsin_stories_held)"),
        stat(
            "Newest article",
            "How long ago an article came in from any source. If this is long, nothing else here is of now.",
            "time() - max(tocsin_source_last_article_timestamp_seconds)",
            unit="s",
        ),
        stat(
            "Widest z",
            "The watched dyad that is furthest above what is usual for it.",
            f"max(tocsin_dyad_tension_z{BOTH_WAYS})",
            unit="none",
        ),
    ),
)

EVENTS = Row(
    "Events",
    (
        bars(
            "Up and down",
            "Happenings told for the first time: escalatory above the line, de-escalatory below it.",
            Query(grew(_first("escalatory"), "1h"), "escalatory"),
            Query(f"-{grew(_first('deescalatory'), '1h')}", "deescalatory"),
            low=None,
            every="1h",
        ).painted(POLARITY),
        bars(
            "Severity up and down",
            "Severity of what happened, added up over an hour: a strike weighs more than a threat.",
            Query(grew(_points("escalatory"), "1h"), "escalatory"),
            Query(f"-{grew(_points('deescalatory'), '1h')}", "deescalatory"),
            low=None,
            every="1h",
        ).painted(POLARITY),
        bars(
            "By type",
            "Happenings told for the first time, an hour, the ten most frequent types.",
            Query(f"topk(10, {grew(FIRST, '1h', 'type')} > 0)", "{{type}}"),
            every="1h",
        ).leading("Its stories", "${web}/?type=${__field.labels.type}"),
        bars(
            "Severity by family",
            "Severity of what happened, added up over an hour, by what kind of happening it is.",
            Query(f"{grew(POINTS, '1h', 'family')} > 0", "{{family}}"),
            every="1h",
        ),
        shares(
            "Types, last day",
            "Happenings told for the first time in a day, the fifteen most frequent types.",
            Query(f"topk(15, {grew(FIRST, '1d', 'type')} > 0)", "{{type}}"),
        ).leading("Its stories", "${web}/?type=${__field.labels.type}"),
        shares(
            "Whether it happened, last day",
            "Events by status. Only what occurred or is ongoing counts on this page; what is planned or denied is "
            "kept apart.",
            Query(grew('tocsin_events_emitted_total{type=~"$type"}', "1d", "status"), "{{status}}"),
        ),
        shares(
            "Alerts by rule, last day",
            "Rules that fired anew.",
            Query(f"{grew(ALERTS, '1d', 'rule')} > 0", "{{rule}}"),
        ).leading("Its stories", "${web}/?rule=${__field.labels.rule}"),
    ),
)

WATCHED = Row(
    "Watched dyads",
    (
        table(
            "Watched dyads",
            "The index, how unusual it is for this pair (z), days since the last contact on any channel, and what "
            "moved it in a day.",
            "dyad",
            {
                "z": f"max by (dyad) (tocsin_dyad_tension_z{BOTH_WAYS})",
                "Tension": f"max by (dyad) (tocsin_dyad_tension{BOTH_WAYS})",
                "Days since contact": f"(time() - {CONTACT}) / 86400",
                "Up, last day": grew('tocsin_dyad_events_total{polarity="escalatory"}', "1d", "dyad"),
                "Down, last day": grew('tocsin_dyad_events_total{polarity="deescalatory"}', "1d", "dyad"),
            },
            width=24,
        )
        .overridden("z", decimals=1, **coloured(((None, DEESCALATORY), (-1, "text"), (2, ESCALATORY))))
        .overridden("Tension", decimals=1)
        .overridden("Days since contact", decimals=0)
        .overridden(
            "dyad",
            links=[
                {"title": "This dyad", "url": "/d/tocsin-dyad?var-dyad=${__value.raw}&${__url_time_range}"},
                {"title": "On the live page", "url": "${web}/dyads/${__value.raw}", "targetBlank": True},
            ],
        ),
    ),
)

TOLD = Row(
    "How it is told",
    (
        bars(
            "Alerts by rule",
            "Rules that fired anew, an hour.",
            Query(f"{grew(ALERTS, '1h', 'rule')} > 0", "{{rule}}"),
            width=8,
            every="1h",
        ).leading("Its stories", "${web}/?rule=${__field.labels.rule}"),
        lines(
            "Stories by novelty",
            "Revisions of stories an hour, by what the latest mention added.",
            Query(grew("tocsin_stories_emitted_total", "1h", "novelty"), "{{novelty}}"),
            width=8,
        ),
        heat(
            "Independent origins",
            "Revisions of stories by how many independent reporters stand behind them; reprints of one wire are one.",
            buckets("tocsin_story_origins"),
            unit="short",
            width=8,
        ),
        shares(
            "Right as readers say, by rule",
            "Of the stories that readers judged, the share that was right. Empty until somebody gives feedback.",
            Query('tocsin_precision_ratio{of="rule"}', "{{name}}"),
            unit="percentunit",
        ),
        lines(
            "Share of unknown actors",
            "Events whose actor no list knows. A rise: the news name somebody new, or the lists grew old.",
            Query(
                f"{grew(f'{ACTORS}{UNKNOWN}', '6h')} / {grew(ACTORS, '6h')}",
                "unknown",
            ),
            unit="percentunit",
            width=8,
        ),
        lines(
            "Drift of the mix",
            "How far the types of a day are from those of the fortnight before: 0 is the same mix, 1 no type in "
            "common. Above 0.3 either the world changed, or what comes in, or how it is read.",
            Query("tocsin:type_mix:distance", "distance"),
            unit="percentunit",
            width=8,
            steps=worse_from(0.2, 0.3),
        ),
    ),
)

WORLD = Dashboard(
    name="world",
    title="tocsin: World",
    about="What happens now, as far as the news tell it. Only what occurred or is ongoing counts.",
    choices=(
        choice("type", "Type", "tocsin_first_reports_total"),
        choice("rule", "Rule", "tocsin_alerts_emitted_total"),
    ),
    rows=(NOW, EVENTS, WATCHED, TOLD),
)
