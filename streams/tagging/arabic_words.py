"""Arabic words cut free of what is written together with them.

`وبالصواريخ` is `and with the missiles`. A cut is made only where what is left is a word that the lists know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from streams.tagging import tokens
from streams.tagging.rows import Token

if TYPE_CHECKING:
    from streams.tagging.lexicon import Lexicon

THE: Final = "ال"
_AND: Final = ("و", "ف")
_PREPOSITIONS: Final = ("ب", "ل", "ك")
_WILL: Final = "س"
_TO_THE: Final = "لل"  # ل and the article are written without its alef
PRONOUNS: Final = ("هما", "هم", "هن", "ها", "ه")  # the others end too many words by chance
_THEIRS: Final = "خاصته"  # how grammar.yaml calls the possessive that is written behind its noun
_PRESENT: Final = ("ي", "ت", "ن")  # what a verb begins with where `will` may stand before it
_ENDINGS: Final = ("ا", "ان", "تان", "تين")  # of peoples: صاروخا إسرائيليا, جنديان سودانيان
_SHORT: Final = 3  # letters; less is no word of its own behind a cut


class Part(NamedTuple):
    """A part of a written word: how many of its letters, how phrases have it, and its entry."""

    length: int
    low: str
    entry: str


class Opening(NamedTuple):
    """What is cut off before a word, the rest, and how many letters of the rest are not written."""

    head: list[Part]
    rest: str
    unwritten: int = 0


class Cutter:
    """Cuts conjunctions, prepositions, the future and pronouns off their words."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words
        self._inside = {token for row in words.rows() for token in row.rest.split(" ")}
        self._pattern = tokens.pattern("ar")

    def cut(self, piece: str) -> list[Token]:
        """Return the words of what stands between two blanks."""
        found: list[Token] = []
        for match in self._pattern.finditer(f"{piece} "):
            if match[0].strip():
                found += self._word(match[0], match.start())
        return found

    def _word(self, text: str, start: int) -> list[Token]:
        """Return a word in its parts, each with the letters and signs of the text that are its own."""
        bare = tokens.without_strokes(text.lower())
        parts = self._known(bare) or self._parts(bare) or self._guessed(bare)
        places = [at for at, char in enumerate(text) if char != tokens.STROKE]
        found: list[Token] = []
        at = 0
        for length, low, entry in parts:
            first = places[at] if at < len(places) else len(text)
            last = places[at + length] if at + length < len(places) else len(text)
            found.append(Token(text[first:last] if length else "", low, entry, start + first))
            at += length
        return found

    def _known(self, word: str) -> list[Part]:
        entry = self._entry(word)
        return [Part(len(word), word, entry)] if entry else []

    def _entry(self, word: str) -> str:
        """Return what the lists know the word as, with its article or without."""
        words = self._words
        if words.word(word) is not None or word in words.calendar or words.phrases(word):
            return word
        bare = word.removeprefix(THE)
        if bare != word and (words.word(bare) is not None or words.phrases(bare)):
            return bare
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return next((stem for stem in stems if (known := words.word(stem)) is not None and known.uses), "")

    def _parts(self, word: str) -> list[Part]:
        """Return the parts of the first way to cut the word that leaves one that is known."""
        for known in (self._known, self._with_pronoun):
            if known == self._with_pronoun and word in self._inside:
                return [Part(len(word), word, word)]
            for opening in _openings(word):
                whole = known(opening.rest)
                if whole and self._may_follow(opening, whole[-1].entry):
                    last = whole[-1]
                    return [*opening.head, *whole[:-1], last._replace(length=last.length - opening.unwritten)]
        return []

    def _may_follow(self, opening: Opening, entry: str) -> bool:
        """`ف` stands before verbs and small words: فردا is one person, not an answer; `ك` before an article."""
        first = opening.head[0].entry if opening.head else ""
        word = self._words.word(entry)
        if first == "ف":
            return word is not None and bool(word.function or (word.verbs and not word.nouns))
        return first != "ك" or opening.rest.startswith(THE)

    def _with_pronoun(self, word: str) -> list[Part]:
        """Return a word and the pronoun behind it: قواته their forces, عليها on her, قصفتها struck it."""
        for pronoun in PRONOUNS:
            if not word.endswith(pronoun) or len(word) - len(pronoun) < _SHORT - 1:
                continue
            stem = word.removesuffix(pronoun)
            for entry in _unjoined(stem):
                known = self._words.word(entry)
                if known is None:
                    continue
                if known.nouns or known.roles:
                    return [
                        Part(0, _THEIRS, _THEIRS),
                        Part(len(word), THE + entry, entry),
                    ]  # as definite as with an article
                if known.verbs or known.function in ("prep", "that"):
                    return [Part(len(stem), entry, entry), Part(len(pronoun), pronoun, pronoun)]
        return []

    def _guessed(self, word: str) -> list[Part]:
        """Return a word that no list knows, cut before an article if it has one."""
        for head, rest, unwritten in _openings(word):
            if head and rest.startswith(THE):
                return [*head, Part(len(rest) - unwritten, rest, rest.removeprefix(THE))]
        return [Part(len(word), word, word)]


def _openings(word: str) -> list[Opening]:
    """Return the ways to cut off what may stand before a word."""
    ways = [Opening([], word)]
    if word.startswith(_AND):
        ways.append(Opening([_clitic(word[0])], word[1:]))
    for before, rest, _ in list(ways):
        if rest.startswith(_TO_THE):
            ways.append(Opening([*before, _clitic(rest[0])], THE + rest[2:], 1))
        if rest.startswith(_PREPOSITIONS) or (rest.startswith(_WILL) and rest[1:2] in _PRESENT):
            ways.append(Opening([*before, _clitic(rest[0])], rest[1:]))
    return [way for way in ways if way.rest]


def _clitic(letter: str) -> Part:
    return Part(1, letter, letter)


def _unjoined(stem: str) -> tuple[str, ...]:
    """Return what a word may be written as when no pronoun follows: دولتـ is دولة, قصفو is قصفوا."""
    if stem.endswith("ت"):
        return stem, f"{stem[:-1]}ة"
    if stem.endswith("و"):
        return stem, f"{stem}ا"
    if stem.endswith("ا"):
        return stem, f"{stem[:-1]}ي"
    return (stem,)
