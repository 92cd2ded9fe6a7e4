"""`tocsin worker`: run the agents until told to stop."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option("--web-host", metavar="HOST", help="Where metrics and health are served. [TOCSIN_WEB_HOST]")
@click.option(
    "--web-port", type=click.IntRange(0, 65535), help="Their port; 0 takes a free one. [TOCSIN_WEB_PORT]"
)
@click.option(
    "--worker-id",
    metavar="ID",
    help="Stable and unique: keeps its partitions over a restart. [TOCSIN_WORKER_ID]",
)
@click.option("--rules", type=click.Path(path_type=Path), help="Alert rules, a YAML file. [TOCSIN_RULES]")
@click.option("--dyads", type=click.Path(path_type=Path), help="Dyads to watch, a YAML file. [TOCSIN_DYADS]")
@click.option(
    "--log-level",
    type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
    help="What is logged. [TOCSIN_LOG_LEVEL]",
)
def command(
    *,
    bootstrap: str | None,
    web_host: str | None,
    web_port: int | None,
    worker_id: str | None,
    rules: Path | None,
    dyads: Path | None,
    log_level: str | None,
) -> None:
    """Read articles, send events, stories, dyads and alerts, until SIGTERM or Ctrl-C.

    Exits 0 when told to stop, 1 after a crash: run it under something that starts it again.
    """
    from streams.settings import read_settings  # noqa: PLC0415 - the help must not wait for Faust
    from streams.worker import run_worker  # noqa: PLC0415

    run_worker(
        read_settings(
            bootstrap=bootstrap,
            web_host=web_host,
            web_port=web_port,
            worker_id=worker_id,
            rules=rules,
            dyads=dyads,
            log_level=log_level,
        )
    )
