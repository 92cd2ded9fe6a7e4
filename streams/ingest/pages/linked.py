"""JSON-LD → the one record that is the article, out of graphs, lists and JSON that is nearly JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from resiliparse.parse.html import DocumentNode

Record = dict[str, Any]

MAX_SCRIPT = 2_000_000  # characters; a page with all of its comments in JSON-LD stays below
MAX_RECORDS = 500
_ARTICLE = ("Article", "Posting", "Report")  # ends of the types of schema.org that are one
_HOLDERS = ("@graph", "mainEntity", "mainEntityOfPage")  # never lists of items: those are other articles

_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*$")
_TRAILING = re.compile(r",\s*(?=[}\]])")


def article_record(root: DocumentNode, url: str | None = None) -> Record:
    """Return the JSON-LD record of the article; of several that of this address, else the fullest.

    An author or a publisher that is named by its `@id` is put in its place. Empty when there is none.
    """
    records = [
        record
        for script in root.query_selector_all('script[type^="application/ld+json"]').values()
        for record in _records(_parsed(script.text or ""))
    ][:MAX_RECORDS]
    articles = [record for record in records if _is_article(record)]
    if not articles:
        return {}
    chosen = max(articles, key=lambda record: (_is_of(record, url), _fullness(record)))
    by_id = {record["@id"]: record for record in records if isinstance(record.get("@id"), str)}
    return {name: _resolved(value, by_id) for name, value in chosen.items()}


def as_list(value: Any) -> list[Any]:
    """Return a value as JSON-LD means it: one is a list of one."""
    return value if isinstance(value, list) else [value]


def _parsed(script: str) -> Any:
    """Return what the script says; None where it is beyond mending: the page still speaks elsewhere."""
    if len(script) > MAX_SCRIPT:
        return None
    try:
        return orjson.loads(script.encode("utf-8", "replace"))
    except orjson.JSONDecodeError:
        mended = _TRAILING.sub("", _WRAPPED.sub("", script)).strip().rstrip(";")
    try:
        return json.loads(mended, strict=False)  # takes line ends within texts, the commonest mistake
    except (ValueError, RecursionError):
        return None


def _records(parsed: Any) -> Iterator[Record]:
    """Yield the records in which an article may stand, the outer first."""
    waiting = as_list(parsed)
    for _ in range(MAX_RECORDS):
        if not waiting:
            return
        record = waiting.pop(0)
        if isinstance(record, list):
            waiting[:0] = record
        elif isinstance(record, dict):
            yield record
            waiting += [inner for name in _HOLDERS for inner in as_list(record.get(name))]


def _is_article(record: Record) -> bool:
    return any(str(name).endswith(_ARTICLE) for name in as_list(record.get("@type")))


def _is_of(record: Record, url: str | None) -> bool:
    main = record.get("mainEntityOfPage")
    named = (main.get("@id") if isinstance(main, dict) else main, record.get("url"), record.get("@id"))
    return bool(url) and any(isinstance(name, str) and name.split("#")[0] == url for name in named)


def _fullness(record: Record) -> int:
    return sum(bool(record.get(name)) for name in ("headline", "datePublished", "author", "articleBody"))


def _resolved(value: Any, by_id: dict[str, Record]) -> Any:
    """Return a value, or a list of them, with the records in place of their names; not deeper: traps are deep."""
    if isinstance(value, list):
        return [_named(one, by_id) for one in value]
    return _named(value, by_id)


def _named(value: Any, by_id: dict[str, Record]) -> Any:
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return by_id.get(str(value.get("@id")), value)
    return value
