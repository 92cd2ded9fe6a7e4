"""The latest alerts as feeds: Atom, and CAP 1.2. Pure: alerts in, XML out."""

from streams.delivery.feeds.atom import atom_feed
from streams.delivery.feeds.cap import cap_alert, cap_feed
from streams.delivery.feeds.recent import Recent

__all__ = ["Recent", "atom_feed", "cap_alert", "cap_feed"]
