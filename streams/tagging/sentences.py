"""Sentences of a text, with offsets."""

from __future__ import annotations

import re
from typing import Final

from sentencex import segment

MAX_SENTENCE: Final = 1_500  # characters; beyond it no sentence is read (tables, lists without a full stop)

# What sentencex takes for an end and is none: an abbreviation or an initial before a name.
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(\"'])(?:M|MM|Mme|Mlle|Dr|Pr|Me|St|Ste|gén|col|cap|lt|cdt|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Sen|Rep|Gov|Mr|Mrs|Ms|Prof|"
    r"No|vs|Jr|Sr|art|env|p|[A-ZÀ-Þ]|им|г|ст|ул|т\.е|т\.д|тыс|млн|млрд|bzw|z\.B|d\.h|Nr|ca|Sr|Sra|Ud|EE|UU|Gral)\.$"
)
_LONGEST: Final = 4  # letters of an abbreviation: a longer word before a full stop is none
_MAY_END: Final = re.compile(r"[.!?;] |[。！？]")
_STARTS_LOW: Final = re.compile(r"[\s\"'—(]*[a-zß-ÿа-яіїєґ]")


def sentences(text: str, lang: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, blanks around it left out; none runs over a line end."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.extend(_of_line(start, line, lang))
        start += len(line) + 1
    return spans


def _of_line(offset: int, line: str, lang: str) -> list[tuple[int, int]]:
    if len(line) <= 400 and not _MAY_END.search(line):
        return [_trimmed(line, offset)]  # a headline: nothing to split
    merged: list[tuple[int, int]] = []
    start = 0
    for piece in segment(lang, line):
        end = start + len(piece)
        if merged and _continues(line, merged[-1], start, end):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
        start = end
    return [
        _trimmed(line[start:end], offset + start) for start, end in merged if not line[start:end].isspace()
    ]


def _continues(line: str, before: tuple[int, int], start: int, end: int) -> bool:
    if not line[start].isupper() and _STARTS_LOW.match(line, start, end):
        return True
    tail = line[max(before[0], before[1] - 12) : before[1]].rstrip()
    if not tail.endswith(".") or (len(tail) > _LONGEST + 1 and tail[-_LONGEST - 2 : -1].isalpha()):
        return False
    return _ABBREVIATION.search(tail) is not None


def _trimmed(piece: str, at: int) -> tuple[int, int]:
    """Return (start, end) of what stands at this offset, without the blanks around it."""
    start = at + len(piece) - len(piece.lstrip())
    return start, at + len(piece.rstrip())
