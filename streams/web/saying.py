"""What readers say through the page: feedback on stories, and silences; both end on their topics."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from schemas import Feedback, Silence, Verdict
from schemas.base import stable_id
from schemas.matcher import Matcher
from streams.alerting.written import Duration
from streams.delivery.records import send_feedback, send_silence
from streams.errors import nearest
from streams.web.filters import BadParameter
from streams.web.guard import Refused
from streams.web.world_answers import FeedbackRequest, SilenceAnswer, SilenceRequest

if TYPE_CHECKING:
    from pydantic import BaseModel

    from streams.settings import Settings
    from streams.web.picture import Picture

M = TypeVar("M", bound="BaseModel")


class Saying:
    """Puts what readers say on its topic."""

    def __init__(self, settings: Settings, picture: Picture) -> None:
        self._settings, self._picture = settings, picture

    async def feedback(self, body: bytes) -> Feedback:
        """Send a word on a story; return it. Raises BadParameter, Refused, BrokerUnreachable."""
        said = read_body(FeedbackRequest, body)
        verdicts = [verdict.value for verdict in Verdict]
        if said.verdict not in verdicts:
            meant = nearest(said.verdict, verdicts)
            hint = f" (did you mean {meant}?)" if meant else f"; it is one of {', '.join(verdicts)}"
            raise BadParameter("verdict", f"no verdict is called {said.verdict[:100]!r}{hint}")
        kept = self._picture.history.get(said.story)
        if kept is None:
            raise Refused(404, "not_found", f"story {said.story} is not kept")
        now = datetime.now(UTC)
        feedback = Feedback(
            id=stable_id("feedback", said.story, said.verdict, now),
            story=said.story,
            verdict=Verdict(said.verdict),
            note=said.note,
            author=said.author,
            given_at=now,
            rules=sorted(kept.rules),
            type=kept.type,
            sources=list(kept.sources),
        )
        await asyncio.to_thread(send_feedback, self._settings, feedback, now)
        return feedback

    async def silence(self, body: bytes) -> Silence:
        """Send a silence; return it. Raises BadParameter, BrokerUnreachable."""
        said = read_body(SilenceRequest, body)
        now = datetime.now(UTC)
        try:
            match = Matcher.model_validate(said.match)
        except ValidationError as error:
            raise _bad(error, "match") from error
        if match.is_empty:
            raise BadParameter("match", "it would silence every alert; name a rule, a dyad or a story")
        try:
            ends = now + TypeAdapter(Duration).validate_python(said.lasts)
        except ValidationError as error:
            raise _bad(error, "lasts") from error
        silence = Silence(
            id=stable_id("silence", match.model_dump_json(), now, said.author)[:10],
            match=match,
            starts_at=now,
            ends_at=ends,
            author=said.author,
            reason=said.reason,
        )
        await asyncio.to_thread(send_silence, self._settings, silence, now)
        return silence

    async def end(self, id_: str) -> Silence:
        """End a silence now; return it. Raises Refused, BrokerUnreachable."""
        now = datetime.now(UTC)
        found = self._picture.silences.get(id_)
        if found is None or not found.holds(now):
            raise Refused(404, "not_found", f"no silence {id_[:100]} is in force")
        ended = found.model_copy(update={"ends_at": now})
        await asyncio.to_thread(send_silence, self._settings, ended, now)
        return ended


def silence_answer(silence: Silence, now: datetime) -> SilenceAnswer:
    """Return a silence as the API answers it."""
    return SilenceAnswer(
        id=silence.id,
        match=silence.match.model_dump(mode="json", exclude_defaults=True),
        starts_at=silence.starts_at,
        ends_at=silence.ends_at,
        author=silence.author,
        reason=silence.reason,
        holds=silence.holds(now),
    )


def read_body(model: type[M], body: bytes) -> M:
    """Return the JSON of a request. Raises BadParameter naming the field that is wrong."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise _bad(error) from error


def _bad(error: ValidationError, within: str | None = None) -> BadParameter:
    first = error.errors(include_url=False, include_input=False)[0]
    names = [within] if within else []
    path = ".".join([*names, *map(str, first["loc"])]) or "body"
    return BadParameter(path, first["msg"])
