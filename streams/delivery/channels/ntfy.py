"""ntfy: a push to phones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.delivery.channels.http import Reply, Request, json_request, judged
from streams.delivery.channels.wording import cut, link, severity, text, title

if TYPE_CHECKING:
    from streams.delivery.channels.post import Answer, Post

MOST_TITLE, MOST_TEXT = 200, 3500  # characters; beyond 4096 bytes ntfy makes an attachment of it
_PRIORITIES = ((8.0, 5), (6.0, 4), (3.0, 3), (0.0, 2))  # severity from which on, ntfy's priority


class NtfyKind:
    """A topic of an ntfy server."""

    def __init__(self, url: str, topic: str, token: str | None) -> None:
        self._url, self._topic, self._token = url, topic, token

    def request(self, post: Post) -> Request:
        """Return the request."""
        body: dict[str, Any] = {
            "topic": self._topic,
            "title": cut(title(post), MOST_TITLE),
            "message": _short(text(post)),
            "priority": next(level for least, level in _PRIORITIES if severity(post) >= least),
            "tags": ["test"] if post.is_test else [],
        }
        if url := link(post):
            body["click"] = url
        return json_request(self._url, body, token=self._token)

    def answer(self, reply: Reply) -> Answer:
        """Return what the status says."""
        return judged(reply, str(reply.json().get("id", "")) or None)


def _short(words: str) -> str:
    return words.encode()[:MOST_TEXT].decode(errors="ignore")
