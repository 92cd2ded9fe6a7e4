"""Lemmas to the forms they take in a text, by the paradigms of a language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lookups.models import LETTERS
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lookups.paradigms import Paradigms, VerbRule, WordRule, Words


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
        before, lemma, after = self._verb_of(text.split(" "))
        forms: dict[str, str] = {}
        for form, letters in self._conjugated(lemma).items():
            pronoun = [between] if between and "N" not in letters else []
            forms[" ".join([*pronoun, *before, form, *after])] = letters + ("R" if reflexive else "")
        return self._spelled(forms)

    def opening(self, text: str) -> str:
        """Return the verb when an expression begins with it, a reflexive pronoun aside, else nothing."""
        _, text, _ = self._without_pronoun(text)
        before, lemma, _ = self._verb_of(text.split(" "))
        return "" if before else lemma

    def noun(self, text: str) -> list[str]:
        """Return the forms of a noun, singular first."""
        return self._several(text, self._paradigms.nouns)

    def adjective(self, text: str) -> list[str]:
        """Return the forms of an adjective; one that no rule fits has only its own."""
        return self._several(text, self._paradigms.adjectives)

    def _without_pronoun(self, text: str) -> tuple[str, str, bool]:
        """Return what follows the pronoun (`en` of `s'en prendre`), the verb, and whether there was one."""
        for pronoun in self._paradigms.verbs.reflexive:
            if text.startswith(pronoun):
                between = re.split(r"['\s]", pronoun.strip(), maxsplit=1)[1:]
                return "".join(between), text.removeprefix(pronoun), True
        return "", text, False

    def _verb_of(self, parts: list[str]) -> tuple[list[str], str, list[str]]:
        """Find the first word that is inflected, which is the first but for `en découdre` and the like."""
        for at, part in enumerate(parts):
            if self._irregular(part) or self._rule(part):
                return parts[:at], part, parts[at + 1 :]
        raise NoParadigm(f"no rule says how the verb {' '.join(parts)!r} is inflected")

    def _rule(self, lemma: str) -> VerbRule | None:
        return next((rule for rule in self._paradigms.verbs.rules if self._fits(rule, lemma)), None)

    def _conjugated(self, lemma: str) -> dict[str, str]:
        prefix, own = self._irregular(lemma) or ("", {})
        forms = {letter: [prefix + form for form in self._filled(own[letter])] for letter in own}
        if rule := self._rule(lemma):
            for letter, endings in rule.endings.items():
                forms.setdefault(letter, list(_endings(rule.match, lemma, self._filled(endings))))
        return _by_form(forms)

    def _irregular(self, lemma: str) -> tuple[str, dict[str, list[str]]] | None:
        """Return the irregular forms of a verb, and what goes before them, as `with` of `withdraw`."""
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
        """Put the named endings in, so that `pren~imp` is prenais, prenait and so on."""
        for ending in endings:
            stem, mark, name = ending.partition("~")
            yield from (stem + each for each in self._paradigms.endings[name]) if mark else (stem,)

    def _several(self, text: str, words: Words) -> list[str]:
        """Inflect the words of an expression that change with its number; the others stay."""
        if "|" in text:
            return self._all_spelled([form for form, _ in _written(text)])
        if whole := words.irregular.get(text):
            return self._all_spelled(whole)
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
        rule = next((rule for rule in words.rules if self._fits(rule, word)), None)
        return list(_endings(rule.match, word, rule.endings)) if rule else [word]

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


def _endings(match: str, lemma: str, endings: Iterable[str]) -> Iterator[str]:
    """Put each ending in the place of the match."""
    for ending in endings:
        yield re.sub(match, ending, lemma, count=1)


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
