"""`python -m bench`: tagging, the pipeline beside a Faust pass-through, latency and memory, in one run."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from pathlib import Path

from bench import alerting, corpora, pages, pipeline, stories, tagging
from streams.tagging import Tagger
from streams.worker import collect_seldom
from tests.pipeline.brokers import Embedded, Kafka

LOAD = 200  # articles a second while latency is measured
LOAD_SECONDS = 10


def main() -> None:
    """Print every measurement as it is made."""
    arguments = _arguments()
    began = time.monotonic()
    tagger = Tagger.load()
    found = corpora.load(tagger)
    collect_seldom()  # as the worker does
    print(f"tocsin bench: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    print("\nTagging, one core")
    for name, articles in (
        (f"{len(found.news)} articles of {found.source}", found.news),
        ("the dense sample", found.dense),
        (f"{len(found.quiet)} articles that report nothing", found.quiet),
        (f"recipe, weather, football, culture: {len(found.everyday)}", found.everyday),
    ):
        print(f"  {name:42} {tagging.measure(tagger, articles)}", flush=True)
    print("\nPages, one core", flush=True)
    print(f"  {'14 layouts in 6 languages':42} {pages.measure()}", flush=True)
    print("\nStories, one core", flush=True)
    print(f"  {'events read, merged and written':42} {stories.measure(arguments.mentions)}", flush=True)
    print("\nRules, one core", flush=True)
    for name, rate in alerting.measure():
        print(f"  {name:46} {rate}", flush=True)
    if not arguments.tagging:
        with tempfile.TemporaryDirectory(prefix="tocsin-bench-broker-") as folder:
            broker = (Kafka if arguments.broker == "kafka" else Embedded)(Path(folder))
            try:
                _pipeline(found, arguments, broker)
            finally:
                broker.stop()
    print(f"\n{time.monotonic() - began:.0f} s in all")


def _pipeline(found: corpora.Corpora, arguments: argparse.Namespace, broker: Embedded | Kafka) -> None:
    kind, count, workers = type(broker).__name__, arguments.articles, arguments.workers
    print(f"\nPipeline, one worker, {kind} broker, {count:,} articles a run")
    peer, _ = pipeline.rate(pipeline.PASS_THROUGH, corpora.only(found.news, count), broker)
    print(f"  {'Faust pass-through':42} {peer:8,.0f} articles/s", flush=True)
    memory = []
    for name, articles in (
        (f"article to alert, 1 in {corpora.DENSE_EVERY} dense", corpora.mix(found, count)),
        (f"article to alert, {found.source}", corpora.only(found.news, count // 4)),
        ("article to alert, dense sample", corpora.only(found.dense, count // 10)),
    ):
        ours, peak = pipeline.rate(pipeline.WORKER, articles, broker)
        memory.append(peak or 0)
        print(f"  {name:42} {ours:8,.0f} articles/s {ours / peer:6.0%} of the pass-through", flush=True)
    articles = corpora.mix(found, LOAD * (LOAD_SECONDS + 1))
    told = pipeline.latency(articles, broker, load=LOAD, workers=workers)
    print(
        f"  {f'article to alert at {LOAD}/s, workers: {workers}':42} p50 {told.p50:,.0f} ms   p99 {told.p99:,.0f} ms"
        f"   ({told.alerts:,} alerts)"
    )
    print(f"  {'worker, peak memory':42} {max(memory):8,.0f} MB")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--tagging", action="store_true", help="measure tagging, stories and rules, no pipeline"
    )
    parser.add_argument("--mentions", type=int, default=50_000, help="that are merged into stories")
    parser.add_argument("--broker", choices=["embedded", "kafka"], default="embedded")
    parser.add_argument("--articles", type=int, default=2_000, help="that go through the pipeline in a run")
    parser.add_argument(
        "--workers", type=int, default=1, help="that share the work while latency is measured"
    )
    arguments = parser.parse_args()
    if arguments.workers > 1 and arguments.broker == "embedded":
        parser.error("the embedded broker is for one worker: add --broker kafka")
    return arguments


if __name__ == "__main__":
    main()
