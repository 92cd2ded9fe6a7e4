"""The JSON API: each address, what it answers, and what it asks of who may ask."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aiohttp import web

from streams.web import lists, responses
from streams.web.dyad_page import on_day, page_of, row_of
from streams.web.errand import ErrandFailed
from streams.web.filters import Filter, read_dyad, read_filter
from streams.web.guard import Refused
from streams.web.openapi import document
from streams.web.rule_lab import rule_answers
from streams.web.saying import silence_answer
from streams.web.story_page import story_page
from streams.web.sums import COUNTS, Facets, Matrix, WhereAbouts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from schemas import Dyad
    from streams.alerting import Rules
    from streams.web.guard import Guard
    from streams.web.kept import Kept
    from streams.web.lookup import LookUp
    from streams.web.pairs import Pairs
    from streams.web.picture import Picture
    from streams.web.rule_lab import RuleLab
    from streams.web.saying import Saying
    from streams.web.tension_days import TensionDays
    from streams.web.world_answers import FacetsAnswer

ROOT = "/api/v1"
FACETS_GOOD_FOR = 10.0  # seconds; to count 100,000 stories takes a tenth of one


class Api:
    """Answers the requests of the API. `status`: the strip as JSON."""

    def __init__(
        self,
        picture: Picture,
        pairs: Pairs,
        rules: Rules,
        guard: Guard,
        look_up: LookUp,
        days: TensionDays,
        lab: RuleLab,
        saying: Saying,
        *,
        status: Callable[[], bytes],
    ) -> None:
        self._picture, self._pairs, self._rules, self._guard = picture, pairs, rules, guard
        self._look_up, self._days, self._lab, self._saying = look_up, days, lab, saying
        self._strip = status
        self._facets: tuple[float, FacetsAnswer] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the addresses, with who answers at each."""
        return [
            web.get(f"{ROOT}/status", self._status),
            web.get(f"{ROOT}/stories", self._stories),
            web.get(f"{ROOT}/stories/{{id}}", self._story),
            web.get(f"{ROOT}/dyads", self._dyads),
            web.get(f"{ROOT}/dyads/{{dyad}}", self._dyad),
            web.get(f"{ROOT}/matrix", self._matrix),
            web.get(f"{ROOT}/places", self._places),
            web.get(f"{ROOT}/facets", self._show_facets),
            web.get(f"{ROOT}/rules", self._show_rules),
            web.post(f"{ROOT}/rules/backtest", self._backtest),
            web.post(f"{ROOT}/feedback", self._feedback),
            web.get(f"{ROOT}/silences", self._silences),
            web.post(f"{ROOT}/silences", self._silence),
            web.delete(f"{ROOT}/silences/{{id}}", self._end_silence),
            web.get(f"{ROOT}/openapi.json", self._openapi),
        ]

    async def _status(self, _request: web.Request) -> web.Response:
        return responses.raw(self._strip())

    async def _stories(self, request: web.Request) -> web.Response:
        return await lists.stories(request, self._picture.history, self._pairs)

    async def _story(self, request: web.Request) -> web.Response:
        id_ = request.match_info["id"]
        page = await story_page(id_, self._picture, self._look_up, self._rules)
        if page is None:
            raise Refused(404, "not_found", f"story {id_[:100]} is not kept, or not any more")
        return responses.answer(page)

    async def _dyads(self, _request: web.Request) -> web.Response:
        self._days.refresh()
        rows = [row_of(id_, self._pairs, self._watched(id_)) for id_ in self._pairs]
        return responses.listed(row.model_dump_json(exclude_none=True).encode() for row in rows)

    async def _dyad(self, request: web.Request) -> web.Response:
        id_ = read_dyad("dyad", request.match_info["dyad"])
        if id_ not in self._pairs:
            raise Refused(404, "not_found", f"{id_} is not watched; watched are {', '.join(self._pairs)}")
        dyad = self._watched(id_)
        series = await self._days.of(id_) if dyad else []
        stories = self._about(id_)
        return responses.answer(page_of(id_, self._pairs, dyad, series, stories))

    def _watched(self, id_: str) -> Dyad | None:
        dyad = self._picture.dyads.get(id_)
        return on_day(dyad, datetime.now(UTC).date()) if dyad else None

    def _about(self, dyad: str) -> list[Kept]:
        pairs = self._pairs.of(dyad)
        stories = self._picture.history.newest_first()
        return [one for one in stories if not one.cancelled and not pairs.isdisjoint(one.dyads)]

    async def _matrix(self, request: web.Request) -> web.Response:
        matrix = Matrix()
        async for kept in self._that_happened(request):
            matrix.add(kept)
        return responses.answer(matrix.answer())

    async def _places(self, request: web.Request) -> web.Response:
        places = WhereAbouts()
        async for kept in self._that_happened(request):
            places.add(kept)
        return responses.listed(one.model_dump_json(exclude_none=True).encode() for one in places.answers())

    async def _that_happened(self, request: web.Request) -> AsyncIterator[Kept]:
        """Yield the stories that a query means; unless it names statuses, those that happened."""
        wanted = read_filter(request.query, self._pairs)
        async for kept in lists.picked(self._picture.history, wanted):
            if wanted.statuses or kept.status in COUNTS:
                yield kept

    async def _show_facets(self, _request: web.Request) -> web.Response:
        now = time.monotonic()
        if self._facets is None or now - self._facets[0] > FACETS_GOOD_FOR:
            counts = Facets(self._pairs)
            async for kept in lists.picked(self._picture.history, Filter()):
                counts.add(kept)
            self._facets = now, counts.answer(self._picture.registry, self._rules)
        return responses.answer(self._facets[1])

    async def _show_rules(self, _request: web.Request) -> web.Response:
        firing = self._picture.alarms.firing(datetime.now(UTC))
        alerts = Counter({one.rule: one.alerts_24h for one in firing})
        told = rule_answers(self._rules, alerts)
        return responses.listed(one.model_dump_json(exclude_none=True).encode() for one in told)

    async def _backtest(self, request: web.Request) -> web.Response:
        self._guard.check_rate(request, costly=True)
        try:
            text = (await request.read()).decode()
        except UnicodeDecodeError as error:
            raise Refused(400, "bad_body", f"the rules are not UTF-8: {error}") from error
        try:
            return responses.answer(await self._lab.backtest(text))
        except ErrandFailed as error:
            raise Refused(503, "failed", f"the back-test: {error}") from error

    async def _feedback(self, request: web.Request) -> web.Response:
        body = await self._allowed(request)
        feedback = await self._saying.feedback(body)
        return responses.raw(feedback.model_dump_json(exclude_none=True).encode(), 201)

    async def _silences(self, _request: web.Request) -> web.Response:
        now = datetime.now(UTC)
        held = sorted(self._picture.silences.values(), key=lambda one: one.ends_at, reverse=True)
        return responses.listed(
            silence_answer(one, now).model_dump_json(exclude_none=True).encode() for one in held
        )

    async def _silence(self, request: web.Request) -> web.Response:
        body = await self._allowed(request)
        silence = await self._saying.silence(body)
        told = silence_answer(silence, silence.starts_at)
        return responses.raw(told.model_dump_json(exclude_none=True).encode(), 201)

    async def _end_silence(self, request: web.Request) -> web.Response:
        await self._allowed(request)
        ended = await self._saying.end(request.match_info["id"])
        return responses.answer(silence_answer(ended, ended.ends_at))

    async def _allowed(self, request: web.Request) -> bytes:
        """Return the body of a request that changes something, of one who may. Raises Refused."""
        self._guard.check_rate(request, costly=True)
        self._guard.check_token(request)
        return await request.read()

    async def _openapi(self, _request: web.Request) -> web.Response:
        return responses.raw(document())
