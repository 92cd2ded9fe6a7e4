"""The near-copy signature of a text: short, and the more alike the more two texts have in common.

A MinHash of the pairs of neighbouring words. Of what was measured (single words, pairs and triples; 5, 7 and 9
letters) pairs hold copies and independent reports furthest apart: texts with every seventh word changed and a
third cut still share more than 0.3 of their pairs, independent reports with the same quotes hardly 0.1.

96 positions of 8 bits: of a position the low byte tells as much as all 32 bits, save for one chance match in 256, so
that 96 bytes say what 96 x 32 bits would in four times the space. 64 positions lose copies that are cut and edited
(of the hardest kind three in four are found, with 96 it is 0.97), 126 find hardly one more.

`python -m tools.measure_copies` prints, on texts written for it in ten languages: precision 1.00, recall 0.995 over
copies that are exact, edited by up to 15 % of the words, cut, credited, and all of it at once.
"""

from __future__ import annotations

import binascii
import re
import string
import struct
from base64 import b64decode, b64encode
from itertools import pairwise

from rensa import RMinHash

POSITIONS = 96
VERSION = "1"  # of all below: signatures of different versions say nothing about each other
MAX_CHARS = 20_000  # copies are alike in their first pages already
MIN_PAIRS = 8  # of fewer, chance decides

_SEED = 1
_PACKED = struct.Struct(f"<{POSITIONS}I")
# Newspapers set the same text with other quotation marks and dashes: no mark counts.
_MARKS = "\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2026\u2013\u2014\u060c\u061b\u061f"
_ASCII_MARKS = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))
# Chinese and Japanese set no spaces: there each character is a word.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD_OR_CHARACTER = re.compile(rf"{_UNSPACED.pattern}|[^\W_]+")


def signature(text: str) -> str | None:
    """Return the signature of a text; None when it is too short to be told from others.

    Give it the body without the title: newspapers change titles first.
    """
    words = _words(text[:MAX_CHARS].lower())
    if len(words) <= MIN_PAIRS:
        return None
    minima = RMinHash(POSITIONS, _SEED)
    minima.update(list(map(b" ".join, pairwise(words))))
    # The second byte of each minimum: as random as the first, and made of more of the hash.
    return VERSION + b64encode(_PACKED.pack(*minima.digest())[1::4]).decode()


def _words(lower: str) -> list[bytes]:
    """Return the words in UTF-8: bytes are split in a fifth of the time that a regular expression takes."""
    if _UNSPACED.search(lower):
        lower = " ".join(_WORD_OR_CHARACTER.findall(lower))
    for mark in _MARKS:
        lower = lower.replace(mark, " ")
    return lower.encode("utf-8", "replace").translate(_ASCII_MARKS).split()


def positions(signature_: str) -> bytes | None:
    """Return the positions of a signature; None when it is none of this version."""
    try:
        found = b64decode(signature_.removeprefix(VERSION), validate=True)
    except (binascii.Error, ValueError):
        return None
    return found if signature_.startswith(VERSION) and len(found) == POSITIONS else None
