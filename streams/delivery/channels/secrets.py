"""Secrets: read from the environment or from files, once, and kept out of every word that we write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.delivery.policy.receivers import Secret

SHOWN = "[secret]"
SHORTEST = 6  # characters; what is shorter would hide innocent words, and protects nothing


class NoSecret(TocsinError):
    """A secret is not where the file of receivers says."""


class Secrets:
    """Reads the secrets of one receiver and remembers what must not be shown."""

    def __init__(self, receiver: str, environment: Mapping[str, str] | None = None) -> None:
        self._receiver = receiver
        self._environment = os.environ if environment is None else environment
        self.hidden = Hidden()

    def read(self, where: Secret | str) -> str:
        """Return what stands there; a plain word stands for itself. Raises NoSecret."""
        if isinstance(where, str):
            return where
        value = self._from_file(where.file) if where.file else self._environment.get(where.env or "", "")
        value = value.strip()
        if not value:
            place = f"file {where.file}" if where.file else f"environment variable {where.env}"
            raise NoSecret(f"receiver {self._receiver}: the {place} is missing or empty")
        self.hidden.add(value)
        return value

    def read_url(self, where: Secret | str) -> str:
        """Return an address. Raises NoSecret when it is none; it is not repeated."""
        url = self.read(where)
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise NoSecret(f"receiver {self._receiver}: what stands for url is no http or https address")
        return url

    def optional(self, where: Secret | None) -> str | None:
        """Return what stands there, if there is such a place. Raises NoSecret."""
        return self.read(where) if where else None

    def _from_file(self, name: str) -> str:
        try:
            return Path(name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NoSecret(
                f"receiver {self._receiver}: the file {name} cannot be read ({type(error).__name__})"
            ) from error


class Hidden:
    """What must not be shown."""

    def __init__(self) -> None:
        self._words: list[str] = []

    def add(self, secret: str) -> None:
        """Hide a secret; of an address also its path and its query, which libraries name without the host."""
        parts = urlsplit(secret)
        words = [secret, parts.path, parts.query, *parts.path.split("/")] if parts.scheme else [secret]
        self._words += [word for word in words if len(word) >= SHORTEST or word == secret]
        self._words.sort(key=len, reverse=True)

    def out_of(self, words: str) -> str:
        """Return the words without any secret."""
        for secret in self._words:
            words = words.replace(secret, SHOWN)
        return words
