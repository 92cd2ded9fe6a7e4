"""GDELT 2: the 15-minute files → addresses of articles, and GDELT's own events for comparison.

Pure: bytes come in as arguments. What GDELT says of an event is never an event of ours.
"""

from streams.ingest.gdelt.addresses import Address, addresses_in
from streams.ingest.gdelt.crosswalk import types_of
from streams.ingest.gdelt.events import events_in
from streams.ingest.gdelt.lists import BadList, Listed, read_list
from streams.ingest.gdelt.tables import BadTable, Kind, kind_of, rows_of

__all__ = [
    "Address",
    "BadList",
    "BadTable",
    "Kind",
    "Listed",
    "addresses_in",
    "events_in",
    "kind_of",
    "read_list",
    "rows_of",
    "types_of",
]
