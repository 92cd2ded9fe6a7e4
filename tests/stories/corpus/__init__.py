"""A corpus for the merging of events into stories: invented happenings, articles about them, and a scorer.

`python -m tests.stories.corpus` prints how today's `Stories` does on it.
"""

from tests.stories.corpus.data import happenings
from tests.stories.corpus.mentions import Mention, Reading, half_of, read
from tests.stories.corpus.scoring import Pairs, by_stories, pairs
from tests.stories.corpus.writing import Told, articles

__all__ = [
    "Mention",
    "Pairs",
    "Reading",
    "Told",
    "articles",
    "by_stories",
    "half_of",
    "happenings",
    "pairs",
    "read",
]
