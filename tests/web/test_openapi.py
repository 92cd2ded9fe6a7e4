from __future__ import annotations

import json

from streams.web.api import Api
from streams.web.application import Site
from streams.web.openapi import OPERATIONS, document
from tests.web.made import a_picture

DOCUMENT = json.loads(document())


def test_every_address_of_the_api_is_described_and_no_other():
    described = {(one.method.upper(), f"/api/v1{one.path}") for one in OPERATIONS}
    assert served() - {("GET", "/api/v1/openapi.json")} == described


def test_every_model_that_is_named_is_there():
    named = {part.split('"')[0] for part in document().decode().split("#/components/schemas/")[1:]}
    assert named <= DOCUMENT["components"]["schemas"].keys()


def test_what_changes_something_needs_the_token():
    for path, methods in DOCUMENT["paths"].items():
        for method, told in methods.items():
            changes = method in {"post", "delete"} and path != "/rules/backtest"
            assert ("security" in told) == changes, (method, path)


def test_ids_of_operations_are_unique():
    ids = [told["operationId"] for methods in DOCUMENT["paths"].values() for told in methods.values()]
    assert len(ids) == len(set(ids))


def served():
    api = Api(a_picture(), *[None] * 7, status=bytes)
    application = Site(api, Streamless(), None, None, None, list).application()
    return {
        (route.method, route.resource.canonical)
        for route in application.router.routes()
        if route.resource.canonical.startswith("/api/") and route.method != "HEAD"
    }


class Streamless:
    """A stream that nobody opens."""

    async def open(self, request):
        raise NotImplementedError

    async def end(self, application):
        raise NotImplementedError
