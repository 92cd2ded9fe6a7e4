"""`tocsin deliver`: tell the receivers of alerts until told to stop."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option(
    "--receivers", type=click.Path(path_type=Path), help="Who is told, a YAML file. [TOCSIN_RECEIVERS]"
)
@click.option("--web-host", metavar="HOST", help="Where feeds and pages are served. [TOCSIN_WEB_HOST]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Their port; 0 takes a free one. [TOCSIN_DELIVER_PORT]"
)
@click.option(
    "--log-level",
    type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
    help="What is logged. [TOCSIN_LOG_LEVEL]",
)
def command(
    *,
    bootstrap: str | None,
    receivers: Path | None,
    web_host: str | None,
    port: int | None,
    log_level: str | None,
) -> None:
    """Tell the receivers of alerts, and serve the feeds, until SIGTERM or Ctrl-C.

    Run one such process: it reads every partition itself. Exits 0 when told to stop, 1 after a crash: run it
    under something that starts it again.
    """
    from streams.delivery.process import run_delivery  # noqa: PLC0415 - the help must not wait for aiohttp
    from streams.settings import read_settings  # noqa: PLC0415

    run_delivery(
        read_settings(
            bootstrap=bootstrap,
            receivers=receivers,
            web_host=web_host,
            deliver_port=port,
            log_level=log_level,
        )
    )
