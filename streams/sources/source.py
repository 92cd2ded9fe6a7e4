"""A source of news: what the registry says of one, and how it is written in a file."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema
from pydantic_core import PydanticCustomError

from streams.errors import FileErrors
from streams.sources.countries import COUNTRIES

Kind = Literal["wire", "newspaper", "magazine", "broadcaster", "online", "government", "organisation"]

SLUG = r"^[a-z0-9][a-z0-9-]{1,63}$"
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=31)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def _known_country(code: str) -> str:
    if code not in COUNTRIES:
        raise PydanticCustomError(
            "country", "'{code}' is no country code of ISO 3166-1 alpha-3", {"code": code}
        )
    return code


def _bare_host(domain: str) -> str:
    if not _HOST.fullmatch(domain) or domain.startswith("www."):
        meant = re.sub(r"^(?:[a-z]+://)?(?:www\.)?|/.*$", "", domain.lower())
        raise PydanticCustomError(
            "domain",
            "'{domain}' must be a host in small letters, without https:// and www.",
            {"domain": domain, "meant": meant if _HOST.fullmatch(meant) else None},
        )
    return domain


def _sane_interval(interval: timedelta) -> timedelta:
    if not SHORTEST <= interval <= LONGEST:
        raise PydanticCustomError("interval", "must be between one minute and 31 days")
    return interval


Interval = Annotated[
    timedelta,
    AfterValidator(_sane_interval),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "duration"}, {"type": "number", "minimum": 60}]}),
]


class Fetching(BaseModel):
    """How the feeds and pages of a source are fetched, where the usual is not right for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    full_text: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="Whether the page of an article is read: auto, where its feed has the beginning alone.",
    )
    robots: StrictBool = Field(
        default=True,
        description="Whether its robots.txt is kept to; false for sites that allowed us in person.",
    )
    spacing: Annotated[float, Field(ge=0, le=60)] | None = Field(
        default=None, description="Seconds between two requests to its host; one where absent.", examples=[5]
    )
    authorization_env: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")] | None = Field(
        default=None,
        description="Variable of the environment that holds the Authorization header for its feeds.",
        examples=["EXAMPLE_FEED_TOKEN"],
    )


class Source(BaseModel):
    """One source of news. A field that is absent is unknown, and unknown is neither yes nor no."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=SLUG)] = Field(
        description="Never changes; small letters, digits and hyphens. Articles name their source by it.",
        examples=["lemonde"],
    )
    name: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        description="What it calls itself.", examples=["Le Monde"]
    )
    domains: list[Annotated[str, AfterValidator(_bare_host)]] = Field(
        default=[],
        description="Hosts that it publishes at, without www.; their subdomains belong to it.",
        examples=[["lemonde.fr"]],
    )
    owner: Annotated[str, Field(pattern=SLUG)] | None = Field(
        default=None,
        description="The family that it belongs to: sources of one owner are no independent witnesses.",
        examples=["groupe-lemonde"],
    )
    country: (
        Annotated[
            str,
            AfterValidator(_known_country),
            WithJsonSchema({"type": "string", "enum": sorted(COUNTRIES)}),
        ]
        | None
    ) = Field(
        default=None, description="Where its head office is: ISO 3166-1 alpha-3, or XKX.", examples=["FRA"]
    )
    langs: Annotated[list[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]], Field(min_length=1)] = Field(
        description="Languages that it publishes in, the main one first: BCP 47 without region.",
        examples=[["fr", "en"]],
    )
    kind: Kind = Field(description="What it is: a wire writes for others to print.")
    state_controlled: StrictBool | None = Field(
        default=None,
        description="Whether a government decides what it says: it owns or funds it, and no rule that is kept "
        "holds it off the newsroom. State money alone is no control.",
    )
    tier: Annotated[StrictInt, Field(ge=1, le=3)] = Field(
        description="1: correspondents of its own in many countries, answers to no government, corrects in "
        "public. 2: a newsroom of its own for one country, region or field. 3: speaks for a government, a "
        "party or a force, or mainly passes on what others report."
    )
    expected_interval: Interval | None = Field(
        default=None,
        description="How often a new article is expected at the least, day and night: an ISO 8601 duration or "
        "seconds.",
        examples=["PT15M", 900],
    )
    feeds: list[Annotated[str, Field(pattern=r"^https?://\S+$")]] = Field(
        default=[], description="Addresses of its public feeds: RSS, Atom, JSON Feed, news sitemaps."
    )
    fetching: Fetching | None = Field(
        default=None, description="How its feeds and pages are fetched, where the usual is not right for it."
    )
    names: list[Annotated[str, Field(min_length=2, max_length=120)]] = Field(
        default=[],
        description="What texts call it beside its name, in any language and inflected form; capitals count.",
        examples=[["AFP", "Agence France-Presse", "АФП"]],
    )

    @property
    def is_wire(self) -> bool:
        """Whether others print what it writes."""
        return self.kind == "wire"


class SourceFile(BaseModel):
    """A file of news sources for tocsin."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tocsin sources")

    sources: Annotated[list[Source], Field(min_length=1)] = Field(
        description="The sources. One with the id of a source that ships need only name what differs."
    )


def source_file_schema() -> str:
    """Return the JSON Schema of source files, as it stands in sources.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | SourceFile.model_json_schema()
    schema["$defs"]["Source"]["required"] = [
        "id"
    ]  # an entry that changes a known source names only what differs
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class SourceErrors(FileErrors):
    """The source registry cannot be used; `mistakes` lists everything that is wrong with it."""

    what = "the source registry"
