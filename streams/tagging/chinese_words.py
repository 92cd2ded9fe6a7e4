"""Chinese words cut out of unbroken text.

Words are the longest that the lexicon or the actor lists hold, from left to right; what lies between is an unknown
name. Numbers take with them what they count, and what stands for a state in one character is read where an office, an
army or another state stands behind it. The words for that are in grammar.yaml.
"""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, Final

from ahocorasick_rs import AhoCorasick, MatchKind

from streams.tagging.lexicon import read_senses
from streams.tagging.rows import Token

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_COUNTED: Final = "名架枚艘辆个位人次轮项支座处发套批起颗门家份条所"
_NUMBER: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年|\d{1,2}[日号]"
    r"|[上下本这]?(?:周|星期|礼拜)[一二三四五六日天]"
    r"|(?:\d+|[两一二三四五六七八九十]+)(?:天|日|周|个月|年|个?小时|分钟)(?:之前|以前|前)?"
    rf"|(?<![a-z\d.-])\d[\d,.]*[多余]?[百千万亿]*[多余]?[{_COUNTED}]?"
    rf"|(?!两[人国军])[两一二三四五六七八九十百千万]+[多余]?[{_COUNTED}]"
)
# Who sends the text, from where and when: 新华社北京6月13日电(记者…)
_DATELINE: Final = re.compile(r"[^\s,。]{2,4}(?:社|网|报)[^\s,。]{0,12}?\d{1,2}日[电讯](?:\([^)]{0,30}\))?")
_WEEK: Final = re.compile(r"(?:周|星期|礼拜).$")
_OTHER: Final = re.compile(r"[\u3400-\u9fff]+|\w+(?:[-.]\w+)*|[^\w\s]")
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}


class Cutter:
    """Cuts a text without blanks into words."""

    def __init__(self, words: Lexicon) -> None:
        self._parts: dict[str, tuple[tuple[str, str], ...]] = {
            form: ((form, form),)
            for form in (*(row.first for row in words.rows()), *words.calendar, *words.grammar["plain"])
            if _HAN.search(form)
        }
        self._parts |= {form: parts for form, parts in _shortened(words).items() if form not in self._parts}
        for pair in words.grammar["in_two"]:
            verb, noun = pair.split(" ")
            self._parts[verb + noun] = ((verb, verb), (noun, noun))
        self._forms = list(self._parts)
        self._automaton = AhoCorasick(self._forms, matchkind=MatchKind.LeftmostLongest)

    def cut(self, piece: str) -> list[Token]:
        """Return the words of a text, in order."""
        lower = piece.lower()
        tokens: list[Token] = []
        at = 0
        if dateline := _DATELINE.match(lower):
            at = dateline.end()
            tokens.append(Token(piece[:at], "\u2014", "\u2014", 0))
        for number in _NUMBER.finditer(lower, at):
            tokens += self._words(piece, lower, at, number.start())
            tokens.append(_number(number))
            at = number.end()
        tokens += self._words(piece, lower, at, len(piece))
        return _whole_names(tokens)

    def _words(self, piece: str, lower: str, start: int, end: int) -> list[Token]:
        tokens: list[Token] = []
        at = start
        for which, first, last in self._automaton.find_matches_as_indexes(lower[start:end]):
            tokens += _unknown(piece, at, start + first)
            at = start + first
            for text, low in self._parts[self._forms[which]]:
                tokens.append(Token(piece[at : at + len(text)], low, low, at))
                at += len(text)
            at = start + last
        return tokens + _unknown(piece, at, end)


def _shortened(words: Lexicon) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return what stands for a state in one character, with what must follow it: 美总统, 俄军机, 中美."""
    short: dict[str, str] = words.grammar["short"]
    offices = [
        first
        for first, rest, senses in words.rows()
        if not rest and _HAN.search(first) and read_senses(senses).roles
    ]
    forms: dict[str, tuple[tuple[str, str], ...]] = {
        char + behind: ((char, name), (behind, behind))
        for char, name in short.items()
        for behind in (*offices, *words.grammar["behind_short"])
    }
    for (one, first), (two, second) in permutations(short.items(), 2):
        if one not in words.grammar["never_first"]:
            forms[one + two] = ((one, first), (two, second))
    return forms


def _unknown(piece: str, start: int, end: int) -> list[Token]:
    return [
        Token(found[0], found[0].lower(), found[0].lower(), found.start())
        for found in _OTHER.finditer(piece, start, end)
    ]


def _number(found: re.Match[str]) -> Token:
    """Return a number with what it counts, a date or a day of the week as one token."""
    text = found[0]
    if day := _WEEK.search(text):
        return Token(text, day[0], day[0], found.start())
    counted = re.match(rf"([\d,.]*)([^\d{_COUNTED}年月日号天周小时分钟前]*)(.*)", text)
    low = text
    if counted is not None and not re.search(r"[年月日号天周时钟]", text):
        low = str(_value(counted[1], counted[2]))
    elif not text[0].isdigit():
        low = f"1{text}"  # read as a number; what it says is told from the text
    return Token(text, low, low, found.start())


def _value(digits: str, units: str) -> int:
    """Return the value of `1.2万`, `三百`, `两千`."""
    total, part = 0.0, float(digits.replace(",", "").strip(".") or 0) if digits else 0.0
    for char in units:
        if char in _DIGITS:
            part = float(_DIGITS[char])
        elif char in _UNITS:
            unit = _UNITS[char]
            if unit >= _UNITS["万"]:
                total, part = (total + part or 1.0) * unit, 0.0
            else:
                total, part = total + (part or 1.0) * unit, 0.0
    return int(total + part)


def _whole_names(tokens: list[Token]) -> list[Token]:
    """Join what stands on both sides of the dot of a foreign name: 弗拉基米尔·普京 is what 普京 is."""
    joined: list[Token] = []
    for token in tokens:
        if len(joined) > 1 and joined[-1].text == "·" and _HAN.search(joined[-2].text):
            first = joined[-2]
            del joined[-2:]
            text = f"{first.text}·{token.text}"
            joined.append(Token(text, token.low, token.entry, first.start))
        else:
            joined.append(token)
    return joined
