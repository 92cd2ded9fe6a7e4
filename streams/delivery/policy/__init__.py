"""Whom to tell of an alert, when, and when not. Pure: state and time are passed in."""

from streams.delivery.policy.loading import load_receivers
from streams.delivery.policy.plan import Plan, ReceiverErrors
from streams.delivery.policy.policy import Policy
from streams.delivery.policy.queue import Queue

__all__ = ["Plan", "Policy", "Queue", "ReceiverErrors", "load_receivers"]
