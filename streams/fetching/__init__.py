"""Fetching over HTTP: safe against addresses, sizes and packings that are meant to harm, and polite to hosts."""

from streams.fetching.address import same_origin, shown
from streams.fetching.addresses import Guard
from streams.fetching.client import Fetcher, Limits
from streams.fetching.results import Failed, Fault, Fetched, NotModified, Result, Wanted

__all__ = [
    "Failed",
    "Fault",
    "Fetched",
    "Fetcher",
    "Guard",
    "Limits",
    "NotModified",
    "Result",
    "Wanted",
    "same_origin",
    "shown",
]
