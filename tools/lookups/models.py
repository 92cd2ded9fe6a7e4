"""The shape of every data file of the tagger."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from lookups.source import Entry, near_miss
from schemas.event import Status
from schemas.taxonomy import taxonomy

LETTERS = "IPDMFCSNGR"
"""Infinitive, present, simple past, imperfect, future, conditional, subjunctive, participle, gerund; reflexive."""


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no pattern: {error}") from error
    return text


def _letters(text: str) -> str:
    if wrong := set(text) - set(LETTERS):
        raise ValueError(f"{''.join(sorted(wrong))!r} is no letter of a verb form; the letters are {LETTERS}")
    return text


def _type_name(name: str) -> str:
    types = [type_.name for type_ in taxonomy().types]
    if name not in types:
        raise ValueError(f"no event type of the taxonomy is called {name!r}{near_miss(name, types)}")
    return name


def _listed(value: Any) -> Any:
    """Let `"a b c"` stand for `[a, b, c]`."""
    return value.split() if isinstance(value, str) else value


def _flat(value: Any) -> Any:
    """Let a list hold lists, which is how long ones are laid out."""
    if not isinstance(value, list):
        return value
    return [inner for each in value for inner in (_flat(each) if isinstance(each, list) else [each])]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_flat)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Letters = Annotated[str, AfterValidator(_letters)]
Concept = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
TypeName = Annotated[str, AfterValidator(_type_name)]
Endings = Annotated[list[str], BeforeValidator(_listed), Field(min_length=1)]
VerbEndings = dict[Letters, Endings]
RoleName = Literal[
    "head", "foreign", "defence", "forces", "government", "parliament", "judiciary", "police", "rebels",
    "crowd", "people", "counterpart", "media", "business", "opposition",
]  # fmt: skip
Kind = Literal[
    "country", "bloc", "alliance", "igo", "ngo", "armed_group", "agency", "company", "media", "person",
    "city", "region", "sea", "metonym",
]  # fmt: skip


class Frame(Entry):
    """One construction that makes an event; the fields are told at the head of frames.yaml."""

    type: TypeName
    head: Annotated[list[Concept], Field(min_length=1)]
    with_: list[str] = Field(default=[], alias="with")
    also: list[str] = []
    without: list[str] = []
    pos: Literal["verb", "noun"] | None = None
    party: Literal["military", "leader", "state", "armed_group", "alliance", "crowd"] | None = None
    actor: list[str] | None = None
    target: list[str] | None = None
    object: str | None = None
    content: Literal["consumed", "planned", "conditional", "denied", "open"] = "open"
    status: Status | None = None
    reciprocal: bool = False


class Relations(Entry):
    """Where the actor and the target of a frame are looked for."""

    actor: list[str]
    target: list[str]


class Frames(Entry):
    """frames.yaml."""

    defaults: dict[Literal["verb", "noun"], Relations]
    groups: dict[Concept, list[Concept]]
    frames: list[Frame]
    operators: dict[str, list[Concept]]
    concepts: list[Concept] = []

    def heads(self) -> set[str]:
        """Return the concepts that can carry an event."""
        return {inner for frame in self.frames for concept in frame.head for inner in self._members(concept)}

    def concepts_used(self) -> set[str]:
        """Return every concept that a word can stand for; a group is none."""
        named = [*self.concepts, *(concept for concepts in self.operators.values() for concept in concepts)]
        for frame in self.frames:
            named += [*frame.head, *frame.with_, *frame.also, *frame.without, frame.object or ""]
        named += [concept for members in self.groups.values() for concept in members]
        return {name for name in named if name.isupper()} - set(self.groups)

    def _members(self, concept: str) -> list[str]:
        return self.groups.get(concept, [concept])


class Phrase(Entry):
    """A fixed expression. `letters` are those of its verb form, found out when left away."""

    text: Text
    pos: Literal["verb", "noun", "adjective"] = "verb"
    letters: Letters | None = None


class ConceptWords(Entry):
    """The words of one language that stand for one concept."""

    verbs: Texts = []
    nouns: Texts = []
    adjectives: Texts = []
    phrases: Annotated[list[Text | Phrase], BeforeValidator(_flat)] = []


class Lexicon(Entry):
    """lexicon.yaml of one language."""

    language: str
    concepts: dict[Concept, ConceptWords]
    verbs: Texts = []
    roles: dict[RoleName, Texts] = {}
    blockers: dict[Literal["sport", "culture", "business", "metaphor"], Texts] = {}


class Grammar(Entry, extra="ignore"):
    """grammar.yaml of one language; the builder reads the function words, the engine the rest."""

    language: str
    functions: dict[str, dict[str, Texts]]
    object_control: list[Concept] = []


class VerbRule(Entry):
    """How verbs that match are inflected: each ending takes the place of the match."""

    match: Pattern
    only: list[str] = []
    endings: VerbEndings


class WordRule(Entry):
    """How nouns or adjectives that match are inflected: singular and plural in turn."""

    match: Pattern
    only: list[str] = []
    endings: Endings


class Verbs(Entry):
    """Inflection of verbs."""

    irregular: dict[str, VerbEndings] = {}
    prefixes: list[str] = []
    reflexive: list[str] = []
    rules: list[VerbRule]


class Words(Entry):
    """Inflection of nouns or adjectives."""

    irregular: dict[str, Endings] = {}
    rules: list[WordRule] = []


class Nouns(Words):
    """Inflection of nouns, and which word of several it is that changes."""

    inflected: Literal["last", "all"] = "last"
    head_before: list[str] = []


class Spelling(Entry):
    """A second spelling: what a form that matches is written like elsewhere."""

    match: Pattern
    also: str


class Paradigms(Entry):
    """paradigms.yaml of one language."""

    language: str
    endings: dict[str, list[str]] = {}
    verbs: Verbs
    nouns: Nouns
    adjectives: Words
    spelling: list[Spelling] = []
