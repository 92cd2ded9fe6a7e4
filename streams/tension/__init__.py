"""Story → contact state and tension of watched dyads. Pure: no clock, no broker; the same in any order."""

from streams.tension.contributions import contribution_of
from streams.tension.dyads import Dyads, NothingHeld
from streams.tension.explanation import Explanation, Share
from streams.tension.formula import Formula, formula
from streams.tension.loading import load_watched
from streams.tension.watch import NotWatched, Watched, WatchErrors, watch_file_schema

__all__ = [
    "Dyads",
    "Explanation",
    "Formula",
    "NotWatched",
    "NothingHeld",
    "Share",
    "WatchErrors",
    "Watched",
    "contribution_of",
    "formula",
    "load_watched",
    "watch_file_schema",
]
