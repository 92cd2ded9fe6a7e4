"""The Atom feed (RFC 4287): one entry an alert, its text in full."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from schemas.brief import brief_of
from streams.delivery.channels.wording import brief_line
from streams.delivery.feeds.xml import document, put
from streams.delivery.text import render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Alert

NAMESPACE = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom_feed(alerts: Sequence[Alert], *, address: str) -> bytes:
    """Return the feed of these alerts, the newest first. `address` is where it is served."""
    root = head("urn:tocsin:alerts", "tocsin alerts", alerts, address)
    for alert in alerts:
        item = entry(root, alert)
        for url in dict.fromkeys(evidence.url for evidence in alert.evidence if evidence.url):
            put(item, "link", rel="related", href=url)
        put(item, "content", render(alert, colour=False), type="text")
    return document(root)


def head(id_: str, title: str, alerts: Sequence[Alert], address: str) -> ET.Element:
    """Return a feed without entries."""
    root = ET.Element("feed", {"xmlns": NAMESPACE})
    put(root, "id", id_)
    put(root, "title", title)
    put(root, "updated", instant(max((alert.raised_at for alert in alerts), default=_NEVER)))
    put(put(root, "author"), "name", "tocsin")
    put(root, "link", rel="self", href=address)
    return root


def entry(root: ET.Element, alert: Alert) -> ET.Element:
    """Add the entry of an alert, and return it."""
    item = put(root, "entry")
    put(item, "id", f"urn:tocsin:alert:{alert.id}")
    put(item, "title", brief_line(brief_of(alert)), type="text")
    put(item, "updated", instant(alert.raised_at))
    put(item, "published", instant(alert.raised_at))
    if alert.story:
        put(item, "category", term=alert.story.type)
    put(item, "category", term=alert.rule.id, scheme="urn:tocsin:rule")
    put(item, "summary", alert.summary, type="text")
    return item


def instant(at: datetime) -> str:
    """Return an instant as RFC 3339 writes it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
