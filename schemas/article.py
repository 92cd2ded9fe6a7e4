"""Article: one published text, as ingest found it."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Annotated
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from schemas.base import Id, Instant, Lang, Message, stable_id

MAX_BODY = 1_000_000  # characters; the longest news texts, transcripts of hearings, stay below 600,000
REDATED_AFTER = timedelta(days=2)  # midnight on both sides of the date line lies within
MAX_LINE = 100_000  # characters; a longer "paragraph" is a data blob, and every tool downstream chokes on it

# What no published text contains, and what breaks consumers in other languages: C0 controls but tab
# and line ends, and lone surrogates, which cannot be written as UTF-8.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

# Query parameters that say how a reader came, not what is read.
_TRACKING = re.compile(r"^(utm_.*|fbclid|gclid|mc_cid|mc_eid|ref|ref_src|cmpid|ocid|xtor|at_.*)$")


def fit_text(text: str) -> str:
    """Return the text if it can be processed.

    Raises `unfit_text` when it holds control characters, lone surrogates or a line beyond MAX_LINE.
    """
    if found := _UNFIT.search(text):
        raise PydanticCustomError(
            "unfit_text",
            "holds {char} at character {at}; remove control characters and lone surrogates",
            {"char": f"U+{ord(found[0]):04X}", "at": found.start()},
        )
    if len(text) > MAX_LINE and (longest := max(map(len, text.splitlines()), default=0)) > MAX_LINE:
        raise PydanticCustomError(
            "unfit_text",
            "has a line of {length} characters, the limit is {limit}",
            {"length": longest, "limit": MAX_LINE},
        )
    return text


FitText = Annotated[str, AfterValidator(fit_text)]


class DateFlag(StrEnum):
    """What to know of `published_at` before it is relied on; docs/dates.md has the rule that sets them."""

    UNDATED = "undated"  # no place states a date that can be believed: not known when it was published
    FUTURE = "future"  # a date that was stated lay ahead of the clock and was not believed
    REDATED = "redated"  # a later date was stated than the one it was first published with
    FROM_URL = "from_url"  # the date in the address
    FROM_HTTP = "from_http"  # when the server says that the page last changed
    ONLY_DAY = "only_day"  # the day is known, the time of day is not: midnight UTC stands for it
    NO_ZONE = "no_zone"  # the time was stated without a zone and read as UTC


class Article(Message):
    r"""One published text. `title + "\n" + body` is what every evidence offset counts in."""

    id: Id = Field(description="Stable: hash of the canonical URL, else of source, title and body.")
    url: Annotated[FitText, Field(max_length=2_000)] | None = Field(
        default=None, description="Where it was published."
    )
    source: Annotated[FitText, Field(min_length=1, max_length=200)] = Field(
        default="unknown", description="Id in the source registry."
    )
    title: Annotated[FitText, Field(max_length=2_000)] = Field(default="", description="The headline.")
    body: Annotated[FitText, Field(max_length=MAX_BODY)] = Field(
        description=f"The text without mark-up: no control characters but tab and line ends, no lone "
        f"surrogates, no line beyond {MAX_LINE:,} characters."
    )
    lang: Lang | None = Field(default=None, description="Detected when absent.")
    published_at: Instant = Field(description="When it was published; relative dates are read from here.")
    modified_at: Instant | None = Field(
        default=None, description="When its publisher last changed it, as it says itself."
    )
    first_seen_at: Instant | None = Field(
        default=None, description="When ingest first found it, in whatever version."
    )
    fetched_at: Instant | None = Field(default=None, description="When ingest found this version of it.")
    date_flags: Annotated[list[DateFlag], Field(max_length=len(DateFlag))] = Field(
        default=[], description="What to know of `published_at` before it is relied on."
    )
    origin_hint: Annotated[FitText, Field(max_length=200)] | None = Field(
        default=None, description="Wire or publisher that the text or the feed names."
    )
    authors: Annotated[list[Annotated[FitText, Field(max_length=200)]], Field(max_length=20)] = Field(
        default=[], description="Who wrote it, as the page names them."
    )
    publisher: Annotated[FitText, Field(max_length=200)] | None = Field(
        default=None, description="Who published it, as the page names it."
    )
    partial: bool = Field(
        default=False,
        description="Whether the text is the beginning alone, as publishers show before they are paid.",
    )
    retracted: bool = Field(
        default=False, description="Whether its publisher took it back: nothing that it told counts any more."
    )
    backfill: bool = Field(
        default=False,
        description="Whether it comes from an archive: it is learnt from, and raises no alert by itself.",
    )

    @property
    def is_old_news(self) -> bool:
        """Whether it was published anew under a later date: nobody is alerted by what was news then."""
        seen = self.first_seen_at or self.fetched_at
        old = seen is not None and self.published_at < seen - REDATED_AFTER
        return old and DateFlag.REDATED in self.date_flags

    @property
    def text(self) -> str:
        """Title and body as one text, the one that evidence offsets count in."""
        return f"{self.title}\n{self.body}"


@lru_cache(maxsize=1_000)  # asked twice for each article: whether it is an address, and for the id
def canonical_url(url: str) -> str:
    """Return the URL without what leaves the text the same: tracking, fragment, case of the host."""
    parts = urlsplit(url.strip())
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(name)
    )
    path = parts.path.rstrip("/") or "/"
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, urlencode(query), ""))


def article_id(*, url: str | None, source: str, title: str, body: str) -> str:
    """Return the id of an article: of its canonical URL, else of source, title and body."""
    return stable_id("url", canonical_url(url)) if url else stable_id("text", source, title, body)
