"""Who publishes and who is quoted. Pure: the registry of news sources, and the wires that a text names."""

from streams.sources.registry import Registry
from streams.sources.source import Source, SourceErrors, source_file_schema
from streams.sources.wires import AGENCIES, named_wire, origin_of

__all__ = [
    "AGENCIES",
    "Registry",
    "Source",
    "SourceErrors",
    "named_wire",
    "origin_of",
    "source_file_schema",
]
