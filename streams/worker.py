"""One worker process: checks what it needs, runs the app, ends with the exit code that says how it went."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, NoReturn

import faust
from prometheus_client import CollectorRegistry

from streams import topics
from streams.app import make_app
from streams.broker import admin
from streams.metrics import Metrics
from streams.port import free_port
from streams.scrape_target import announced

if TYPE_CHECKING:
    from streams.settings import Settings

LOGGER = logging.getLogger(__name__)
COLLECTED_AFTER = (10_000, 10, 10)  # an article makes some thousand objects, of which few are cycles
NOISY = ("aiokafka", "kafka", "faust", "mode")  # what they log at INFO is about themselves


def run_worker(settings: Settings) -> NoReturn:
    """Run the agents until SIGTERM or SIGINT, then exit: 0 when told to stop, 1 after a crash.

    Raises TocsinError when it cannot start: no broker, no topics, port taken, bad rules, no folder for scrape targets.
    """
    _log(settings.log_level)
    client = admin(settings)
    partitions = topics.require(client, settings)
    client.close()
    port = free_port(settings.web_host, settings.web_port)
    settings = settings.model_copy(update={"web_port": port, "partitions": partitions})
    app = make_app(settings, Metrics(CollectorRegistry()))
    collect_seldom()
    LOGGER.info(
        "worker of group %s on %s, %d partitions, http://%s:%d/metrics /healthz /readyz",
        settings.group,
        settings.bootstrap,
        partitions,
        settings.web_host,
        settings.web_port,
    )
    worker = faust.Worker(app, override_logging=False, redirect_stdouts=False, quiet=True)
    worker.spinner = None  # it writes escape codes even where no terminal is
    name = f"worker-{settings.worker_id or port}"
    with announced(settings.scrape_targets, name, settings.web_host, port):
        worker.execute_from_commandline()


def collect_seldom() -> None:
    """Look for cycles as seldom as they are made, and never again in what was made so far: it stays for good."""
    gc.set_threshold(*COLLECTED_AFTER)
    gc.collect()
    gc.freeze()


def _log(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if level == "INFO":
        for name in NOISY:
            logging.getLogger(name).setLevel(logging.WARNING)
