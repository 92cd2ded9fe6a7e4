"""paradigms.yaml of one language: how its words are inflected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from lookups.models import Letters
from lookups.source import BadData, Entry, near_miss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lookups.source import Loc, Source


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no pattern: {error}") from error
    return text


def _listed(value: Any) -> Any:
    """Let `"a b c"` stand for `[a, b, c]`."""
    return value.split() if isinstance(value, str) else value


Pattern = Annotated[str, AfterValidator(_pattern)]
Endings = Annotated[list[str], BeforeValidator(_listed), Field(min_length=1)]
VerbEndings = dict[Letters, Endings]


def _refuse_misfits(match: str, endings: Iterable[str]) -> None:
    """Raise ValueError when an ending refers to a group that the pattern has not."""
    groups = re.compile(match).groups
    for ending in endings:
        for group in re.findall(r"\\(\d+)", ending):
            if int(group) > groups:
                raise ValueError(f"{match!r} has no group {group}, which {ending!r} refers to")


class VerbRule(Entry):
    """How verbs that match are inflected: each ending takes the place of the match."""

    match: Pattern
    only: list[str] = Field(default=[])
    endings: VerbEndings

    @model_validator(mode="after")
    def _fits(self) -> VerbRule:
        _refuse_misfits(self.match, (ending for endings in self.endings.values() for ending in endings))
        return self


class WordRule(Entry):
    """How nouns or adjectives that match are inflected: singular and plural in turn."""

    match: Pattern
    only: list[str] = Field(default=[])
    endings: Endings

    @model_validator(mode="after")
    def _fits(self) -> WordRule:
        _refuse_misfits(self.match, self.endings)
        return self


class Verbs(Entry):
    """Inflection of verbs."""

    irregular: dict[str, VerbEndings] = Field(default={})
    prefixes: list[str] = Field(default=[])
    reflexive: list[str] = Field(default=[])
    rules: list[VerbRule]


class Words(Entry):
    """Inflection of nouns or adjectives."""

    irregular: dict[str, Endings] = Field(default={})
    rules: list[WordRule] = Field(default=[])


class Nouns(Words):
    """Inflection of nouns, and which word of several it is that changes."""

    inflected: Literal["last", "all"] = "last"
    head_before: list[str] = Field(default=[])


class Spelling(Entry):
    """A second spelling: what a form that matches is written like elsewhere."""

    match: Pattern
    also: str


class Paradigms(Entry):
    """paradigms.yaml of one language."""

    language: str
    endings: dict[str, list[str]] = Field(default={})
    verbs: Verbs
    nouns: Nouns
    adjectives: Words
    spelling: list[Spelling] = Field(default=[])

    def refuse_unknown_endings(self, source: Source) -> None:
        """Raise BadData when a form names endings that are nowhere, as `pren~past`."""
        mistakes = [
            source.mistake(loc, f"no endings are called {name!r}{near_miss(name, self.endings)}")
            for loc, endings in self._verb_endings()
            for name in (ending.partition("~")[2] for ending in endings if "~" in ending)
            if name not in self.endings
        ]
        if mistakes:
            raise BadData(mistakes)

    def _verb_endings(self) -> Iterator[tuple[Loc, list[str]]]:
        for lemma, by_letter in self.verbs.irregular.items():
            for letter, endings in by_letter.items():
                yield ("verbs", "irregular", lemma, letter), endings
        for at, rule in enumerate(self.verbs.rules):
            for letter, endings in rule.endings.items():
                yield ("verbs", "rules", at, "endings", letter), endings
