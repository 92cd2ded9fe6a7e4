"""Lemmas to the forms they take in a text, by the paradigms of a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lookups.models import LETTERS
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lookups.models import Paradigms, VerbRule, WordRule, Words


class NoParadigm(TocsinError):
    """A word that no rule of its language can inflect."""


class Inflector:
    """Inflects the words of one language. A text `a | b` holds its forms itself and stays as it is."""

    def __init__(self, paradigms: Paradigms) -> None:
        self._paradigms = paradigms
        self._stops = set(paradigms.nouns.head_before)

    def verb(self, text: str) -> dict[str, str]:
        """Return every form of a verb, the words after the first unchanged, with its letters.

        Raises NoParadigm when the language has no rule for it.
        """
        if "|" in text or "/" in text:
            return self._spelled(dict(_written(text)))
        between, text, reflexive = self._without_pronoun(text)
        first, _, rest = text.partition(" ")
        forms: dict[str, str] = {}
        for form, letters in self._conjugated(first).items():
            before = between if "N" not in letters else ""
            forms[" ".join(filter(None, (before, form, rest)))] = letters + ("R" if reflexive else "")
        return self._spelled(forms)

    def noun(self, text: str) -> list[str]:
        """Return the forms of a noun, singular first."""
        return self._several(text, self._paradigms.nouns)

    def adjective(self, text: str) -> list[str]:
        """Return the forms of an adjective; one that no rule fits has only its own."""
        return self._several(text, self._paradigms.adjectives)

    def _without_pronoun(self, text: str) -> tuple[str, str, bool]:
        """Cut the reflexive pronoun off a verb, as `s'` or `s'en `: what stands after it, the verb, was there one."""
        for pronoun in self._paradigms.verbs.reflexive:
            if text.startswith(pronoun):
                between = re.split(r"['\s]", pronoun.strip(), maxsplit=1)[1:]
                return "".join(between), text.removeprefix(pronoun), True
        return "", text, False

    def _conjugated(self, lemma: str) -> dict[str, str]:
        verbs = self._paradigms.verbs
        found = self._irregular(lemma)
        stem, own = found or ("", {})
        forms = {letter: [stem + f for f in self._filled(endings)] for letter, endings in own.items()}
        rule = next((rule for rule in verbs.rules if self._fits(rule, lemma)), None)
        if rule is None and not forms:
            raise NoParadigm(f"no rule says how the verb {lemma!r} is inflected")
        if rule is not None:
            for letter, endings in rule.endings.items():
                forms.setdefault(letter, list(self._endings(rule.match, lemma, self._filled(endings))))
        return _by_form(forms)

    def _irregular(self, lemma: str) -> tuple[str, dict[str, list[str]]] | None:
        """Return the irregular forms of a verb, and the prefix that goes before them, as `with` of `withdraw`."""
        verbs = self._paradigms.verbs
        for prefix in ("", *verbs.prefixes):
            if lemma.startswith(prefix) and (own := verbs.irregular.get(lemma[len(prefix) :])):
                return prefix, own
        return None

    def _fits(self, rule: VerbRule | WordRule, lemma: str) -> bool:
        if not re.search(rule.match, lemma):
            return False
        if not rule.only:
            return True
        prefixes = ("", *self._paradigms.verbs.prefixes)
        return any(lemma.startswith(prefix) and lemma[len(prefix) :] in rule.only for prefix in prefixes)

    def _filled(self, endings: list[str]) -> Iterator[str]:
        """Put the named endings in: `pren~imp` becomes prenais, prenait …"""
        for ending in endings:
            stem, mark, name = ending.partition("~")
            yield from (stem + each for each in self._paradigms.endings[name]) if mark else (stem,)

    @staticmethod
    def _endings(match: str, lemma: str, endings: Iterator[str] | list[str]) -> Iterator[str]:
        found = re.search(match, lemma)
        assert found, (match, lemma)
        for ending in endings:
            yield lemma[: found.start()] + found.expand(ending)

    def _several(self, text: str, words: Words) -> list[str]:
        """Inflect the words of an expression that change with its number; the others stay."""
        if "|" in text:
            return self._all_spelled([form for form, _ in _written(text)])
        head, rest = self._head(text.split(" "))
        changing = head if self._paradigms.nouns.inflected == "all" else head[-1:]
        fixed = head[: len(head) - len(changing)]
        tables = [self._declined(word, words) for word in changing]
        forms = [
            " ".join([*fixed, *(_in_turn(table, turn) for table in tables), *rest])
            for turn in range(max(map(len, tables), default=1))
        ]
        return self._all_spelled(forms)

    def _head(self, parts: list[str]) -> tuple[list[str], list[str]]:
        """Split before the first word that opens a complement: `prisoner` `of war`."""
        for at, part in enumerate(parts):
            if part.lower() in self._stops or any(
                stop.endswith("'") and part.lower().startswith(stop) for stop in self._stops
            ):
                return parts[:at], parts[at:]
        return parts, []

    def _declined(self, word: str, words: Words) -> list[str]:
        if irregular := words.irregular.get(word):
            return irregular
        for rule in words.rules:
            if self._fits(rule, word):
                return list(self._endings(rule.match, word, rule.endings))
        return [word]

    def _all_spelled(self, forms: list[str]) -> list[str]:
        return list(self._spelled(dict.fromkeys(forms, "")))

    def _spelled(self, forms: dict[str, str]) -> dict[str, str]:
        """Add the second spellings, as `armor` beside `armour`."""
        also = {
            second: letters
            for form, letters in forms.items()
            for spelling in self._paradigms.spelling
            if (second := re.sub(spelling.match, spelling.also, form)) != form
        }
        return also | forms


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Read `struck/DN | strike`."""
    for part in text.split("|"):
        form, _, letters = part.strip().partition("/")
        yield form, letters


def _in_turn(table: list[str], turn: int) -> str:
    """Return the form for this turn; a table with fewer forms goes on with its singular and plural."""
    return table[turn] if turn < len(table) else table[turn % 2 if len(table) > 1 else 0]


def _by_form(by_letter: dict[str, list[str]]) -> dict[str, str]:
    forms: dict[str, str] = {}
    for letter in sorted(by_letter, key=LETTERS.index):
        for form in by_letter[letter]:
            if letter not in forms.get(form, ""):
                forms[form] = forms.get(form, "") + letter
    return forms
