"""The spellings of a city in Latin letters: GeoNames has them all in one heap, those alike are kept."""

# ruff: noqa: RUF001 (letters that look like others are the point here)

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from places.geonames import folded

if TYPE_CHECKING:
    from places.geonames import Place

# Letters that news prints; the dots and bars of scholarly romanisation are not among them.
_PRINTED = re.compile(r"[A-Z][a-zA-ZàâäáãåçéèêëíìîïñóôöõøúùûüßœæığşčćđšžłńśźżąęÁÀÂÄÅÇÉÈÊÍÎÓÔÖØÚÜŞŠŽŁİ' -]+")
_KINDS_OF_PLACE = re.compile(r"(?i)\b(gorod|oblast|city|ville|shi|shahr|town|municipality|airport|of|the)\b")
_SAME_SOUND = (
    ("kh", "h"), ("ch", "h"), ("dj", "j"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sch", "s"), ("sh", "s"),
    ("ou", "u"), ("zh", "z"), ("ts", "s"), ("c", "k"), ("q", "k"), ("x", "h"), ("w", "v"), ("y", "i"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]+")
_SHORTEST = 4  # letters; shorter ones are codes and names in other languages


def spellings(place: Place, *, widely: bool) -> list[str]:
    """Return the name as it is printed, none when it is short; `widely`: with all that sound the same."""
    found = [place.name] if _PRINTED.fullmatch(place.name) else []
    found.append(_plain(place.name))
    if widely:
        found += sorted(other for other in place.others if _respells(other, place.name))
    return [name for name in dict.fromkeys(found) if len(name) >= _SHORTEST]


def _plain(name: str) -> str:
    """Return the name in the letters of English."""
    letters = unicodedata.normalize("NFKD", name.translate(_WITHOUT_ACCENT))
    return "".join(char for char in letters if char.isascii())


_WITHOUT_ACCENT = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ı": "i",
        "ß": "ss",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
    }
)


def _respells(other: str, name: str) -> bool:
    """Whether the other name has the same consonants in the same order, and begins alike."""
    if not _PRINTED.fullmatch(other) or _KINDS_OF_PLACE.search(other):
        return False
    return other.count(" ") <= name.count(" ") + 1 and _sounds(other) == _sounds(name)


def _sounds(name: str) -> str:
    sounds = folded(name)
    for spelling, sound in _SAME_SOUND:
        sounds = sounds.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", sounds[:1] + _VOWELS.sub("", sounds[1:]))
