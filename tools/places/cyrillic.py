"""The spellings of a city in Russian and Ukrainian: GeoNames does not say which name is of which language."""

# ruff: noqa: RUF001 (letters that look like others are the point here)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from places.geonames import Place

_OF_LANGUAGE = {
    "ru": re.compile(r"[А-ЯЁ][а-яё]+(?:[ -][А-Яа-яё]+){0,2}"),
    "uk": re.compile(r"[А-ЩЬЮЯЄІЇҐ][а-щьюяєіїґ']+(?:[ -][А-ЩЬЮЯЄІЇҐа-щьюяєіїґ']+){0,2}"),
}
_KINDS_OF_PLACE = re.compile(r"(?i)\b(город|місто|район|область|обласць|хот|шаары|шаһәре|село|посёлок)")
_VOWELS = "аеёиоуыэюяєіїйь"
_STEM = 5  # letters; a shorter one begins too many other words
# Ukrainian vowels that change as soon as an ending follows: Харків, Харкова.
_CHANGING = (("ів", "ов"), ("їв", "єв"), ("ець", "ц"), ("ріг", "рог"))


def spellings(place: Place, language: str) -> list[str]:
    """Return the names of a city in Cyrillic letters that this language may write, ready for endings."""
    pattern = _OF_LANGUAGE[language]
    names = [name.replace("’", "'") for name in place.others]
    names = [name for name in names if pattern.fullmatch(name) and not _KINDS_OF_PLACE.search(name)]
    return list(dict.fromkeys(form for name in names for form in forms(name, language)))


def forms(name: str, language: str) -> list[str]:
    """Return a name as stems that take any ending; none for a short name, whose stem begins other words.

    A stem is one word: a name of several stands in the nominative only.
    """
    if " " in name:
        return [name]
    stems = [name.rstrip(_VOWELS)]
    if language == "uk":
        stems += [name.removesuffix(old) + new for old, new in _CHANGING if name.endswith(old)]
    return [f"{stem}*" for stem in stems if len(stem.rsplit("-", 1)[-1]) >= _STEM]
