"""Alert rules: what a rule file holds, and what a rule is once it is checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from cel import Program
from pydantic import BaseModel, ConfigDict, Field

from streams.errors import TocsinError


class RuleText(BaseModel):
    """One rule as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,63}$")] = Field(
        description="Unique among all rules; small letters, digits and hyphens.", examples=["nuclear-signal"]
    )
    version: Annotated[int, Field(ge=1)] = Field(
        description="Raise it when the condition changes: stories that fired before then fire once more."
    )
    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="A few words for people.")
    description: Annotated[str, Field(min_length=1)] = Field(
        description="What it is for, when it fires and when it does not."
    )
    when: Annotated[str, Field(min_length=1)] = Field(
        description="A CEL expression that is true for the stories to be alerted to.",
        examples=['type == "nuclear_signal" && counts && novelty != "background"'],
    )


class RuleFile(BaseModel):
    """A file of alert rules for tocsin."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tocsin alert rules")

    rules: Annotated[list[RuleText], Field(min_length=1)] = Field(description="The rules of this file.")


def rule_file_schema() -> str:
    """Return the JSON Schema of rule files, as it stands in rules.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | RuleFile.model_json_schema()
    return json.dumps(schema, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. `reads` are the variables of its condition, in alphabetical order."""

    id: str
    version: int
    title: str
    description: str
    condition: str
    file: str
    line: int
    program: Program
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in force."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in a rule file: where, in which rule, what, and what was probably meant.

    Line 0 is the file as a whole.
    """

    file: str
    line: int
    rule: str | None
    problem: str
    meant: str | None = None

    def __str__(self) -> str:
        rule = f"rule {self.rule}: " if self.rule else ""
        meant = f" (did you mean {self.meant}?)" if self.meant else ""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {rule}{self.problem}{meant}"


class RuleErrors(TocsinError):
    """The rules cannot be used; `mistakes` lists everything that is wrong with them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(["the alert rules cannot be used:", *map(str, mistakes)]))
        self.mistakes = tuple(mistakes)
