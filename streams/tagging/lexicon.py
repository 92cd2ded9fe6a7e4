"""The look-up file of one language, loaded: what each word can be."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import orjson

from streams.errors import TocsinError
from streams.tagging.table import STEM, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streams.tagging.table import Row

COMPILED: Final = files("streams.tagging").joinpath("compiled")

_SHORT: Final = 5  # letters; a shorter word ends like a verb by chance
_AHEAD: Final = frozenset("FC")
_AHEAD_MODALS: Final = frozenset(("future", "conditional"))
_MET: Final = (
    20_000  # words and senses that are remembered: they cost memory, and most of the lexicon is never met
)


class MissingLookups(TocsinError):
    """The look-up files are not where they should be."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A state, organisation, person or place that a name stands for. `party` is the id of who acts."""

    id: str
    kind: str
    name: str
    party: str | None = None
    role: str | None = None
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    population: int = 0
    capital: bool = False
    since: str | None = None
    until: str | None = None
    offices: tuple[dict[str, str], ...] = ()
    unless: tuple[str, ...] = ()
    members: tuple[str, ...] = ()

    @property
    def is_place(self) -> bool:
        """Whether it is a point or an area on the map rather than one who acts."""
        return self.kind in ("city", "region", "sea")


@dataclass(frozen=True, slots=True)
class Use:
    """One way a word names an entity: as a name, an adjective (`Russian`) or a people (`Russians`)."""

    entity: Entity
    how: str
    capital: int = 0
    case: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """All that one surface form can be."""

    verbs: tuple[tuple[str, str], ...] = ()  # (concept or "", letters of tense and mood)
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    functions: tuple[tuple[str, str], ...] = ()
    blocks: str = ""
    function: str = ""  # category of the first function sense
    value: str = ""
    letters: str = ""  # of all verb senses together
    verb_concepts: tuple[str, ...] = ()
    reflexive_concepts: tuple[str, ...] = ()  # what it stands for after `se`

    @property
    def is_ahead(self) -> bool:
        """Whether a verb with it can be one of the future or conditional."""
        return not _AHEAD.isdisjoint(self.letters) or any(
            (category == "modal" and value in _AHEAD_MODALS)
            or (category == "aux" and (value.startswith("werden") or value[-1:] in _AHEAD))
            for category, value in self.functions
        )


@dataclass(frozen=True, slots=True)
class Phrase:
    """An entry of several tokens: those after the first, and what they are together."""

    rest: list[str]
    word: Word


class Lexicon:
    """The words of one language."""

    def __init__(self, lang: str, table: Table, grammar: dict[str, Any]) -> None:
        self.lang = lang
        self.grammar = grammar
        self.calendar = _calendar(grammar)
        self.object_control = frozenset(grammar.get("object_control", ()))
        self.free_order = bool(grammar.get("free_order"))  # whether a subject may stand behind its verb
        self.verb_final = bool(
            grammar.get("verb_final")
        )  # whether the verb stands behind all that belongs to it
        self._entries: Callable[[str], tuple[Word | None, list[Phrase]]] = lru_cache(maxsize=_MET)(
            self._read_entries
        )
        self._table = table
        self._stems = {row.first.removesuffix(STEM): row.senses for row in table if row.first.endswith(STEM)}
        self._stem_lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self.unknown_verbs = _unknown_verbs(grammar)
        self._adverbs: dict[str, Any] = self.grammar.get("adverbs", {})
        self._verb_endings = tuple(ending for ending, _ in self.unknown_verbs)

    def rows(self) -> Iterator[Row]:
        """Yield all there is, words, phrases and stems."""
        return iter(self._table)

    def word(self, form: str) -> Word | None:
        """Return what this very form can be, or None."""
        return self._entries(form)[0]

    def phrases(self, first: str) -> list[Phrase]:
        """Return the entries of several tokens that begin with this one, the longest first."""
        return self._entries(first)[1]

    def _read_entries(self, first: str) -> tuple[Word | None, list[Phrase]]:
        word: Word | None = None
        phrases: list[Phrase] = []
        for _, rest, senses in self._table.rows(first):
            if rest:
                phrases.append(Phrase(rest.split(" "), word_of(senses)))
            else:
                word = word_of(senses)
        phrases.sort(key=lambda phrase: -len(phrase.rest))
        return word, phrases

    def lookup(self, token: str) -> Word | None:
        """Return what this lower-case token can be: its form, its stem, its ending; or None."""
        word = self.word(token)
        if word is None and self._stems:
            for length in self._stem_lengths:
                if length <= len(token) and (senses := self._stems.get(token[:length])) is not None:
                    return word_of(senses)
        if word is None and self._verb_endings and len(token) > _SHORT and token.endswith(self._verb_endings):
            return next(verb for ending, verb in self.unknown_verbs if token.endswith(ending))
        if word is None and len(token) > _SHORT and self._adverbs and token.endswith(self._adverbs["ending"]):
            return None if token in self._adverbs["but"] else self.lookup(self._adverbs["as"])
        return word


