"""Tells Prometheus where a process serves its metrics: a file in a folder that Prometheus watches (`file_sd_configs`).

On one host every worker needs a port of its own. With this it may be any that is free.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import orjson

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104 - where a process that listens there is reached


class TargetsUnwritable(TocsinError):
    """The folder of scrape targets cannot be written."""


@contextlib.contextmanager
def announced(folder: Path | None, name: str, host: str, port: int) -> Iterator[None]:
    """Tell Prometheus of this process while the context lasts; of nothing without a folder.

    What a process that was killed leaves behind is overwritten by the next of its `name`. Raises TargetsUnwritable.
    """
    if folder is None:
        yield
        return
    target = folder / f"tocsin-{name}.json"
    address = EVERYWHERE.get(host, f"[{host}]" if ":" in host else host)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")  # Prometheus must not read half of it
        fresh.write_bytes(orjson.dumps([{"targets": [f"{address}:{port}"], "labels": {"process": name}}]))
        fresh.replace(target)
    except OSError as error:
        raise TargetsUnwritable(
            f"cannot tell Prometheus of {address}:{port} in {target} ({error.strerror}): "
            "give TOCSIN_SCRAPE_TARGETS a folder that can be written, or none"
        ) from error
    try:
        yield
    finally:
        target.unlink(missing_ok=True)
