"""The words of one language: every surface form with what it can be."""

from __future__ import annotations

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
                mistakes.append(source.mistake((*loc, at), f"{word!r} stands a second time, first in line {before}"))
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
        with_concept = {verb for words in self._lexicon.concepts.values() for verb in words.verbs}
        common = [(at, verb) for at, verb in enumerate(self._lexicon.verbs) if verb not in with_concept]
        found = [
            form
            for concept, words in self._lexicon.concepts.items()
            for form in self._concept(("concepts", concept), concept, words)
        ]
        found += [form for at, verb in common for form in self._verb(("verbs", at), verb, "")]
        for concept, words in self._lexicon.concepts.items():
            found += [form for phrase in words.phrases for form in self._fixed(concept, _phrase(phrase))]
        for role, nouns in self._lexicon.roles.items():
            found += self._several(("roles", role), nouns, self._inflector.noun, ("r", role))
        for kind, texts in self._lexicon.blockers.items():
            inflect = self._expression if kind == "metaphor" else self._inflector.noun
            found += self._several(("blockers", kind), texts, inflect, ("x", kind))
        if self._mistakes:
            raise BadData(self._mistakes)
        return found

    def _concept(self, loc: Loc, concept: str, words: ConceptWords) -> Iterator[Form]:
        for at, verb in enumerate(words.verbs):
            yield from self._verb((*loc, "verbs", at), verb, concept)
        yield from self._several((*loc, "nouns"), words.nouns, self._inflector.noun, ("n", concept))
        yield from self._several(
            (*loc, "adjectives"), words.adjectives, self._inflector.adjective, ("a", concept)
        )

    def _verb(self, loc: Loc, text: str, concept: str) -> Iterator[Form]:
        if text.endswith("*"):
            yield Form(text, ("v", concept, ""))
            return
        try:
            conjugated = self._inflector.verb(text)
        except NoParadigm as error:
            self._mistakes.append(self._source.mistake(loc, str(error)))
            return
        lemma = text.partition(" ")[0]
        for form, letters in conjugated.items():
            self._remember(form.partition(" ")[0], lemma, letters)
            yield Form(form, ("v", concept, letters))

    def _remember(self, first: str, lemma: str, letters: str) -> None:
        self._lemmas.setdefault(first, set()).add(lemma)
        self._letters[first] = merged(self._letters.get(first, ""), letters.replace("R", ""))

    def _several(
        self, loc: Loc, texts: Iterable[str], inflect: Callable[[str], Iterable[str]], sense: Sense
    ) -> Iterator[Form]:
        for at, text in enumerate(texts):
            if text.endswith("*"):
                yield Form(text, sense)
                continue
            try:
                yield from (Form(form, sense) for form in inflect(text))
            except NoParadigm as error:
                self._mistakes.append(self._source.mistake((*loc, at), str(error)))

    def _fixed(self, concept: str, phrase: Phrase) -> Iterator[Form]:
        for text in phrase.text.split("|"):
            form = text.strip()
            if phrase.pos == "verb":
                letters = phrase.letters
                if letters is None:
                    letters = self._letters.get(form.partition(" ")[0].lower(), "")
                yield Form(form, ("v", concept, letters))
            else:
                yield Form(form, ({"noun": "n", "adjective": "a"}[phrase.pos], concept))

    def _expression(self, text: str) -> Iterator[str]:
        """Inflect a metaphor as a verb when it begins with one, else as a noun."""
        first, _, rest = text.partition(" ")
        lemmas = sorted(self._lemmas.get(first, ()))
        if not lemmas or not rest or "|" in text:
            yield from self._inflector.noun(text)
        yield text.strip() if "|" not in text else text.split("|")[0].strip()
        for lemma in lemmas if rest else ():
            yield from self._inflector.verb(f"{lemma} {rest}")


def merged(one: str, other: str) -> str:
    """Return the letters of both. Reflexive only (R) stays when both are."""
    order = "IPDMFCSNG"
    letters = "".join(letter for letter in order if letter in one or letter in other)
    return letters + ("R" if "R" in one and "R" in other else "")
