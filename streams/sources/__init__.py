"""Who publishes and who is quoted. Pure: the registry of news sources, and the wires that a text names."""

from streams.sources.heard import Heard, OfSource
from streams.sources.loading import stating
from streams.sources.registry import Registry
from streams.sources.rhythm import Rhythm, learn
from streams.sources.source import Source, SourceErrors, source_file_schema
from streams.sources.standing import Standing, standing
from streams.sources.wires import AGENCIES, named_wire, origin_of
from streams.sources.writing import duration, write_learnt

__all__ = [
    "AGENCIES",
    "Heard",
    "OfSource",
    "Registry",
    "Rhythm",
    "Source",
    "SourceErrors",
    "Standing",
    "duration",
    "learn",
    "named_wire",
    "origin_of",
    "source_file_schema",
    "standing",
    "stating",
    "write_learnt",
]
