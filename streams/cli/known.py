"""The words of a call that say of articles what they do not say themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import click
from pydantic import ValidationError

from streams.errors import TocsinError
from streams.ingest.found import Known, explain
from streams.ingest.read import STDIN, find_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Call = TypeVar("Call", bound="Callable[..., object]")

_OPTIONS = (
    click.option("--source", help="Source of articles that name none; an id of the source registry."),
    click.option("--lang", help="Language of articles that name none, as fr or en-GB; else it is detected."),
    click.option(
        "--published-at",
        metavar="TIME",
        help="Publication of articles that name none, as 2022-05-13T20:00:00Z.",
    ),
    click.option("--url", help="Address of the one text or page."),
)


class NoFiles(TocsinError):
    """Folders that hold no article file."""


def known_options(call: Call) -> Call:
    """Add --source, --lang, --published-at and --url to a command."""
    for option in reversed(_OPTIONS):
        call = option(call)
    return call


def known(**words: str | None) -> Known:
    """Return what the words say. Raises UsageError naming the option that is wrong."""
    try:
        return Known.model_validate(words)
    except ValidationError as error:
        raise click.UsageError(
            f"--{explain(error, Known).replace('published_at', 'published-at')}"
        ) from error


def article_files(paths: Iterable[Path], *, url: str | None) -> list[Path]:
    """Return the files to read. Raises NoFiles, and UsageError when one address is given for several."""
    paths = list(paths)
    files = find_files(paths)
    if not files:
        raise NoFiles(f"no article file (.txt .html .json .jsonl) in {', '.join(map(str, paths))}")
    if url and len(files) > 1:
        raise click.UsageError(f"--url is the address of one text or page, but there are {len(files)} files.")
    return files


def bytes_of(files: list[Path]) -> int | None:
    """Return how much there is to read; None when standard input is among it."""
    return None if STDIN in files else sum(file.stat().st_size for file in files)
