"""When an article was published, by one written rule: what its feed, page, address and server say is distrusted.

Pure: no clock, no network. `docs/dates.md` has the rule in words.
"""

from streams.ingest.dating.address import day_in
from streams.ingest.dating.rule import Dates, Place, Said, believe, distrusted, said
from streams.ingest.dating.written import Stamp, read_stamp

__all__ = ["Dates", "Place", "Said", "Stamp", "believe", "day_in", "distrusted", "read_stamp", "said"]
