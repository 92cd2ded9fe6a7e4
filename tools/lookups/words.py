"""The words of one language: every surface form with what it can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lookups.inflect import NoParadigm
from lookups.models import Phrase
from lookups.source import BadData, Loc, near_miss

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lookups.inflect import Inflector
    from lookups.models import ConceptWords, Grammar, Lexicon
    from lookups.source import Source

Sense = tuple[Any, ...]

AMBIGUOUS = "?"  # after the case letters of a name that may mean something else


class Form(NamedTuple):
    """One form as it stands in a text, and one thing that it can be. A form that ends in `*` is a stem."""

    text: str
    sense: Sense


def unread(lexicon: Lexicon, source: Source, known: set[str]) -> list[str]:
    """Return a line for each concept that no frame reads: its words have no effect."""
    return [
        source.mistake(("concepts", name), f"no frame reads this concept{near_miss(name, known)}")
        for name in lexicon.concepts
        if name not in known
    ]


def refuse_repetition(lexicon: Lexicon, source: Source) -> None:
    """Raise BadData for words that stand twice in one list."""
    mistakes = []
    for loc, words in _lists(lexicon):
        first: dict[str, int] = {}
        for at, word in enumerate(words):
            if word in first:
                before = source.line((*loc, first[word]))
                mistakes.append(
                    source.mistake((*loc, at), f"{word!r} stands a second time, first in line {before}")
                )
            first.setdefault(word, at)
    if mistakes:
        raise BadData(mistakes)


def _lists(lexicon: Lexicon) -> Iterator[tuple[Loc, list[str]]]:
    for concept, words in lexicon.concepts.items():
        for part in ("verbs", "nouns", "adjectives"):
            yield ("concepts", concept, part), getattr(words, part)
        yield ("concepts", concept, "phrases"), [_phrase(phrase).text for phrase in words.phrases]
    yield ("verbs",), lexicon.verbs
    for role, words_ in lexicon.roles.items():
        yield ("roles", role), words_
    for kind, expressions in lexicon.blockers.items():
        yield ("blockers", kind), expressions


def forms(grammar: Grammar, lexicon: Lexicon, source: Source, inflector: Inflector) -> list[Form]:
    """Return every form of the language but the names. Raises BadData for a word that cannot be inflected."""
    return [*_functions(grammar), *_Writer(lexicon, source, inflector).forms()]


def _functions(grammar: Grammar) -> Iterator[Form]:
    for category, values in grammar.functions.items():
        for value, texts in values.items():
            yield from (Form(text, ("f", category, value)) for text in texts)
    for status, texts in grammar.cues.items():
        yield from (Form(text, ("f", "cue", status)) for text in texts)


def _phrase(phrase: str | Phrase) -> Phrase:
    return phrase if isinstance(phrase, Phrase) else Phrase(text=phrase)


class _Writer:
    """Goes through a lexicon once; remembers the verbs, which phrases and metaphors are read by."""

    def __init__(self, lexicon: Lexicon, source: Source, inflector: Inflector) -> None:
        self._lexicon = lexicon
        self._source = source
        self._inflector = inflector
        self._mistakes: list[str] = []
        self._lemmas: dict[str, set[str]] = {}
        self._letters: dict[str, str] = {}

    def forms(self) -> list[Form]:
        """Return all forms. Raises BadData for the words that no rule inflects."""
        found = [*self._concepts(), *self._common_verbs()]
        found += [*self._phrases(), *self._roles(), *self._blockers()]  # these read the verbs found before
        if self._mistakes:
            raise BadData(self._mistakes)
        return found

    def _concepts(self) -> Iterator[Form]:
        for concept, words in self._lexicon.concepts.items():
            yield from self._concept(("concepts", concept), concept, words)

    def _common_verbs(self) -> Iterator[Form]:
        with_concept = {verb for words in self._lexicon.concepts.values() for verb in words.verbs}
        for at, verb in enumerate(self._lexicon.verbs):
            if verb not in with_concept:
                yield from self._verb(("verbs", at), verb, "")

    def _phrases(self) -> Iterator[Form]:
        for concept, words in self._lexicon.concepts.items():
            for phrase in words.phrases:
                yield from self._fixed(concept, _phrase(phrase))

    def _roles(self) -> Iterator[Form]:
        for role, nouns in self._lexicon.roles.items():
            yield from _several(nouns, self._inflector.noun, ("r", role))

    def _blockers(self) -> Iterator[Form]:
        for kind, texts in self._lexicon.blockers.items():
            inflect = self._expression if kind == "metaphor" else self._inflector.noun
            yield from _several(texts, inflect, ("x", kind))

    def _concept(self, loc: Loc, concept: str, words: ConceptWords) -> Iterator[Form]:
        for at, verb in enumerate(words.verbs):
            yield from self._verb((*loc, "verbs", at), verb, concept)
        yield from _several(words.nouns, self._inflector.noun, ("n", concept))
        yield from _several(words.adjectives, self._inflector.adjective, ("a", concept))

    def _verb(self, loc: Loc, text: str, concept: str) -> Iterator[Form]:
        if text.endswith("*"):
            yield Form(text, ("v", concept, ""))
            return
        try:
            conjugated = self._inflector.verb(text)
        except NoParadigm as error:
            self._mistakes.append(self._source.mistake(loc, str(error)))
            return
        for form, letters in conjugated.items():
            self._remember(text, form, letters)
            yield Form(form, ("v", concept, letters))

    def _remember(self, text: str, form: str, letters: str) -> None:
        if "|" not in text and (lemma := self._inflector.opening(text)):
            first = _first(form)
            self._lemmas.setdefault(first, set()).add(lemma)
            self._letters[first] = merged(self._letters.get(first, ""), letters.replace("R", ""))

    def _fixed(self, concept: str, phrase: Phrase) -> Iterator[Form]:
        for text in phrase.text.split("|"):
            form = text.strip()
            if phrase.pos == "verb":
                letters = phrase.letters or self._letters_of(form)
                yield Form(form, ("v", concept, letters))
            else:
                yield Form(form, ("n" if phrase.pos == "noun" else "a", concept))

    def _letters_of(self, form: str) -> str:
        """Return the letters of the first word that is a verb form."""
        return next(filter(None, (self._letters.get(word) for word in re.split(r"[\s']", form.lower()))), "")

    def _expression(self, text: str) -> Iterator[str]:
        """Inflect a metaphor as a noun, and as a verb when it begins with one."""
        yield from self._inflector.noun(text)
        first, _, rest = text.partition(" ")
        if rest and "|" not in text:
            for lemma in sorted(self._lemmas.get(first, ())):
                yield from self._inflector.verb(f"{lemma} {rest}")


def _several(texts: Iterable[str], inflect: Callable[[str], Iterable[str]], sense: Sense) -> Iterator[Form]:
    for text in texts:
        stands = [text] if text.endswith("*") else inflect(text)
        yield from (Form(form, sense) for form in stands)


def _first(text: str) -> str:
    return text.split(" ", 1)[0]


def merged(one: str, other: str) -> str:
    """Return the letters of both. Reflexive only (R) stays when both are."""
    order = "IPDMFCSNG"
    letters = "".join(letter for letter in order if letter in one or letter in other)
    return letters + ("R" if "R" in one and "R" in other else "")
