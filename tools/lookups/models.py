"""The shape of every data file of the tagger."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from lookups.source import Entry, near_miss
from schemas.event import Status  # noqa: TC001 - pydantic reads it when the module runs
from schemas.taxonomy import taxonomy

LETTERS = "IPDMFCSNGR"
"""Infinitive, present, simple past, imperfect, future, conditional, subjunctive, participle, gerund.

R is for a form that counts only with a reflexive pronoun.
"""


def _letters(text: str) -> str:
    if wrong := set(text) - set(LETTERS):
        raise ValueError(f"{''.join(sorted(wrong))!r} is no letter of a verb form; the letters are {LETTERS}")
    return text


def _type_name(name: str) -> str:
    types = [type_.name for type_ in taxonomy().types]
    if name not in types:
        raise ValueError(f"no event type of the taxonomy is called {name!r}{near_miss(name, types)}")
    return name


def _flat(value: Any) -> Any:
    """Let a list hold lists, which is how long ones are laid out."""
    if not isinstance(value, list):
        return value
    return [inner for each in value for inner in (_flat(each) if isinstance(each, list) else [each])]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_flat)]
Letters = Annotated[str, AfterValidator(_letters)]
Concept = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
TypeName = Annotated[str, AfterValidator(_type_name)]
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
    also: list[str] = Field(default=[])
    without: list[str] = Field(default=[])
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
    concepts: list[Concept] = Field(default=[])

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

    verbs: Texts = Field(default=[])
    nouns: Texts = Field(default=[])
    adjectives: Texts = Field(default=[])
    phrases: Annotated[list[Text | Phrase], BeforeValidator(_flat)] = Field(default=[])


class Lexicon(Entry):
    """lexicon.yaml of one language."""

    language: str
    concepts: dict[Concept, ConceptWords]
    verbs: Texts = Field(default=[])
    roles: dict[RoleName, Texts] = Field(default={})
    blockers: dict[Literal["sport", "culture", "business", "metaphor"], Texts] = Field(default={})


class Grammar(Entry, extra="ignore"):
    """grammar.yaml of one language; the builder reads the function words, the engine the rest."""

    language: str
    functions: dict[str, dict[str, Texts]]
    object_control: list[Concept] = Field(default=[])
