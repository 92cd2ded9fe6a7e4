"""Sources: who publishes, who fell silent, and what it yields."""

from __future__ import annotations

from dashboards.dashboard import Dashboard, Row, choice
from dashboards.palette import LOOK, WELL, WRONG
from dashboards.panel import Query, Steps, bars, coloured, heat, lines, shares, stat, table, worse_from
from dashboards.promql import buckets, grew

HERE = '{source=~"$source"}'
LAST = f"max by (source) (tocsin_source_last_article_timestamp_seconds{HERE})"
EXPECTED = (  # as the rules have it: what the registry says, or longer where the source has shown to be quieter
    f"(tocsin:source_interval_seconds{HERE} or max by (source) (tocsin_source_expected_interval_seconds{HERE}))"
)
AGE = f"(time() - {LAST})"
RECEIVED = f"tocsin_articles_received_total{HERE}"
IN_INTERVALS: Steps = (
    (None, WELL),
    (1, LOOK),
    (3, WRONG),
)  # as `tocsin sources stats`: late after one, dead after three


def _count(condition: str) -> str:
    return f"count({AGE} / {EXPECTED} {condition}) or vector(0)"


def _fetched(results: str) -> str:
    return grew(f'tocsin_source_fetches_total{{source=~"$source", result=~"{results}"}}', "1h", "source")


NOW = Row(
    "Now",
    (
        stat(
            "Alive",
            "Sources whose newest article is no older than the interval that is expected of them.",
            _count("<= 1"),
            steps=((None, WELL),),
        ),
        stat(
            "Late",
            "Sources whose newest article is older than one interval, and no older than three.",
            f"count(({AGE} / {EXPECTED} > 1) <= 3) or vector(0)",
            steps=((None, WELL), (1, LOOK)),
        ),
        stat(
            "Dead",
            "Sources whose newest article is older than three intervals.",
            _count("> 3"),
            steps=((None, WELL), (1, WRONG)),
        ),
        stat(
            "Newest article",
            "How long ago an article came in from any source.",
            f"min({AGE})",
            unit="s",
        ),
        stat("Articles, last day", "Articles read.", grew(RECEIVED, "1d")),
        stat(
            "Yield, last day",
            "Events found in a hundred articles.",
            f"100 * {grew(f'tocsin_source_events_total{HERE}', '1d')} / {grew(RECEIVED, '1d')}",
            unit="none",
        ),
    ),
)

FRESHNESS = Row(
    "Freshness",
    (
        table(
            "Every source",
            "Sources of the registry that an article came from: how old the newest is, in seconds and in expected "
            "intervals (late after one, dead after three), and what a day brought.",
            "source",
            {
                "Age in intervals": f"{AGE} / {EXPECTED}",
                "Newest": AGE,
                "Expected every": EXPECTED,
                "Articles, last day": grew(RECEIVED, "1d", "source"),
                "Events, last day": grew(f"tocsin_source_events_total{HERE}", "1d", "source"),
            },
        )
        .overridden("Age in intervals", decimals=1, **coloured(IN_INTERVALS))
        .overridden("Newest", unit="s")
        .overridden("Expected every", unit="s")
        .overridden("Articles, last day", decimals=0)
        .overridden("Events, last day", decimals=0)
        .overridden(
            "source",
            links=[{"title": "Its stories", "url": "${web}/?source=${__value.raw}", "targetBlank": True}],
        ),
        lines(
            "Age in intervals",
            "Age of the newest article in expected intervals, the ten oldest. A source that is quiet by nature has a "
            "long interval.",
            Query(f"topk(10, {AGE} / {EXPECTED} > 0)", "{{source}}"),
            unit="none",
            steps=worse_from(1, 3),
        ),
        heat(
            "Age of articles",
            "How old articles are when they are read; what is published today and read next week is a replay or a "
            "slow feed.",
            buckets("tocsin_article_age_seconds"),
        ),
    ),
)

YIELD = Row(
    "Yield",
    (
        bars(
            "Articles by source",
            "Articles an hour, the ten largest sources.",
            Query(f"topk(10, {grew(RECEIVED, '1h', 'source')} > 0)", "{{source}}"),
            every="1h",
        ).leading("Its stories", "${web}/?source=${__field.labels.source}"),
        lines(
            "Events in a hundred articles",
            "What each source yields, over six hours, the ten largest. A fall to nothing: its pages changed, or its "
            "language is not read.",
            Query(
                f"topk(10, 100 * {grew(f'tocsin_source_events_total{HERE}', '6h', 'source')} "
                f"/ {grew(RECEIVED, '6h', 'source')})",
                "{{source}}",
            ),
            unit="none",
        ),
        bars(
            "Why articles told nothing",
            "Articles an hour that yielded no event, by the filter that they stopped at.",
            Query(grew("tocsin_articles_dropped_total", "1h", "stage, reason"), "{{stage}} {{reason}}"),
            every="1h",
        ),
        shares(
            "Languages, last day",
            "Articles by language.",
            Query(grew("tocsin_articles_tagged_total", "1d", "lang"), "{{lang}}"),
            width=6,
        ),
        shares(
            "Right as readers say, by source",
            "Of the stories that readers judged, the share that was right. Empty until somebody gives feedback.",
            Query('tocsin_precision_ratio{of="source"}', "{{name}}"),
            unit="percentunit",
            width=6,
        ),
    ),
)

FETCHED = f"tocsin_source_fetches_total{HERE}"
ITEMS = f"tocsin_source_items_total{HERE}"
LAST_SUCCESS = f"max by (source) (tocsin_source_last_success_timestamp_seconds{HERE})"
LAST_NEW = f"max by (source) (tocsin_source_last_new_timestamp_seconds{HERE})"

FETCHING = Row(
    "Fetching (where tocsin ingest feeds runs)",
    (
        table(
            "Answers with nothing new",
            "Sources that answered within the hour, by how long they had nothing new: 200 OK is no sign of life.",
            "source",
            {
                "Nothing new for": f"(time() - {LAST_NEW}) and (time() - {LAST_SUCCESS} < 3600)",
                "Answered": f"time() - {LAST_SUCCESS}",
            },
            unit="s",
            width=12,
            height=9,
        ),
        bars(
            "Fetches by result",
            "Polls of feeds an hour by what they came to: something new, nothing new, or the reason of a fault.",
            Query(grew(FETCHED, "1h", "result"), "{{result}}"),
            every="1h",
        ),
        lines(
            "Sources that fail",
            "Share of the fetches of an hour that failed, the ten worst.",
            Query(
                f"topk(10, 1 - {_fetched('new|nothing_new|not_modified')} / {grew(FETCHED, '1h', 'source')}) > 0",
                "{{source}}",
            ),
            unit="percentunit",
        ),
        bars(
            "Items by outcome",
            "Items of feeds an hour: new, changed, seen before, without a date, broken.",
            Query(grew(ITEMS, "1h", "outcome"), "{{outcome}}"),
            every="1h",
        ),
    ),
)

SOURCES = Dashboard(
    name="sources",
    title="tocsin: Sources",
    about="Who publishes, who fell silent against its own rhythm, and what it yields.",
    choices=(choice("source", "Source", "tocsin_articles_received_total"),),
    rows=(NOW, FRESHNESS, YIELD, FETCHING),
)
