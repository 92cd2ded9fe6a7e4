"""Event → story. Pure: which events tell of one happening, and what they tell together."""

from streams.stories.blocks import block_key
from streams.stories.stories import Stories

__all__ = ["Stories", "block_key"]
