"""`tocsin ingest http`: take articles that others post, until told to stop."""

from __future__ import annotations

import click


@click.command()
@click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
@click.option("--web-host", metavar="HOST", help="Where it listens. [TOCSIN_WEB_HOST]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Its port; 0 takes a free one. [TOCSIN_INGEST_HTTP_PORT]"
)
@click.option(
    "--open",
    "is_open",
    is_flag=True,
    default=None,
    help="Ask for no token; on an address of this machine alone. [TOCSIN_INGEST_OPEN]",
)
@click.option(
    "--log-level",
    type=click.Choice(["DEBUG", "INFO", "WARNING", "ERROR"]),
    help="What is logged. [TOCSIN_LOG_LEVEL]",
)
def command(
    *,
    bootstrap: str | None,
    web_host: str | None,
    port: int | None,
    is_open: bool | None,
    log_level: str | None,
) -> None:
    """Take articles that others POST to /v1/articles, until SIGTERM or Ctrl-C.

    Senders show a token: TOCSIN_INGEST_TOKEN, or the file TOCSIN_INGEST_TOKEN_FILE. An article is answered with 202
    when the brokers have it. /openapi.json describes all of it.
    """
    from streams.ingest.http.process import run_http  # noqa: PLC0415 - the help must not wait for aiohttp
    from streams.settings import read_settings  # noqa: PLC0415

    run_http(
        read_settings(
            bootstrap=bootstrap,
            web_host=web_host,
            ingest_http_port=port,
            ingest_open=is_open,
            log_level=log_level,
        )
    )
