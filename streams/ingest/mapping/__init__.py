"""Other people's JSON → articles, by a mapping that is written in YAML.

Pure: messages and the time come in as arguments.
"""

from streams.ingest.mapping.loading import load_mapping
from streams.ingest.mapping.mapping import Mapping
from streams.ingest.mapping.written import MappingErrors, mapping_file_schema

__all__ = ["Mapping", "MappingErrors", "load_mapping", "mapping_file_schema"]
