"""Pipeline: is tocsin itself well, how fast is it, and what waits."""

from __future__ import annotations

from dashboards.dashboard import Dashboard, Row, choice
from dashboards.palette import LOOK, PLAIN
from dashboards.panel import BAD_AT_ONE, GOOD_AT_ONE, Query, bars, heat, lines, stat, worse_from
from dashboards.promql import buckets, grew, quantile, rate

HERE = '{instance=~"$instance"}'
END_TO_END = "tocsin_end_to_end_seconds"


def _burn(window: str) -> str:
    """Return how many times faster than promised stories come late: the share that is late, of the share that may."""
    delay = "tocsin_story_delay_seconds"
    in_time = grew(f'{delay}_bucket{{instance=~"$instance", le="5.0"}}', window)
    return f"(1 - {in_time} / {grew(f'{delay}_count{HERE}', window)}) / 0.01"


NOW = Row(
    "Now",
    (
        stat(
            "Workers", "Workers that answer.", 'sum(up{job="tocsin-worker"})', unit="none", steps=GOOD_AT_ONE
        ),
        stat(
            "Articles a second",
            "Articles read, over five minutes.",
            f"sum(rate(tocsin_articles_received_total{HERE}[5m]))",
            unit="reqps",
        ),
        stat(
            "Waiting",
            "Messages on all topics that no worker has done yet.",
            f"sum(tocsin_consumer_lag_messages{HERE})",
            steps=worse_from(1_000, 10_000),
        ),
        stat(
            "Article to alert, p99",
            "99 in 100 alerts of the last hour were on their topic within this time of their article.",
            f"histogram_quantile(0.99, sum by (le) (increase({END_TO_END}_bucket{HERE}[1h])))",
            unit="s",
            steps=worse_from(2, 60),
        ),
        stat(
            "Dead letters, last day",
            "Messages that could not be processed. See `tocsin deadletters list`.",
            grew(f"tocsin_records_failed_total{HERE}", "1d"),
            steps=BAD_AT_ONE,
        ),
        stat(
            "Waiting to be sent",
            "Messages to receivers of alerts that have not been delivered yet.",
            "sum(tocsin_delivery_queue_messages)",
            steps=worse_from(10, 100),
        ),
    ),
)

FLOW = Row(
    "Flow",
    (
        lines(
            "Through the stages",
            "Messages a second that each stage worked on.",
            Query(rate(f"tocsin_stage_duration_seconds_count{HERE}", "stage"), "{{stage}}"),
            unit="reqps",
        ),
        lines(
            "Articles by what they yielded",
            "Articles tagged a second, by outcome.",
            Query(rate(f"tocsin_articles_tagged_total{HERE}", "outcome"), "{{outcome}}"),
            unit="reqps",
        ),
        lines(
            "Waiting by topic",
            "Messages that no worker has done yet.",
            Query(f"sum by (topic) (tocsin_consumer_lag_messages{HERE})", "{{topic}}"),
        ),
        lines(
            "Since the last commit, where messages wait",
            "Seconds since the committed offset moved, of the partition where that is longest. A topic on which "
            "nothing waits stands at 0: idle is not stuck.",
            Query(
                f"max by (topic) ((time() - tocsin_last_commit_timestamp_seconds{HERE}) "
                f"* (tocsin_consumer_lag_messages{HERE} > bool 0))",
                "{{topic}}",
            ),
            unit="s",
            steps=worse_from(60, 120),
        ),
    ),
)

LATENCY = Row(
    "Latency",
    (
        lines(
            "From article to alert",
            "Seconds from an article on its topic to an alert on its topic.",
            *(
                Query(quantile(share, END_TO_END, HERE), name)
                for share, name in ((0.5, "p50"), (0.99, "p99"))
            ),
            unit="s",
            steps=worse_from(2, 60),
        ).painted({"p50": PLAIN, "p99": LOOK}),
        heat(
            "From article to alert, all of them",
            "How many alerts took how long; a second band higher up is a replay or a backlog.",
            buckets(END_TO_END, HERE),
        ),
        lines(
            "Burn rate of the service level",
            "The promise is 99 in 100 revisions of stories within five seconds of their article. At 1 a month uses up "
            "what may be late in a month; from 14.4 over an hour, or 6 over six hours, an alert is raised.",
            *(Query(_burn(window), f"over {window}") for window in ("1h", "6h")),
            unit="none",
            steps=worse_from(1, 6),
        ),
        lines(
            "Work on one message",
            "99 in 100 messages take less, by stage.",
            Query(quantile(0.99, "tocsin_stage_duration_seconds", HERE, "stage"), "{{stage}}"),
            unit="s",
        ),
    ),
)

