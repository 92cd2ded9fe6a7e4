"""The OpenAPI document of the API: one table of addresses, and the schemas of the models that they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from schemas import Feedback, Polarity, Status
from streams.web.answers import AlertAnswer, Card, ErrorAnswer, StatusAnswer
from streams.web.story_answers import StoryAnswer
from streams.web.world_answers import (
    BacktestAnswer,
    DyadAnswer,
    DyadRow,
    FacetsAnswer,
    FeedbackRequest,
    MatrixAnswer,
    PlaceStories,
    RuleAnswer,
    SilenceAnswer,
    SilenceRequest,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_REF = "#/components/schemas/{model}"

Parameter = dict[str, Any]


def _list_of(name: str, about: str, words: Sequence[str] = ()) -> Parameter:
    items: dict[str, Any] = {"type": "string"} | ({"enum": list(words)} if words else {})
    return {
        "name": name,
        "in": "query",
        "description": f"{about} May be repeated, or be a list with commas.",
        "schema": {"type": "array", "items": items},
        "style": "form",
        "explode": True,
    }


def _one(name: str, about: str, where: str = "query", **schema: Any) -> Parameter:
    needed = {"required": True} if where == "path" else {}
    return {"name": name, "in": where, "description": about, "schema": {"type": "string"} | schema, **needed}


FILTERS = (
    _list_of("type", "Types of the taxonomy."),
    _list_of("family", "Families of the taxonomy."),
    _list_of("status", "Statuses.", [status.value for status in Status]),
    _list_of("polarity", "Polarities.", [polarity.value for polarity in Polarity]),
    _one("min_severity", "This severe or more.", type="number", minimum=0, maximum=10),
    _list_of("dyad", "Pairs, as RUS-USA; a watched dyad of blocs stands for its pairs."),
    _list_of("language", "Languages of the reports, as fr."),
    _list_of("source", "Ids of sources."),
    _list_of("rule", "Ids of rules that alerted."),
    _one("q", "Words that all stand in headline, quote, parties or place."),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked. `content`: media type of the answer; `items`: whether it is a list of `answer`."""

    method: str
    path: str
    about: str
    answer: type[BaseModel] | None = None
    items: bool = False
    parameters: tuple[Parameter, ...] = ()
    body: type[BaseModel] | str | None = None
    token: bool = False
    status: str = "200"
    content: str = "application/json"
    errors: tuple[str, ...] = field(default=("400", "429"))


