"""Which wire a text says that it comes from: by its dateline or credit, or by whom it says that it heard it.

One scan finds the names of wires, the patterns of wires.yaml then read the words around each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from ahocorasick_rs import AhoCorasick, MatchKind

from schemas import yaml12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Article
    from streams.sources.registry import Registry

AGENCIES = "agencies"
"""Stands for wires that the text does not name ("with agencies")."""

HEAD, TAIL = 400, 300  # characters, title included, that hold datelines and credits
_BEFORE, _AFTER = 70, 50  # characters around a name that say what the text makes of it
_MARK = "\0"  # stands for the name
_INSIDE = "\1"  # stands for a text that goes on, so that ^ and $ are ends of lines only
_CLITICS = frozenset("لبوف")  # written as one word with the Arabic name that follows
_CLOSING = (")", "\uff09")
_SHORT = 3  # letters of an abbreviation, which stands in capitals already
_GLOSS = re.compile(' ?[(\uff08\u00ab"]*')  # between a name and its own abbreviation


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What the words around a name of a wire can be, in one language."""

    credits: re.Pattern[str]
    reports: re.Pattern[str] | None
    about: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of all wires and the phrases that stand for unnamed ones, with what each means."""

    scan: AhoCorasick
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    wire: str
    start: int
    end: int


def named_wire(text: str, lang: str, registry: Registry) -> str | None:
    """Return the id of the wire that a text (title, line end, body) says that it comes from.

    A credit goes before a report, an earlier one before a later; `agencies` where the text names none but says that
    there were some; None where it says nothing, tells of the wire itself, or of what that could not find out.
    """
    names = _names(registry)
    mentions = list(_mentions(text, names))
    if not mentions:
        return None
    patterns = _patterns(lang)
    tail = len(text) - TAIL
    reported: str | None = None
    unnamed = False
    for mention in mentions:
        in_frame = mention.start < HEAD or mention.end > tail
        if mention.wire == AGENCIES:
            unnamed = unnamed or in_frame
            continue
        if not in_frame and reported:
            continue
        found = _found(_around(text, mention), patterns, in_frame=in_frame)
        if found == "credit":
            return mention.wire
        if found == "report" and reported is None:
            reported = mention.wire
    return reported or (AGENCIES if unnamed else None)


def origin_of(article: Article, lang: str, registry: Registry) -> str | None:
    """Return whose text an article is: its hint, as a registry id where that is known, else the wire it names."""
    if article.origin_hint is None:
        return named_wire(article.text, lang, registry)
    hinted = registry.named(article.origin_hint)
    return hinted.id if hinted else article.origin_hint


def _found(around: str, patterns: _Patterns, *, in_frame: bool) -> Literal["credit", "report"] | None:
    """Return what the words around a name make of it; None when they tell of the wire itself, or nothing."""
    credit = in_frame and patterns.credits.search(around) is not None
    report = patterns.reports.search(around) if patterns.reports else None
    if not credit and not report:
        return None
    told_of = patterns.about.search(around)
    if credit and not told_of:
        return "credit"
    if report and (not told_of or (report.start() < told_of.start() and told_of.end() <= report.end())):
        return "report"
    return None


def _mentions(text: str, names: _Names) -> Iterator[_Mention]:
    """Yield the mentions of wires; a name and its own abbreviation in brackets are one."""
    last: _Mention | None = None
    for at, start, end in names.scan.find_matches_as_indexes(text):
        if _within_word(text, start, end):
            continue
        wire = names.meanings[at]
        if last and last.wire == wire and _GLOSS.fullmatch(text, last.end, start):
            last = _Mention(wire, last.start, end + text.startswith(_CLOSING, end))
            continue
        if last:
            yield last
        last = _Mention(wire, start, end)
    if last:
        yield last


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether the letters go on before or behind; Chinese sets no spaces, Arabic ties small words to the next."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in _CLITICS:
        before = text[start - 2 : start - 1]
    return (_is_spaced(first) and before.isalnum()) or (_is_spaced(last) and after.isalnum())


def _is_spaced(character: str) -> bool:
    return character.isalnum() and not "\u3040" <= character <= "\u9fff"


def _around(text: str, mention: _Mention) -> str:
    start, end = max(0, mention.start - _BEFORE), min(len(text), mention.end + _AFTER)
    return (
        (_INSIDE if start else "")
        + text[start : mention.start]
        + _MARK
        + text[mention.end : end]
        + (_INSIDE if end < len(text) else "")
    )


@lru_cache(maxsize=4)
def _names(registry: Registry) -> _Names:
    meanings = {
        name: source.id for source in registry if source.is_wire for name in (source.name, *source.names)
    }
    meanings = {name.upper(): wire for name, wire in meanings.items() if len(name) > _SHORT} | meanings
    for words in _written()["languages"].values():
        for phrase in words["agencies"]:
            meanings |= dict.fromkeys(
                (phrase, phrase[0].upper() + phrase[1:], phrase.title(), phrase.upper()), AGENCIES
            )
    return _Names(AhoCorasick(list(meanings), matchkind=MatchKind.LeftmostLongest), tuple(meanings.values()))


@cache
def _patterns(lang: str) -> _Patterns:
    """Return the patterns of a language; the credits alone where it has none."""
    written = _written()
    words = written["languages"].get(lang, {})
    agency = words.get("agency", "")
    reports = words.get("reports", [])
    # A word begins where a pattern does: asked once, it spares asking every pattern at every letter.
    begins = "" if words.get("tied") else rf"(?:\b|(?={_MARK}))"
    return _Patterns(
        credits=_compiled(written["credits"], agency),
        reports=_compiled(reports, agency, begins) if reports else None,
        about=_compiled([*written["about"], *words.get("about", [])], agency, begins),
    )


def _compiled(patterns: list[str], agency: str, begins: str = "") -> re.Pattern[str]:
    either = "|".join(f"(?:{pattern})" for pattern in patterns).replace("{agency}", agency)
    return re.compile(f"{begins}(?:{either})".replace("{wire}", _MARK), re.IGNORECASE | re.MULTILINE)


@cache
def _written() -> Any:
    return yaml12.load(files("streams.sources").joinpath("wires.yaml").read_bytes())
