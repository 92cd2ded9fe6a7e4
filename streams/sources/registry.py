"""The source registry: who a source is, found by id, domain, address or name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streams.sources.loading import load_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from streams.sources.source import Source


class Registry:
    """All sources that are known. Make one with `Registry.load()`."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_id = {source.id: source for source in sources}
        self._by_domain = {domain: source for source in self for domain in source.domains}
        self._by_name = {name.casefold(): source for source in self for name in (source.name, *source.names)}

    @classmethod
    def load(cls, path: Path | None = None, learnt: Path | None = None) -> Registry:
        """Return the registry that ships, changed by what was learnt, then by a file of one's own, where given.

        Raises SourceErrors listing every mistake of the files.
        """
        return cls(load_sources(path, learnt))

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, id_or_domain_or_url: str) -> Source | None:
        """Return the source with this id, of this domain or one above it, or of this address; None if unknown."""
        wanted = id_or_domain_or_url.strip()
        return self._by_id.get(wanted) or self._of_host(_host(wanted))

    def named(self, name: str) -> Source | None:
        """Return the source that texts call so, whatever the capitals, or that `find` knows; None if unknown."""
        return self._by_name.get(name.strip().casefold()) or self.find(name)

    def family(self, source_id: str) -> str | None:
        """Return the owner of a source; None when the source or its owner is unknown."""
        source = self.find(source_id)
        return source.owner if source else None

    def _of_host(self, host: str) -> Source | None:
        while "." in host:
            if source := self._by_domain.get(host):
                return source
            host = host.partition(".")[2]
        return None


def _host(address: str) -> str:
    try:
        return urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
