"""Which version of which articles is known: the latest of each id, of so many ids."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST: Final = 100_000  # ids, about 25 MB
_REPORT, _ARCHIVE = b"\0", b"\1"
STAMPS: Final = ("fetched_at", "first_seen_at")  # what ingest says of its own work, and no part of a version


def version_of(fields: Mapping[str, Any]) -> bytes:
    """Return what two articles share only when they say the same, whenever they were fetched.

    `fields` are those of an article as they go on the wire.
    """
    said = {name: value for name, value in fields.items() if name not in STAMPS}
    mark = _ARCHIVE if said.pop("backfill", False) else _REPORT
    return hashlib.blake2b(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), digest_size=16).digest() + mark


def adds_nothing(version: bytes, latest: bytes | None) -> bool:
    """Tell whether the latest known version makes this one needless: the same, and not known from archives alone."""
    return latest is not None and latest[:-1] == version[:-1] and latest <= version


class KnownIds:
    """The latest known version by id; the ids longest untouched are forgotten first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._versions: OrderedDict[str, bytes] = OrderedDict()

    def get(self, article: str) -> bytes | None:
        """Return the latest known version of an article."""
        return self._versions.get(article)

    def note(self, article: str, version: bytes) -> None:
        """Note the latest version of an article."""
        self._versions[article] = version
        self._versions.move_to_end(article)
        if len(self._versions) > self._most:
            self._versions.popitem(last=False)

    def forget(self, article: str, version: bytes) -> None:
        """Forget an article if this is the latest version known."""
        if self._versions.get(article) == version:
            del self._versions[article]
