"""A mapping, applied: the articles that one message holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
from jmespath.exceptions import JMESPathError
from jmespath.parser import ParsedResult

from schemas.deadletter import Reason
from streams.ingest.dating import Place, believe, read_stamp, said
from streams.ingest.found import SHOWN, Found, NoArticle, Unread, complete
from streams.ingest.pages.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


DATES: Final = ("published_at", "modified_at")
_FLAGS: Final = ("retracted",)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where one field comes from: an expression, and what stands in where it gives nothing."""

    name: str
    text: str
    expression: ParsedResult | None
    stand_in: str | bool | None = None
    is_html: bool = False

    def value(self, message: Any) -> Any:
        """Return the field of this message, None where it says nothing. Raises NoArticle naming the field."""
        found = self._searched(message)
        if found is None or found == "":
            return self.stand_in
        if self.name in DATES:
            return self._date(found)
        if self.name in _FLAGS:
            return self._checked(found, isinstance(found, bool), "true or false")
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            found = "\n\n".join(found)
        words = str(self._checked(found, isinstance(found, str), "a text"))
        return plain_text(words) if self.is_html else words

    def _searched(self, message: Any) -> Any:
        if self.expression is None:
            return None
        try:
            return self.expression.search(message)
        except JMESPathError as error:
            raise NoArticle(f"{self.name}: {self.text!r}: {' '.join(str(error).split())}") from error

    def _date(self, found: Any) -> Any:
        whole = int(found) if isinstance(found, float) else found
        return self._checked(found, read_stamp(whole) is not None, "a date") and whole

    def _checked(self, found: Any, fits: bool, wanted: str) -> Any:  # noqa: FBT001 - reads as a sentence
        if not fits:
            raise NoArticle(f"{self.name}: {self.text!r} gives {str(found)[:SHOWN]!r}, which is not {wanted}")
        return found


@dataclass(frozen=True, slots=True)
class Mapping:
    """How messages become articles."""

    only: ParsedResult | None
    each: ParsedResult | None
    rules: tuple[FieldRule, ...]

    def read(self, where: str, raw: bytes | None, now: datetime) -> Iterator[Found | Unread]:
        """Yield what a message holds: articles, and what is none; nothing where it is to be passed over.

        `where` names the message; `now` is when it was read.
        """
        try:
            parts = self._parts(raw)
        except NoArticle as error:
            yield Unread(where, str(error), error.reason, raw or b"")
            return
        for number, part in enumerate(parts, start=1):
            place = f"{where}, element {number}" if self.each else where
            try:
                yield Found(place, complete(self._fields(part, now), now=now))
            except NoArticle as error:
                yield Unread(place, str(error), error.reason, raw or b"")

    def _parts(self, raw: bytes | None) -> list[Any]:
        """Return the parts of a message that are to be articles. Raises NoArticle."""
        if not raw:
            raise NoArticle("the message has no value", Reason.EMPTY)
        try:
            message = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise NoArticle(f"is not JSON: {error}", Reason.NOT_JSON) from error
        try:
            if self.only and not self.only.search(message):
                return []
            parts = self.each.search(message) if self.each else [message]
        except JMESPathError as error:
            raise NoArticle(" ".join(str(error).split())) from error
        if parts is None:
            return []
        if not isinstance(parts, list):
            raise NoArticle(f"each: gives {str(parts)[:SHOWN]!r}, which is no list")
        return parts

    def _fields(self, part: Any, now: datetime) -> dict[str, Any]:
        fields = {rule.name: value for rule in self.rules if (value := rule.value(part)) is not None}
        lang = fields.get("lang")
        dates = believe(
            said(Place.FEED, fields.pop("published_at", None), lang),
            said(Place.FEED, fields.pop("modified_at", None), lang),
            fetched_at=now,
        )
        return fields | dates.fields
