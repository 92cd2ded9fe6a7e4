"""A command of ours run beside the page: what is long or heavy must not hold up its readers, and can be ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import sys
from typing import TYPE_CHECKING

from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_MEMORY = (
    3_000_000_000  # bytes of address space; the command itself takes a third, most of it never touched
)
GIVES_WAY = 5  # of niceness
LAST_WORDS = 500  # characters of what went wrong


class ErrandFailed(TocsinError):
    """A command did not come back with an answer."""


async def run(words: Sequence[str], environment: Mapping[str, str], *, within: float) -> bytes:
    """Return what `tocsin WORDS` prints. Raises ErrandFailed when it fails, or takes longer than so many seconds."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "streams.cli",
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=os.environ | dict(environment),
    )
    _bound(process.pid)
    try:
        said, wrong = await asyncio.wait_for(process.communicate(), within)
    except TimeoutError as error:
        raise ErrandFailed(f"it took longer than {within:.0f} s and was ended") from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    if process.returncode:
        last = wrong.decode(errors="replace").strip()[-LAST_WORDS:]
        raise ErrandFailed(last or f"it ended with exit code {process.returncode}")
    return said


def _bound(child: int) -> None:
    """Have it give way to the page, and take no more memory than is meant for it."""
    with contextlib.suppress(ProcessLookupError):
        os.setpriority(os.PRIO_PROCESS, child, GIVES_WAY)
        if sys.platform == "linux":
            resource.prlimit(child, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
