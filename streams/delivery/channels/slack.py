"""Slack: an incoming webhook, or a bot that answers in the thread of the first message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.delivery.channels.http import Reply, Request, json_request, judged
from streams.delivery.channels.post import Accepted, Answer, Refused, Unavailable
from streams.delivery.channels.wording import cut, text, title

if TYPE_CHECKING:
    from streams.delivery.channels.post import Post

MOST = 2900  # characters of one block; Slack takes 3000
# What the message itself is at fault for; whatever else Slack says may be mended on its side.
_REFUSALS = {"msg_too_long", "no_text", "invalid_blocks", "invalid_arguments", "msg_blocks_too_long"}


def _escaped(words: str) -> str:
    """Return words that Slack shows as they are: no link, no mention of a person or a channel."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _body(post: Post) -> dict[str, Any]:
    full = _escaped(text(post).replace("```", "'''"))
    block = {"type": "mrkdwn", "text": f"```{cut(full, MOST)}```", "verbatim": True}
    return {
        "text": cut(_escaped(title(post)), MOST),
        "blocks": [{"type": "section", "text": block}],
        "unfurl_links": False,
        "unfurl_media": False,
    }


class SlackWebhook:
    """An incoming webhook: it tells no id of a message, so each stands by itself."""

    def __init__(self, url: str) -> None:
        self._url = url

    def request(self, post: Post) -> Request:
        """Return the request."""
        return json_request(self._url, _body(post))

    def answer(self, reply: Reply) -> Answer:
        """Return what the status says."""
        return judged(reply)


class SlackBot:
    """A bot, by `chat.postMessage`."""

    def __init__(self, api: str, token: str, channel: str) -> None:
        self._url = f"{api.rstrip('/')}/chat.postMessage"
        self._token, self._channel = token, channel

    def request(self, post: Post) -> Request:
        """Return the request; in the thread of the first message, and in the channel when it takes back."""
        body = _body(post) | {"channel": self._channel}
        if post.is_reply and post.ref:
            is_cancel = bool(post.delivery.brief and post.delivery.brief.msg_type == "Cancel")
            body |= {"thread_ts": post.ref, "reply_broadcast": is_cancel}
        return json_request(self._url, body, token=self._token)

    def answer(self, reply: Reply) -> Answer:
        """Return what it means: Slack says 200 to what it refuses, and why in the body."""
        answer = judged(reply)
        if not isinstance(answer, Accepted):
            return answer
        said = reply.json()
        if said.get("ok") is True:
            return Accepted(reply.status, str(said.get("ts", "")) or None)
        error = str(said.get("error", "no word of success"))[:100]
        if error in _REFUSALS:
            return Refused(reply.status, f"Slack: {error}")
        return Unavailable(f"Slack: {error}", reply.status)
