"""`tocsin web`: serve the live page until told to stop."""

from __future__ import annotations

import click


@click.command()
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option("--web-host", metavar="HOST", help="Where it is served. [TOCSIN_WEB_HOST]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Its port; 0 takes a free one. [TOCSIN_WEB_PAGE_PORT]"
)
@click.option(
    "--log-level",
    type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
    help="What is logged. [TOCSIN_LOG_LEVEL]",
)
def command(*, bootstrap: str | None, web_host: str | None, port: int | None, log_level: str | None) -> None:
    """Serve the live page and its API until SIGTERM or Ctrl-C.

    It is read-only unless TOCSIN_WEB_TOKEN or TOCSIN_WEB_TOKEN_FILE gives a token. Several such processes may run side
    by side: each reads every partition itself.
    """
    from streams.settings import read_settings  # noqa: PLC0415 - the help must not wait for aiohttp
    from streams.web.process import run_web  # noqa: PLC0415

    run_web(read_settings(bootstrap=bootstrap, web_host=web_host, web_page_port=port, log_level=log_level))
