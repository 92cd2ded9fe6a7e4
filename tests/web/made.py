"""Stories as the page keeps them, and what it is asked."""

from __future__ import annotations

from itertools import count

from multidict import MultiDict

from schemas import encode
from streams.sources import Registry
from streams.web.gist import StoryGist, read
from streams.web.hub import Hub
from streams.web.kept import History
from streams.web.picture import Bounds, Message, Picture
from tests.factories import a_story, an_event

_MS = count(1_669_000_000_000, 1000)


def gist(story) -> StoryGist:
    return read(StoryGist, encode(story))


def a_history(*stories, most=1000) -> History:
    """Return a history that was told these stories, one a second."""
    history = History(most)
    for story in stories:
        history.take(gist(story), next(_MS), 0)
    return history


def kept(story=None, type_="military_communication", **changes):
    """Return one story as it is kept; this one, or one of an event of this kind."""
    story = story or a_story(an_event(type_, **changes))
    return a_history(story).get(story.id)


def query(words: str = "") -> MultiDict:
    """Return the parameters of an address."""
    pairs = [part.partition("=") for part in words.split("&") if part]
    return MultiDict((name, value.replace("+", " ")) for name, _, value in pairs)


def a_picture(registry=None, **bounds) -> Picture:
    """Return a picture that tells what comes."""
    return Picture(registry or Registry([]), Hub("epoch"), Bounds(**bounds), live=True)


def message(topic, value, *, key="", offset=0, ms=None) -> Message:
    """Return a message on a topic; `value` is bytes or what becomes them."""
    raw = value if value is None or isinstance(value, bytes) else encode(value)
    return Message(topic.name, 0, offset, ms or next(_MS), key, raw)


def told(listener) -> list[str]:
    """Return the events that wait for a listener, without their ids."""
    words = listener.waiting()
    return [
        "reset" if word is None else word.frame.split(b"event: ")[1].split(b"\n")[0].decode()
        for word in words
    ]
