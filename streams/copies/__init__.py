"""Near-copies of texts. Pure: the signature of a text, and an index that finds the first text like it."""

from streams.copies.index import Copies
from streams.copies.signature import signature

__all__ = ["Copies", "signature"]
