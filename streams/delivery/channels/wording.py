"""A post in words: its title in one line, its text, and where to read on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Polarity
from streams.delivery.terminal import one_line
from streams.delivery.text import render

if TYPE_CHECKING:
    from schemas import Brief
    from streams.delivery.channels.post import Post

TEST = "TEST, no alert: "
_POLARITY = {
    Polarity.ESCALATORY: "escalatory",
    Polarity.DEESCALATORY: "de-escalatory",
    Polarity.NEUTRAL: "neutral",
}


def brief_line(brief: Brief) -> str:
    """Return an alert in one line."""
    changed = "" if brief.msg_type == "Alert" else f"{brief.msg_type.upper()} "
    unconfirmed = "" if brief.confirmed else "UNCONFIRMED "
    return one_line(
        f"{changed}{unconfirmed}[{brief.severity:g}/10 {_POLARITY[brief.polarity]}] {brief.summary}"
    )


def title(post: Post) -> str:
    """Return the post in one line."""
    mark = TEST if post.is_test else ""
    if brief := post.delivery.brief:
        return mark + brief_line(brief)
    count = len(post.delivery.members)
    worst = max((brief.severity for brief in post.delivery.told), default=0.0)
    return f"{mark}{count} alerts that were held back, the most severe {worst:g}/10"


def text(post: Post) -> str:
    """Return the post in full, title included."""
    if post.alert:
        return f"{TEST}\n" * post.is_test + render(post.alert, colour=False)
    told = post.delivery.told
    lines = [title(post), *(f"- {brief_line(brief)}" for brief in told)]
    if beyond := len(post.delivery.members) - len(told):
        lines.append(f"- and {beyond} more; all of them are on the topic of alerts")
    return "\n".join(lines)


def severity(post: Post) -> float:
    """Return how severe it is; of a digest, its most severe part."""
    if brief := post.delivery.brief:
        return brief.severity
    return max((brief.severity for brief in post.delivery.told), default=0.0)


def link(post: Post) -> str | None:
    """Return where the first quote was published."""
    if post.alert is None:
        return None
    addresses = (evidence.url for evidence in post.alert.evidence)
    return next((url for url in addresses if url and url.startswith(("https://", "http://"))), None)


def cut(words: str, most: int) -> str:
    """Return the words in at most so many characters."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
