"""Event → story. Pure: which events tell of one happening, and what they tell together."""

from streams.stories.blocks import block_key
from streams.stories.held import Held
from streams.stories.rules import block_of
from streams.stories.stories import Limits, Stories

__all__ = ["Held", "Limits", "Stories", "block_key", "block_of"]