@cache
def entities() -> list[Entity]:
    """Return every entity; look-up files refer to them by their place in this list."""
    return [_entity(row) for row in orjson.loads(_bytes("entities.json"))]


def _entity(row: dict[str, Any]) -> Entity:
    known = {field.name: row[field.name] for field in fields(Entity) if field.name in row}
    for name in ("offices", "unless", "members"):
        if name in known:
            known[name] = tuple(known[name])
    return Entity(**known)


@cache
def lexicon(lang: str) -> Lexicon:
    """Return the lexicon of a language. Raises MissingLookups when there is none."""
    return Lexicon(lang, Table(_bytes(f"{lang}.tsv")), orjson.loads(_bytes(f"{lang}.json")))


def _calendar(grammar: dict[str, Any]) -> frozenset[str]:
    """Names of months and days, and the words that stand for a day: no parties, no objects."""
    groups = [*grammar["months"], *grammar["weekdays"], *grammar.get("dates", {}).get("relative", ())]
    return frozenset(name for group in groups for name in ([group] if isinstance(group, str) else group))


def _unknown_verbs(grammar: dict[str, Any]) -> tuple[tuple[str, Word], ...]:
    endings = [
        (e, Word(verbs=(("", letter),), letters=letter))
        for letter, es in grammar.get("verb_endings", {}).items()
        for e in es
    ]
    return tuple(sorted(endings, key=lambda pair: -len(pair[0])))


def languages() -> list[str]:
    """Return the languages that there are look-up files for."""
    names = (entry.name.removesuffix(".json") for entry in COMPILED.iterdir() if entry.name.endswith(".json"))
    return sorted(name for name in names if name != "entities")


def _bytes(name: str) -> bytes:
    try:
        return COMPILED.joinpath(name).read_bytes()
    except FileNotFoundError as error:
        raise MissingLookups(
            f"no look-up file {name} in streams/tagging/compiled: run `make lexicon` "
            f"(there are: {', '.join(languages()) or 'none'})"
        ) from error


def _likeliest(function: tuple[str, str]) -> bool:
    """French `la`, `les`, `en` are articles and prepositions far more often than pronouns before a verb."""
    return function[0] == "clitic"


def _with_pronoun(verbs: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """`se rendre` has senses of its own; `se condamner` has those of `condamner`."""
    own = [sense for sense in verbs if "R" in sense[1]]
    return tuple(concept for concept, _ in own or verbs if concept)


@lru_cache(maxsize=_MET)
def word_of(senses: str) -> Word:
    """Return what stands behind a form that can be `v STRIKE DN|n STRIKE`, one object for all forms alike."""
    return read_senses(senses)


def read_senses(senses: str) -> Word:
    """Return the same, and remember nothing."""
    by_kind: dict[str, list[list[str]]] = {}
    for sense in senses.split("|"):
        kind, *values = sense.split(" ")
        by_kind.setdefault(kind, []).append(values)
    functions = tuple(sorted(((category, value) for category, value in by_kind.get("f", ())), key=_likeliest))
    verbs = tuple((concept, letters) for concept, letters in by_kind.get("v", ()))
    return Word(
        verbs=verbs,
        nouns=tuple(concept for (concept,) in by_kind.get("n", ())),
        adjectives=tuple(concept for (concept,) in by_kind.get("a", ())),
        roles=tuple(role for (role,) in by_kind.get("r", ())),
        uses=tuple(_use(*values) for values in by_kind.get("e", ())),
        functions=functions,
        blocks=by_kind["x"][0][0] if "x" in by_kind else "",
        function=functions[0][0] if functions else "",
        value=functions[0][1] if functions else "",
        verb_concepts=tuple(concept for concept, letters in verbs if concept and "R" not in letters),
        reflexive_concepts=_with_pronoun(verbs),
        letters="".join(dict.fromkeys(letter for _, letters in verbs for letter in letters)),
    )


def _use(index: str, how: str, capital: str, case: str = "") -> Use:
    return Use(entities()[int(index)], how, int(capital), case)