OPERATIONS = (
    Operation("get", "/status", "How fresh the data is, which sources are silent, what fires.", StatusAnswer),
    Operation(
        "get",
        "/stories",
        "The feed: stories, the one that was told last first.",
        Card,
        items=True,
        parameters=(
            *FILTERS,
            _one("limit", "Stories a page.", type="integer", minimum=1, maximum=500, default=50),
            _one("cursor", "`next` of the page before."),
        ),
    ),
    Operation(
        "get",
        "/stories/{id}",
        "One story: its mentions, origins, revisions, and what the rules made of it.",
        StoryAnswer,
        parameters=(_one("id", "Id of the story.", "path"),),
        errors=("404", "429", "503"),
    ),
    Operation("get", "/dyads", "The watched dyads as they are now.", DyadRow, items=True),
    Operation(
        "get",
        "/dyads/{dyad}",
        "One watched dyad: tension day by day, events, contact.",
        DyadAnswer,
        parameters=(_one("dyad", "As RUS-USA.", "path"),),
        errors=("400", "404", "429"),
    ),
    Operation(
        "get",
        "/matrix",
        "Who did what to whom; what happened, unless statuses are named.",
        MatrixAnswer,
        parameters=FILTERS,
    ),
    Operation(
        "get",
        "/places",
        "Where, as areas; what happened, unless statuses are named.",
        PlaceStories,
        items=True,
        parameters=FILTERS,
    ),
    Operation("get", "/facets", "What filters can be set to.", FacetsAnswer),
    Operation("get", "/rules", "The rules in force, as they are written.", RuleAnswer, items=True),
    Operation(
        "post",
        "/rules/backtest",
        "What rules would have said over the history that is held. Nothing is changed.",
        BacktestAnswer,
        body="application/yaml",
        errors=("400", "413", "429", "503"),
    ),
    Operation(
        "post",
        "/feedback",
        "Say whether a story was told right.",
        Feedback,
        body=FeedbackRequest,
        token=True,
        status="201",
        errors=("400", "401", "403", "404", "429", "503"),
    ),
    Operation("get", "/silences", "The silences that are held.", SilenceAnswer, items=True),
    Operation(
        "post",
        "/silences",
        "Silence alerts for a while.",
        SilenceAnswer,
        body=SilenceRequest,
        token=True,
        status="201",
        errors=("400", "401", "403", "429", "503"),
    ),
    Operation(
        "delete",
        "/silences/{id}",
        "End a silence now.",
        SilenceAnswer,
        parameters=(_one("id", "Id of the silence.", "path"),),
        token=True,
        errors=("401", "403", "404", "429", "503"),
    ),
    Operation(
        "get",
        "/stream",
        "Server-sent events: `story` (Card), `status` (StatusAnswer), `alert` (AlertAnswer), `dyad`, `gone` with the "
        "id of a story that is kept no more, and `reset`: events were missed, read the lists anew.",
        parameters=(*FILTERS, _one("Last-Event-ID", "The last id that was received.", "header")),
        content="text/event-stream",
        errors=("400", "429", "503"),
    ),
)

_ERRORS = {
    "400": "A parameter or field is wrong; `parameter` names it.",
    "401": "The token is missing or wrong.",
    "403": "The page is read-only: it has no token.",
    "404": "There is no such thing, or not any more.",
    "413": "The body is too large.",
    "429": "Too many requests; Retry-After says when again.",
    "503": "The brokers, or a process beside the page, did not answer.",
}


@cache
def document() -> bytes:
    """Return the document as JSON."""
    models: list[Any] = [ErrorAnswer, AlertAnswer]
    models += [model for one in OPERATIONS for model in (one.answer, one.body) if isinstance(model, type)]
    models = list(dict.fromkeys(models))
    _, schemas = models_json_schema([(model, "serialization") for model in models], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = _operation(one)
    told = {
        "openapi": "3.1.0",
        "info": {
            "title": "tocsin",
            "version": version("tocsin"),
            "summary": "Escalation and de-escalation events, stories and alerts, with their evidence.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return orjson.dumps(told)


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": one.about.partition(":")[0] if len(one.about) > 80 else one.about,  # noqa: PLR2004 - one line
        "description": one.about,
        "operationId": f"{one.method}_{one.path.strip('/').replace('/', '_').replace('{', '').replace('}', '')}",
        "parameters": list(one.parameters),
        "responses": {
            one.status: {
                "description": "What was asked for.",
                "content": {one.content: {"schema": _schema(one)}},
            }
        }
        | {
            status: {
                "description": _ERRORS[status],
                "content": {"application/json": {"schema": {"$ref": _REF.format(model="ErrorAnswer")}}},
            }
            for status in one.errors
        },
    }
    if isinstance(one.body, str):
        told["requestBody"] = {"required": True, "content": {one.body: {"schema": {"type": "string"}}}}
    elif one.body:
        schema = {"$ref": _REF.format(model=one.body.__name__)}
        told["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    if one.token:
        told["security"] = [{"token": []}]
    return told


def _schema(one: Operation) -> dict[str, Any]:
    if one.answer is None:
        return {"type": "string"}
    ref = {"$ref": _REF.format(model=one.answer.__name__)}
    if not one.items:
        return ref
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": ref},
            "next": {
                "type": ["string", "null"],
                "description": "`cursor` of the next page; null at the end.",
            },
        },
    }
