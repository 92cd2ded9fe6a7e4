"""Matrix: a message to a room. The id of the transaction is the delivery's: a repeat is no second message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streams.delivery.channels.http import Reply, Request, json_request, judged
from streams.delivery.channels.post import Unavailable
from streams.delivery.channels.wording import text

if TYPE_CHECKING:
    from streams.delivery.channels.post import Answer, Post

MILLISECONDS = 1000


class MatrixKind:
    """A room."""

    def __init__(self, homeserver: str, room: str, token: str) -> None:
        room_path = quote(room, safe="")
        self._url = f"{homeserver.rstrip('/')}/_matrix/client/v3/rooms/{room_path}/send/m.room.message"
        self._token = token

    def request(self, post: Post) -> Request:
        """Return the request; a change to an alert goes into the thread of the first."""
        body: dict[str, Any] = {"msgtype": "m.text", "body": text(post), "m.mentions": {}}
        if post.is_reply and post.ref:
            body["m.relates_to"] = {
                "rel_type": "m.thread",
                "event_id": post.ref,
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": post.ref},
            }
        return json_request(f"{self._url}/{post.key}", body, token=self._token, method="PUT")

    def answer(self, reply: Reply) -> Answer:
        """Return what it means; older servers say in the body when to come again."""
        said = reply.json()
        answer = judged(reply, str(said.get("event_id", "")) or None)
        asked = said.get("retry_after_ms")
        if isinstance(answer, Unavailable) and answer.retry_after is None and isinstance(asked, int):
            return Unavailable(answer.said, answer.status, max(0, asked) / MILLISECONDS)
        return answer
