"""Who publishes and who is quoted. Pure: the registry of news sources, and the wires that a text names."""

from streams.sources.registry import Registry
from streams.sources.source import Mistake, Source, SourceErrors, source_file_schema

__all__ = ["Mistake", "Registry", "Source", "SourceErrors", "source_file_schema"]
