"""Article → events. Pure: text and time come in as arguments, events go out."""

from streams.tagging.engine import Tagged, Tagger

__all__ = ["Tagged", "Tagger"]
