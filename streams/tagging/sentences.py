"""Sentences of a text, with offsets."""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

MAX_SENTENCE = 1_500  # characters; beyond it no sentence is read (tables, lists without a full stop)

# What sentencex takes for an end and is none: an abbreviation or an initial before a name.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"'])(?:M|MM|Mme|Mlle|Dr|Pr|Me|St|Ste|gén|col|cap|lt|cdt|Gen|Col|Capt|Lt|Sgt|Maj|Adm|Sen|Rep|Gov|Mr|Mrs|Ms|Prof|"
    r"No|vs|Jr|Sr|art|env|p|[A-ZÀ-Þ]|им|г|ст|ул|т\.е|т\.д|тыс|млн|млрд|bzw|z\.B|d\.h|Nr|ca|Sr|Sra|Ud|EE|UU|Gral)\.$"
)
_STARTS_LOW = re.compile(r"[\s\"'—(]*[a-zß-ÿа-яіїєґ]")


def sentences(text: str, lang: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, blanks around it left out; none runs over a line end."""
    spans: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            spans.extend(_of_line(text, start, line, lang))
        start += len(line) + 1
    return spans


def _of_line(text: str, offset: int, line: str, lang: str) -> list[tuple[int, int]]:
    if len(line) <= 400 and ". " not in line and "! " not in line and "? " not in line and "; " not in line:
        return [_trim(text, offset, offset + len(line))]  # a headline: nothing to split
    merged: list[tuple[int, int]] = []
    for piece in get_sentence_boundaries(lang, line):
        start, end = piece["start_index"], piece["end_index"]
        if merged and _continues(line, merged[-1], start, end):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [_trim(text, offset + start, offset + end) for start, end in merged if line[start:end].strip()]


def _continues(line: str, before: tuple[int, int], start: int, end: int) -> bool:
    return bool(
        _ABBREVIATION.search(line[max(before[0], before[1] - 12) : before[1]].rstrip())
        or _STARTS_LOW.match(line, start, end)
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
