"""The shape of lexicon.yaml and grammar.yaml of one language."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from lookups.source import Entry

LETTERS = "IPDMFCSNGR"
"""Infinitive, present, simple past, imperfect, future, conditional, subjunctive, participle, gerund.

R is for a form that counts only with a reflexive pronoun.
"""


def _letters(text: str) -> str:
    if wrong := set(text) - set(LETTERS):
        raise ValueError(f"{''.join(sorted(wrong))!r} is no letter of a verb form; the letters are {LETTERS}")
    return text


def _flat(value: Any) -> Any:
    """Let a list hold lists, which is how long ones are laid out."""
    if not isinstance(value, list):
        return value
    return [inner for each in value for inner in (_flat(each) if isinstance(each, list) else [each])]


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_flat)]
Letters = Annotated[str, AfterValidator(_letters)]
Concept = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_]*$")]
RoleName = Literal[
    "head", "foreign", "defence", "forces", "government", "parliament", "judiciary", "police", "rebels",
    "crowd", "people", "counterpart", "media", "business", "opposition",
]  # fmt: skip
Kind = Literal[
    "country", "bloc", "alliance", "igo", "ngo", "armed_group", "agency", "company", "media", "person",
    "city", "region", "sea", "metonym", "pair",
]  # fmt: skip


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
    blockers: dict[Literal["sport", "culture", "business", "nature", "metaphor"], Texts] = Field(default={})


class Grammar(Entry, extra="ignore"):
    """grammar.yaml of one language; the builder reads the function words, the engine the rest."""

    language: str
    functions: dict[str, dict[str, Texts]]
    cues: dict[str, Texts] = Field(default={})
    object_control: list[Concept] = Field(default=[])
