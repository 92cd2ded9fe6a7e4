"""How receivers are reached: what is sent to each kind, and what its answers mean."""

from streams.delivery.channels.make import channel_of
from streams.delivery.channels.post import Accepted, Answer, Channel, Post, Refused, Unavailable

__all__ = ["Accepted", "Answer", "Channel", "Post", "Refused", "Unavailable", "channel_of"]
