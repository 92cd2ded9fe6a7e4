"""CAP 1.2 (OASIS): one document an alert, and the Atom feed that lists them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from schemas import Polarity, Status
from schemas.brief import brief_of
from streams.delivery.channels.wording import brief_line
from streams.delivery.feeds.atom import entry, head
from streams.delivery.feeds.xml import document, put
from streams.delivery.text import render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from schemas import Alert, Place

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CONTENT_TYPE = "application/cap+xml"
HOLDS_FOR = timedelta(days=1)
_SEVERITIES = ((8.0, "Extreme"), (6.0, "Severe"), (3.0, "Moderate"), (0.0, "Minor"))
_URGENCIES = {
    Status.ONGOING: "Immediate",
    Status.PLANNED: "Future",
    Status.CONDITIONAL: "Future",
    Status.HISTORICAL: "Past",
}
_UNLIKELY = {Status.DENIED: "Unlikely", Status.CONDITIONAL: "Possible", Status.PLANNED: "Possible"}


def cap_alert(alert: Alert, *, sender: str, raised_at: Mapping[str, datetime]) -> bytes:
    """Return an alert as a CAP document.

    `raised_at` says when the alerts that it refers to were raised; CAP names them by it.
    """
    root = ET.Element("alert", {"xmlns": NAMESPACE})
    put(root, "identifier", alert.id)
    put(root, "sender", sender)
    put(root, "sent", _instant(alert.raised_at))
    put(root, "status", "Actual")
    put(root, "msgType", alert.msg_type)
    put(root, "source", "tocsin: told by news sources, not by an authority")
    put(root, "scope", "Public")
    known = [f"{sender},{id_},{_instant(raised_at[id_])}" for id_ in alert.references if id_ in raised_at]
    if known:
        put(root, "references", " ".join(known))
    if alert.story:
        put(root, "incidents", alert.story.id)
    _info(root, alert)
    return document(root)


def cap_feed(alerts: Sequence[Alert], *, address: str) -> bytes:
    """Return the Atom feed that lists the CAP documents. `address` is where the feed is served."""
    root = head("urn:tocsin:cap", "tocsin alerts in CAP 1.2", alerts, address)
    base = address.rpartition("/")[0]
    for alert in alerts:
        item = entry(root, alert)
        put(item, "link", rel="alternate", type=CONTENT_TYPE, href=f"{base}/cap/{alert.id}.xml")
    return document(root)


def _info(root: ET.Element, alert: Alert) -> None:
    brief = brief_of(alert)
    info = put(root, "info")
    put(info, "language", "en")
    put(info, "category", "Security")
    put(info, "event", alert.rule.title)
    put(info, "urgency", _URGENCIES.get(alert.status, "Unknown"))
    put(info, "severity", _severity(alert))
    put(info, "certainty", _UNLIKELY.get(alert.status) or ("Likely" if brief.confirmed else "Possible"))
    put(info, "effective", _instant(alert.raised_at))
    put(info, "expires", _instant(alert.raised_at + HOLDS_FOR))
    put(info, "senderName", "tocsin")
    put(info, "headline", brief_line(brief))
    put(info, "description", render(alert, colour=False))
    if url := next((evidence.url for evidence in alert.evidence if evidence.url), None):
        put(info, "web", url)
    for name, value in _parameters(alert):
        parameter = put(info, "parameter")
        put(parameter, "valueName", name)
        put(parameter, "value", value)
    if alert.story and alert.story.place:
        _area(info, alert.story.place)


def _area(info: ET.Element, place: Place) -> None:
    area = put(info, "area")
    put(area, "areaDesc", place.name)
    if place.lat is not None and place.lon is not None:
        put(area, "circle", f"{place.lat:g},{place.lon:g} 0")
    if place.country:
        code = put(area, "geocode")
        put(code, "valueName", "ISO3166-1 alpha-3")
        put(code, "value", place.country)


def _severity(alert: Alert) -> str:
    """Return CAP's word. What lowers a risk is no threat to anybody, however great it is."""
    if alert.polarity is Polarity.DEESCALATORY:
        return "Minor"
    return next(word for least, word in _SEVERITIES if alert.severity >= least)


def _parameters(alert: Alert) -> list[tuple[str, str]]:
    told = [
        ("tocsin:rule", f"{alert.rule.id} {alert.rule.version}"),
        ("tocsin:status", alert.status.value),
        ("tocsin:polarity", alert.polarity.value),
        ("tocsin:severity", f"{alert.severity:g}"),
        ("tocsin:thread", alert.dedup_key),
    ]
    if alert.story:
        told += [("tocsin:type", alert.story.type), ("tocsin:origins", str(alert.story.origins))]
    return told


def _instant(at: datetime) -> str:
    """Return an instant as CAP wants it: to the second, the offset written out, UTC as -00:00."""
    return at.strftime("%Y-%m-%dT%H:%M:%S-00:00")
