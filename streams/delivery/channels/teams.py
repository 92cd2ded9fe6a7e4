"""Microsoft Teams: an Adaptive Card to a workflow's webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streams.delivery.channels.http import Reply, Request, json_request, judged
from streams.delivery.channels.wording import cut, link, severity, text, title

if TYPE_CHECKING:
    from streams.delivery.channels.post import Answer, Post

MOST = 15_000  # characters; Teams takes 28 kB for the whole
SEVERE = 7.0


class TeamsKind:
    """A workflow "when a webhook request is received"."""

    def __init__(self, url: str) -> None:
        self._url = url

    def request(self, post: Post) -> Request:
        """Return the request."""
        card = {
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "msteams": {"width": "Full"},
            "body": _blocks(post),
            "actions": _actions(post),
        }
        attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
        return json_request(self._url, {"type": "message", "attachments": [attachment]})

    def answer(self, reply: Reply) -> Answer:
        """Return what the status says."""
        return judged(reply)


def _blocks(post: Post) -> list[dict[str, Any]]:
    """Return the card's text as runs, in which Teams reads no Markdown."""
    colour = "Attention" if severity(post) >= SEVERE else "Default"
    head = {"type": "TextRun", "text": title(post), "weight": "Bolder", "color": colour}
    lines = cut(text(post), MOST).split("\n")
    runs = [{"type": "TextRun", "text": line or " ", "fontType": "Monospace"} for line in lines]
    return [{"type": "RichTextBlock", "inlines": [run]} for run in (head, *runs)]


def _actions(post: Post) -> list[dict[str, str]]:
    url = link(post)
    return [{"type": "Action.OpenUrl", "title": "Source", "url": url}] if url else []
