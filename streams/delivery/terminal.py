"""Text of the outside world, made fit for a terminal: wrapped to its width, and unable to command it."""

from __future__ import annotations

import io
import re

from rich.console import Console
from rich.text import Text

# Escape sequences begin with one of these (C0, DEL, C1). Overrides of the reading direction, which make a
# line read other than it is, go as well; the plain marks of direction stay.
_COMMANDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def one_line(text: str) -> str:
    """Return the text as one line that cannot command a terminal."""
    return " ".join(_OVERRIDES.sub("", _COMMANDS.sub(" ", text)).split())


def escaped(raw: bytes) -> str:
    r"""Return bytes as text in which all that is not plainly visible is an escape such as \x1b."""
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def wrap(text: str, *, width: int) -> list[str]:
    """Return the text in lines of at most `width` columns; wide characters count as two."""
    if not text:
        return []
    console = Console(file=io.StringIO(), width=width)
    return [line.plain.rstrip() for line in Text(text).wrap(console, width)]
