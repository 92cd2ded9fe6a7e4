"""Who publishes and who is quoted. Pure: the registry of news sources, and the wires that a text names."""

from streams.sources.registry import Registry
from streams.sources.source import Mistake, Source, SourceErrors, source_file_schema
from streams.sources.wires import AGENCIES, named_wire, origin_of

__all__ = [
    "AGENCIES",
    "Mistake",
    "Registry",
    "Source",
    "SourceErrors",
    "named_wire",
    "origin_of",
    "source_file_schema",
]
