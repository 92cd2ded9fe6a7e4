"""Answers as bytes: JSON of models, and of what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from aiohttp import web

from streams.web.answers import ErrorAnswer, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

JSON = "application/json"


def answer(model: BaseModel) -> web.Response:
    """Return a model as an answer; what is not known is left out."""
    return raw(model.model_dump_json(exclude_none=True).encode())


def raw(body: bytes, status: int = 200) -> web.Response:
    """Return JSON as an answer."""
    return web.Response(body=body, status=status, content_type=JSON)


def listed(items: Iterable[bytes], cursor: str | None = None) -> web.Response:
    """Return one page of a list whose items are JSON already. `cursor`: of the next page."""
    end = b"null" if cursor is None else b'"%s"' % cursor.encode()
    return raw(b'{"items":[%s],"next":%s}' % (b",".join(items), end))


def problem(
    status: int,
    code: str,
    message: str,
    parameter: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> web.Response:
    """Return what was wrong with a request."""
    told = ErrorAnswer(error=Problem(code=code, message=message, parameter=parameter))
    response = raw(told.model_dump_json(exclude_none=True).encode(), status)
    response.headers.update(headers or {})
    return response


def verdict(reasons: list[str]) -> web.Response:
    """Return whether all is well, with the reasons when it is not."""
    return raw(orjson.dumps({"ok": not reasons, "reasons": reasons}), 503 if reasons else 200)
