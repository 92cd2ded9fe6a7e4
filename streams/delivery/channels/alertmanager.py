"""Prometheus Alertmanager, API v2: an alert that fires until it is withdrawn or nothing changes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from streams.delivery.channels.http import Reply, Request, json_request, judged
from streams.delivery.channels.wording import TEST, link, text, title

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from schemas import Brief
    from streams.delivery.channels.post import Answer, Post

_NO_LABEL = re.compile(r"[^A-Za-z0-9_]")


class AlertmanagerKind:
    """One Alertmanager. It knows an alert by its labels, so they are what never changes in a thread."""

    def __init__(self, url: str, token: str | None, resolve_after: timedelta) -> None:
        self._url = f"{url.rstrip('/')}/api/v2/alerts"
        self._token, self._resolve_after = token, resolve_after

    def request(self, post: Post) -> Request:
        """Return the request; a digest is all its alerts at once, for it groups them itself."""
        if brief := post.delivery.brief:
            alerts = [self._alert(brief, post, _annotations(post, brief))]
        else:
            alerts = [self._alert(brief, post, {"summary": brief.summary}) for brief in post.delivery.told]
        return json_request(self._url, alerts, token=self._token)

    def answer(self, reply: Reply) -> Answer:
        """Return what the status says."""
        return judged(reply)

    def _alert(self, brief: Brief, post: Post, annotations: dict[str, str]) -> dict[str, Any]:
        own = {_NO_LABEL.sub("_", name): value for name, value in brief.labels.items()}
        labels = {"feed": "news", "alertname": brief.rule, "thread": brief.thread}
        if brief.story:
            labels["story"] = brief.story
        if post.is_test:
            labels["test"] = "true"
        ends = post.now if brief.msg_type == "Cancel" else post.now + self._resolve_after
        alert = {
            "labels": own | labels,
            "annotations": annotations | {"severity": f"{brief.severity:g}", "status": brief.status.value},
            "startsAt": _instant(min(brief.raised_at, post.now)),
            "endsAt": _instant(ends),
        }
        if post.alert and (url := link(post)):
            alert["generatorURL"] = url
        return alert


def _annotations(post: Post, brief: Brief) -> dict[str, str]:
    mark = TEST if post.is_test else ""
    return {"summary": mark + brief.summary, "title": title(post), "description": text(post)}


def _instant(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