WRONG = Row(
    "What goes wrong",
    (
        bars(
            "Dead letters",
            "Dead letters, by stage and reason.",
            Query(
                grew(f"tocsin_records_failed_total{HERE}", "$__rate_interval", "stage, reason"),
                "{{stage}} {{reason}}",
            ),
        ),
        lines(
            "Share of messages that fail",
            "Dead letters among all messages worked on, by stage.",
            Query(
                f"{grew(f'tocsin_records_failed_total{HERE}', '10m', 'stage')} "
                f"/ {grew(f'tocsin_stage_duration_seconds_count{HERE}', '10m', 'stage')}",
                "{{stage}}",
            ),
            unit="percentunit",
            steps=worse_from(0.001, 0.01),
        ),
    ),
)

INGEST = Row(
    "Ingest agents (where they run)",
    (
        lines(
            "Articles by outcome",
            "Articles a second that ingest agents took, by what became of them.",
            Query(rate("tocsin_ingest_articles_total", "agent, outcome"), "{{agent}} {{outcome}}"),
            unit="reqps",
            width=8,
        ),
        bars(
            "Posts by answer",
            "Requests that post articles over HTTP, by the status of the answer: 202 is taken, 429 is asked to wait.",
            Query(grew("tocsin_ingest_http_requests_total", "$__rate_interval", "status"), "{{status}}"),
            width=8,
        ),
        lines(
            "On the spool",
            "Articles that wait on disk for the brokers to come back.",
            Query("sum by (agent) (tocsin_ingest_spool_articles)", "{{agent}}"),
            width=8,
            steps=worse_from(1, 100_000),
        ),
    ),
)

DELIVERY = Row(
    "Delivery",
    (
        bars(
            "Alerts and digests by receiver",
            "What became of them at each receiver.",
            Query(
                grew("tocsin_deliveries_total", "$__rate_interval", "receiver, outcome"),
                "{{receiver}} {{outcome}}",
            ),
            width=8,
        ),
        lines(
            "From alert to receiver, p99",
            "Seconds from the raising of an alert to the receiver's word that he has it.",
            Query(quantile(0.99, "tocsin_delivery_delay_seconds", "", "receiver"), "{{receiver}}"),
            unit="s",
            width=8,
        ),
        lines(
            "Waiting for receivers",
            "Messages that wait to be sent, by receiver.",
            Query("sum by (receiver) (tocsin_delivery_queue_messages)", "{{receiver}}"),
            width=8,
        ),
    ),
)

LIVE_PAGE = Row(
    "Live page (where tocsin web runs)",
    (
        lines(
            "Browsers",
            "Open streams: pages that are looked at live.",
            Query("sum(tocsin_web_clients)", "streams"),
            width=6,
        ),
        lines(
            "From story to screen",
            "Seconds from a story on its topic to the stream of a browser. The promise is 99 in 100 within a second.",
            *(
                Query(quantile(share, "tocsin_web_story_to_stream_seconds"), name)
                for share, name in ((0.5, "p50"), (0.99, "p99"))
            ),
            unit="s",
            width=9,
            steps=worse_from(0.5, 1),
        ).painted({"p50": PLAIN, "p99": LOOK}),
        lines(
            "Answers",
            "Requests a second that the page answered, by status.",
            Query(rate("tocsin_web_requests_total", "status"), "{{status}}"),
            unit="reqps",
            width=9,
        ),
    ),
)

WORKERS = Row(
    "Workers",
    (
        lines(
            "Partitions held", "By worker.", Query(f"tocsin_partitions_held{HERE}", "{{instance}}"), width=6
        ),
        bars(
            "Rebalances",
            "Times that the group was dealt anew, as each worker counts.",
            Query(grew(f"tocsin_rebalances_total{HERE}", "$__rate_interval", "instance"), "{{instance}}"),
            width=6,
        ),
        lines(
            "Memory",
            "Resident memory of each process.",
            Query(
                'process_resident_memory_bytes{job=~"tocsin.*", instance=~"$instance"}',
                "{{job}} {{instance}}",
            ),
            unit="bytes",
            width=6,
        ),
        lines(
            "Processor",
            "Cores used by each process; a worker can use one.",
            Query(
                'rate(process_cpu_seconds_total{job=~"tocsin.*", instance=~"$instance"}[$__rate_interval])',
                "{{job}} {{instance}}",
            ),
            width=6,
        ),
    ),
)

PIPELINE = Dashboard(
    name="pipeline",
    title="tocsin: Pipeline",
    about="Is tocsin itself well: what flows, how fast, what waits, what fails.",
    choices=(choice("instance", "Worker", "tocsin_partitions_held"),),
    rows=(NOW, FLOW, LATENCY, WRONG, INGEST, DELIVERY, LIVE_PAGE, WORKERS),
    range="now-6h",
)
