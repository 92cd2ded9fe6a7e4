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
# What JSON may hold as it is and a terminal would obey.
_IN_JSON = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """Return the text as one line that cannot command a terminal."""
    return " ".join(_OVERRIDES.sub("", _COMMANDS.sub(" ", text)).split())


def escaped(raw: bytes) -> str:
    r"""Return bytes as text in which all that is not plainly visible is an escape such as \x1b."""
    text = raw.decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def escaped_json(raw: bytes) -> str:
    """Return JSON that means the same, in which all that a terminal would obey is an escape."""
    return _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", raw.decode())


def wrap(text: str, *, width: int) -> list[str]:
    """Return the text in lines of at most `width` columns; wide characters count as two."""
    if not text:
        return []
    console = Console(file=io.StringIO(), width=width)
    return [line.plain.rstrip() for line in Text(text).wrap(console, width)]
