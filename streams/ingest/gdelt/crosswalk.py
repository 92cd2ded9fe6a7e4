"""CAMEO, the codes of GDELT, → types of our taxonomy, by what the taxonomy says of the codes of each type."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from schemas.taxonomy import taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = 2  # digits of the shortest code
_VALUES: Final = re.compile(r"\([^)]*\)")  # Goldstein values stand in brackets
_CODES: Final = re.compile("(\\d{2,4})(?:[-\u2013](\\d{2,4})|/(\\d))?")


def types_of(code: str) -> tuple[str, ...]:
    """Return the types that an event of this CAMEO code may be, in the order of the taxonomy.

    They are those with the longest beginning of the code. Several where the taxonomy tells apart what CAMEO does not,
    none where it has no such type.
    """
    known = _by_code()
    beginnings = (code[:length] for length in range(len(code), ROOT - 1, -1))
    return next((known[beginning] for beginning in beginnings if beginning in known), ())


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for type_ in taxonomy().types:
        listed, _, excluded = _VALUES.sub("", type_.cameo).partition(" but ")
        for code in dict.fromkeys((*_codes(listed), type_.codes.cameo)):
            found.setdefault(code, []).append(type_.name)
        for code in _codes(excluded):
            found.setdefault(code, [])
    return {code: tuple(names) for code, names in found.items()}


def _codes(listed: str) -> Iterator[str]:
    """Yield the codes of a list such as `041, 042-044, 1951/2, 06x`."""
    for first, last, other in _CODES.findall(listed):
        yield first
        if last:
            yield from (str(code).zfill(len(first)) for code in range(int(first) + 1, int(last) + 1))
        if other:
            yield first[:-1] + other
