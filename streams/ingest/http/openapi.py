"""The OpenAPI 3.1 document of the service, generated from the models."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from pydantic.json_schema import models_json_schema

from schemas.article import Article
from streams.ingest.http.answers import BatchResult, Problem, Taken
from streams.ingest.http.body import JSON, LINES, MOST, MOST_ITEMS

if TYPE_CHECKING:
    from schemas.base import Message

_PREFIX: Final = "#/components/schemas/"


class Posted(Article):
    """An article as it is posted: an id and the time of fetching are added where it has none."""

    id: str | None = None  # type: ignore[assignment]


def document() -> dict[str, Any]:
    """Return the document."""
    models: list[type[Message]] = [Posted, Taken, BatchResult, Problem]
    _, schemas = models_json_schema(
        [(model, "validation") for model in models], ref_template=_PREFIX + "{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "tocsin ingest",
            "version": version("tocsin"),
            "description": "Post articles. What is answered with 202 lies with the brokers, on every replica in "
            "step; the same article may be posted any number of times and is published once.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/v1/articles": {"post": _POST},
            "/healthz": {"get": _probe("Whether the process is alive.")},
            "/readyz": {"get": _probe("Whether the brokers answer.")},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _content(*models: type[Message], kind: str = JSON) -> dict[str, Any]:
    refs = [{"$ref": _PREFIX + model.__name__} for model in models]
    return {kind: {"schema": refs[0] if len(refs) == 1 else {"oneOf": refs}}}


def _problem(says: str) -> dict[str, Any]:
    return {"description": says, "content": _content(Problem, kind="application/problem+json")}


def _probe(says: str) -> dict[str, Any]:
    return {"summary": says, "responses": {"200": {"description": "Yes."}, "503": {"description": "No."}}}


_RETRY: Final = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
_POSTED: Final = {"$ref": _PREFIX + "Posted"}

_POST: Final[dict[str, Any]] = {
    "summary": "Post one article, or a batch as a JSON array or as JSON lines.",
    "operationId": "postArticles",
    "security": [{"token": []}],
    "parameters": [
        {
            "name": "Content-Encoding",
            "in": "header",
            "schema": {"type": "string", "enum": ["identity", "gzip"]},
        }
    ],
    "requestBody": {
        "required": True,
        "description": f"At most {MOST:,} bytes, unpacked, and {MOST_ITEMS:,} items.",
        "content": {JSON: {"schema": {"oneOf": [_POSTED, {"type": "array", "items": _POSTED}]}}}
        | {kind: {"schema": {"type": "string", "description": "One article a line."}} for kind in LINES},
    },
    "responses": {
        "202": {
            "description": "The brokers have all of it.",
            "content": _content(Taken, BatchResult),
        },
        "207": {"description": "Of a batch, items fared differently.", "content": _content(BatchResult)},
        "400": _problem("The body is no JSON, or no sound gzip."),
        "401": _problem("No valid token was shown."),
        "403": _problem("The service is open, and was not asked for by the name of this machine."),
        "408": _problem("The body did not come in time."),
        "413": _problem("The body is too large."),
        "415": _problem("The body is of a kind that is not read."),
        "422": {
            "description": "It is no article: each fault by its field. Of a batch, no item is one.",
            "content": _content(BatchResult) | _content(Problem, kind="application/problem+json"),
        },
        "429": _problem("More is under way than there is room for.") | {"headers": _RETRY},
        "503": {
            "description": "The brokers do not answer. Sending it again is safe.",
            "content": _content(BatchResult) | _content(Problem, kind="application/problem+json"),
            "headers": _RETRY,
        },
    },
}
