"""What reading comes to: an article that was found, or an input that is none, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from schemas.article import Article, FitText, article_id, canonical_url
from schemas.base import Instant, Lang, Message
from schemas.deadletter import Reason
from streams.errors import TocsinError
from streams.ingest.dating import distrusted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

MAX_BYTES = (
    64 * 1024 * 1024
)  # of one text, page, JSON document or line; real ones stay below a hundredth of it
_TIMES = frozenset({"published_at", "fetched_at"})
_STAND_INS = {"published_at": "add it, as 2022-05-13T20:00:00Z, or give --published-at"}
SHOWN = 60  # characters of a wrong value that an error repeats


class NoArticle(TocsinError):
    """An input that holds no article; says why and what to do."""

    def __init__(self, why: str, reason: Reason = Reason.SCHEMA) -> None:
        super().__init__(why)
        self.reason = reason


def _written_out(instant: Any) -> Any:
    """Refuse a number: pydantic would read 2022 as seconds since 1970."""
    if isinstance(instant, int | float) or (isinstance(instant, str) and "-" not in instant):
        raise ValueError(f"a time is written out, as 2022-05-13T20:00:00Z, not {instant!r}")
    return instant


class Known(Message):
    """What is known of an article beside its text: by a sidecar file, or by the words of the call."""

    url: Annotated[FitText, Field(max_length=2_000)] | None = None
    source: Annotated[FitText, Field(min_length=1, max_length=200)] | None = None
    lang: Lang | None = None
    published_at: Annotated[Instant, BeforeValidator(_written_out)] | None = None
    origin_hint: Annotated[FitText, Field(max_length=200)] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that are known."""
        return self.model_dump(exclude_none=True)


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it stood. `notes` is what a person should know about how it was read."""

    where: str
    article: Article
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """An input that is no article: where it stands, why, and its bytes where they are kept for a dead letter."""

    where: str
    why: str
    reason: Reason = Reason.SCHEMA
    raw: bytes | None = None


def complete(fields: Mapping[str, Any], *, now: datetime) -> Article:
    """Return the article of these fields; it gets an id and the time of fetching if it has none.

    Raises NoArticle naming every field that is wrong.
    """
    whole = {"fetched_at": now} | dict(fields)
    for name in _TIMES.intersection(whole):
        _check(name, _written_out, whole[name])
    if "id" not in whole:
        whole["id"] = _id_of(whole)
    elif whole.get("url"):
        _check("url", canonical_url, str(whole["url"]))
    try:
        return distrusted(Article.model_validate(whole))
    except ValidationError as error:
        raise NoArticle(explain(error, Article)) from error


def _check(name: str, reader: Callable[[Any], Any], value: Any) -> None:
    try:
        reader(value)
    except ValueError as error:
        raise NoArticle(f"{name}: {error}") from error


def faults(error: NoArticle, model: type[Message]) -> list[tuple[str, str]]:
    """Return each fault of an input as its field and what is wrong; the field is empty when it is the whole."""
    if isinstance(error.__cause__, ValidationError):
        told = [_explain_one(dict(fault), model) for fault in error.__cause__.errors(include_url=False)]
        return [(field, why) for field, _, why in (one.partition(": ") for one in told)]
    field, _, why = str(error).partition(": ")
    return [(field, why) if field in model.model_fields else ("", str(error))]


def explain(error: ValidationError, model: type[Message]) -> str:
    """Return, in one line, which fields are wrong and what to do."""
    return "; ".join(_explain_one(dict(fault), model) for fault in error.errors(include_url=False))


def _id_of(fields: Mapping[str, Any]) -> str:
    url = fields.get("url")
    source, title, body = fields.get("source"), fields.get("title"), fields.get("body")
    try:
        return article_id(
            url=str(url) if url else None,
            source=str(source or Article.model_fields["source"].default),
            title=str(title or ""),
            body=str(body or ""),
        )
    except ValueError as error:
        raise NoArticle(f"url: {error}") from error


def _explain_one(fault: dict[str, Any], model: type[Message]) -> str:
    field = ".".join(str(part) for part in fault["loc"]) or "article"
    if fault["type"] == "extra_forbidden":
        return f"{field}: no such field; take it out, or use one of {', '.join(model.model_fields)}"
    if fault["type"] == "missing":
        return f"{field}: is missing; {_STAND_INS.get(field, 'add it')}"
    if fault["type"] == "unfit_text":
        return f"{field}: {fault['msg']}"
    if fault["type"] == "value_error":
        return f"{field}: {fault['ctx']['error']}"
    return f"{field}: {fault['msg']} (it is {str(fault['input'])[:SHOWN]!r})"
