"""Every setting, in one class. Read once, at the edge, from TOCSIN_* environment variables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from streams.errors import TocsinError


class BadSetting(TocsinError):
    """An environment variable holds what it must not."""


class Settings(BaseSettings):
    """How this process runs. The names of the environment are the fields' with TOCSIN_ before them."""

    model_config = SettingsConfigDict(env_prefix="TOCSIN_", extra="ignore", frozen=True)

    bootstrap: str = Field(default="127.0.0.1:9092", description="Kafka brokers, HOST:PORT[,HOST:PORT…].")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        default="PLAINTEXT", description="How to speak to the brokers."
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        default="SCRAM-SHA-512", description="With SASL_*: the mechanism."
    )
    sasl_username: str | None = Field(default=None, description="With SASL_*: the user.")
    sasl_password: SecretStr | None = Field(default=None, description="With SASL_*: the password.")
    ssl_cafile: Path | None = Field(default=None, description="With *SSL: the authority's certificate.")

    partitions: Annotated[int, Field(ge=1)] = Field(
        default=4, description="Partitions of every topic: the most workers that can share the work."
    )
    replication: Annotated[int, Field(ge=1)] = Field(default=1, description="Copies of every partition.")

    delivery_timeout: Annotated[float, Field(gt=0)] = Field(
        default=60.0,
        description="Seconds for the brokers to acknowledge a message, when publishing or replaying.",
    )
    group: str = Field(default="tocsin", description="Consumer group of the workers.")
    worker_id: str | None = Field(
        default=None, description="Stable and unique a worker: keeps its partitions over a restart."
    )
    session_timeout: Annotated[float, Field(ge=6, le=90)] = Field(
        default=30.0, description="Seconds of silence after which a dead worker's partitions go to another."
    )
    web_host: str = Field(default="127.0.0.1", description="Where metrics and health are served.")
    web_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6066, description="Port of metrics and health; 0 takes a free one."
    )
    scrape_targets: Path | None = Field(
        default=None,
        description="Folder that the worker writes its address into, for Prometheus to find (`file_sd_configs`).",
    )
    stuck_after: Annotated[float, Field(gt=0)] = Field(
        default=60.0,
        description="Seconds with messages waiting and none done before a worker counts as stuck.",
    )
    rules: Path | None = Field(
        default=None, description="Alert rules, a YAML file; the starter set when absent."
    )
    sources: Path | None = Field(
        default=None,
        description="News sources of your own, a YAML file: it adds to those that ship and changes them.",
    )
    sources_learnt: Path | None = Field(
        default=None,
        description="Intervals that `tocsin sources learn --write` wrote; what TOCSIN_SOURCES states goes first.",
    )
    dyads: Path | None = Field(
        default=None, description="Dyads to watch, a YAML file; the list that ships when absent."
    )
    receivers: Path | None = Field(
        default=None, description="Who is told of alerts, a YAML file, for `tocsin deliver`."
    )
    deliver_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6067, description="Port of the feeds and pages of `tocsin deliver`; 0 takes a free one."
    )
    web_page_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6068, description="Port of the live page of `tocsin web`; 0 takes a free one."
    )
    web_names: str = Field(
        default="",
        description="Names, with commas, that the live page may be asked for by, beside localhost and addresses.",
    )
    web_token: SecretStr | None = Field(
        default=None,
        description="Who sends it may give feedback and silence; without it the page is read-only.",
    )
    web_token_file: Path | None = Field(default=None, description="A file that holds that token, instead.")
    web_stories: Annotated[int, Field(ge=1)] = Field(
        default=100_000, description="Stories that the live page keeps; below a kilobyte each."
    )
    web_events: Annotated[int, Field(ge=1)] = Field(
        default=50_000, description="Mentions of stories that the live page can look up."
    )
    web_rate: Annotated[float, Field(gt=0)] = Field(
        default=50.0, description="Requests a second that one address may make of the live page."
    )
    web_stale_after: Annotated[float, Field(gt=0)] = Field(
        default=900.0,
        description="Seconds without a new article after which the live page calls its data stale.",
    )
    feed_sender: Annotated[str, Field(pattern=r"^[^\s,<&]+$")] = Field(
        default="tocsin", description="Who speaks in the CAP feed: best a domain name of yours."
    )
    ingest_http_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6069, description="Port of `tocsin ingest http`; 0 takes a free one."
    )
    ingest_token: SecretStr | None = Field(
        default=None,
        description="What senders of articles show to `tocsin ingest http`, 16 characters or more.",
    )
    ingest_token_file: Path | None = Field(default=None, description="A file that holds that token, instead.")
    ingest_open: bool = Field(
        default=False, description="Take articles without a token, on an address of this machine alone."
    )
    ingest_room: Annotated[int, Field(ge=1_000_000)] = Field(
        default=32_000_000,
        description="Bytes of posted articles that are under way together; what is more is answered 429.",
    )
    spool: Path = Field(
        default=Path("spool"),
        description="Folder where ingest agents keep what the brokers do not take yet, a folder an agent.",
    )
    spool_limit: Annotated[int, Field(ge=1_000_000)] = Field(
        default=1_000_000_000, description="Bytes that the spool of one agent may take on disk."
    )
    spool_after: Annotated[float, Field(gt=0)] = Field(
        default=5.0, description="Seconds without the brokers' word after which an agent spools."
    )
    ingest_watch_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6071, description="Port of the metrics of `tocsin ingest watch`; 0 takes a free one."
    )
    ingest_kafka_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6072, description="Port of the metrics of `tocsin ingest kafka`; 0 takes a free one."
    )
    feeds_state: Path = Field(
        default=Path("feeds.sqlite"),
        description="File where `tocsin ingest feeds` keeps what it knows of each feed and has published of it.",
    )
    feeds_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=6070, description="Port of metrics and health of `tocsin ingest feeds`; 0 takes a free one."
    )
    fetch_allow: str = Field(
        default="",
        description="Networks that may be fetched from though they are not public, as 10.1.0.0/16[,192.168.1.5…].",
    )
    fetch_contact: Annotated[str, Field(pattern=r"^[^\s()]*$")] = Field(
        default="",
        description="Who answers for what is fetched, an address or URL: sites read it in the User-Agent.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="What is logged."
    )


def read_settings(**overrides: object) -> Settings:
    """Return the settings of the environment, with these values instead where they are not None.

    Raises BadSetting naming the variable and what was wrong with it.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "TOCSIN_" + "_".join(str(part) for part in first["loc"]).upper()
        raise BadSetting(f"{name}: {first['msg']} (it is {first['input']!r})") from error
