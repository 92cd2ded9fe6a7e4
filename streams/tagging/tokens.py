"""Text to tokens with offsets. The look-up builder splits its entries with the same function."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

# Each replacement is one character for one, so that an offset into the flat text is one into the original.
_FLAT: Final = (
    ("\u2019", "'"), ("\u2018", "'"), ("\u02bc", "'"), ("\u2032", "'"),
    ("\u00a0", " "), ("\u202f", " "), ("\u2009", " "), ("\u200b", " "),
    ("\u00ab", '"'), ("\u00bb", '"'), ("\u201c", '"'), ("\u201d", '"'), ("\u201e", '"'),
    ("\u2013", "\u2014"), ("\u2212", "-"), ("\u2011", "-"),
    ("\u0130", "I"),  # the one letter whose lower case is longer than itself
)  # fmt: skip

# A word and what may hang on it: hyphens, the decimals of a number, the dots of U.S. One branch that begins alike
# for all words is twice as fast as a branch for each kind.
_TAIL: Final = r"(?:-\w+)+|(?<=\d)(?:[.,]\d+)+|(?<=\b\w)(?:\.\w(?=\.))+\."
_MARK: Final = r"[^\w\s]"

_PATTERNS: Final = {
    "en": rf"\w+(?:{_TAIL})?|'(?:s|t|re|ve|ll|d|m)\b|{_MARK}",
    "fr": rf"aujourd'hui|\w+(?:'(?=\w|$)|{_TAIL})?|{_MARK}",
    "it": rf"\w+(?:'(?=\w|$)|{_TAIL})?|{_MARK}",
    "uk": rf"\w+(?:'\w+|{_TAIL})?|{_MARK}",
    "zh": rf"\w+(?:[·-]\w+)*|{_MARK}",
}
_DEFAULT: Final = rf"\w+(?:{_TAIL})?|{_MARK}"


_BLANK_IN_HAN: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])"
)  # parts a headline as a comma does
STROKE: Final = "\u0640"  # lengthens an Arabic word and says nothing; vowel signs are read as one


def without_strokes(text: str) -> str:
    """Return an Arabic word without what only adorns it."""
    return text.replace(STROKE, "") if STROKE in text else text


@cache
def pattern(lang: str) -> re.Pattern[str]:
    """Return the pattern whose matches are the tokens of a language."""
    return re.compile(_PATTERNS.get(lang, _DEFAULT))


def flatten(text: str, lang: str = "") -> str:
    """Return the text with one kind of apostrophe, quote, dash, blank and letter; every offset stays the same."""
    if text.isascii():
        return text
    for char, plain in _FLAT:
        text = text.replace(char, plain)
    letters = _letters(lang)
    if letters:
        text = _BLANK_IN_HAN.sub(",", text.translate(letters))
    return text


@cache
def _letters(lang: str) -> dict[int, str]:
    """Return what a language writes in several ways, each with the one way that its look-up files have."""
    file = files("streams.tagging").joinpath(f"data/languages/{lang}/letters.txt")
    if not lang or not file.is_file():
        return {}
    lines = file.read_text(encoding="utf-8").splitlines()
    pairs = [pair for line in lines if not line.startswith("#") for pair in line.split(" ")]
    return {ord(pair[0]): pair[1] for pair in pairs}


def split(text: str, lang: str) -> list[str]:
    """Return the tokens of a text, in lower case."""
    return pattern(lang).findall(without_strokes(flatten(text, lang).lower()))
