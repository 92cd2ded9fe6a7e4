"""Alert rules as they are written: what a rule file may hold, and its JSON Schema."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

LONGEST = timedelta(days=90)  # what the topic of matches keeps, less a margin
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = r"^([1-9][0-9]*)([smhdw])$"

GroupBy = Literal[
    "dyad",
    "actor",
    "target",
    "party",
    "theatre",
    "place_country",
    "type",
    "family",
    "object",
    "status",
    "source",
]
GROUPS = get_args(GroupBy)


def _duration(written: object) -> timedelta:
    found = re.fullmatch(_DURATION, written) if isinstance(written, str) else None
    length = timedelta(seconds=int(found[1]) * UNITS[found[2]]) if found else None
    if length is None or length > LONGEST:
        raise PydanticCustomError(
            "duration",
            "{written} is no length of time up to 90 days, as 30m, 12h, 7d or 2w",
            {"written": repr(written)},
        )
    return length


Duration = Annotated[
    timedelta,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": _DURATION, "examples": ["7d", "12h"]}),
]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Window(_Part):
    over: Duration = Field(description="How long the window is that slides over the matches, in event time.")
    lateness: Duration = Field(
        default=timedelta(days=1), description="How much later than others a report may come and still count."
    )


class Count(_Window):
    """So many stories within a window."""

    at_least: Annotated[int, Field(ge=2)] = Field(description="How many stories.")


class Distinct(_Window):
    """Stories that show so many different values within a window."""

    of: GroupBy = Field(description="What must differ.")
    at_least: Annotated[int, Field(ge=2)] = Field(description="How many different values.")


class Sum(_Window):
    """Stories whose numbers add up to so much within a window."""

    of: str = Field(
        description="A variable that is a number, or attributes.NAME; a story without it adds nothing.",
        examples=["severity", "attributes.killed"],
    )
    at_least: float = Field(description="How much.")


class Sequence(_Part):
    """One story for each step, within a time."""

    steps: Annotated[list[str], Field(min_length=2, max_length=6)] = Field(
        description="A condition for each step; `match` holds for all of them."
    )
    within: Duration = Field(description="From the first to the last.")
    ordered: StrictBool = Field(default=True, description="Whether they must follow in this order.")
    lateness: Duration = Field(
        default=timedelta(days=1), description="How much later than others a report may come and still count."
    )


class Absence(_Part):
    """Nothing for so long after the last match."""

    of: Duration = Field(alias="for", description="How long.")


class Zscore(_Part):
    """The tension of a watched dyad far from what is usual for it; `match` then reads the dyad."""

    at_least: Annotated[float, Field(gt=0)] = Field(description="Robust z-score against the dyad's baseline.")
    of: Literal["tension", "calm"] = Field(
        default="tension", description="tension: z at or above it; calm: z at or below minus it."
    )


class Silence(_Part):
    """No article for longer than the sources' own rhythm."""

    times: Annotated[float, Field(ge=1)] = Field(
        default=3.0,
        description="How many times as long as the shortest interval of the sources heard so far.",
    )


class Always(_Part):
    """Fires as long as the work goes on: whoever misses it knows that something stands still."""

    every: Duration = Field(default=timedelta(hours=1), description="How often.")


class When(_Part):
    """One of these; without any, each story that meets `match`."""

    count: Count | None = None
    distinct: Distinct | None = None
    sum: Sum | None = None
    sequence: Sequence | None = None
    absence: Absence | None = None
    zscore: Zscore | None = None
    silence: Silence | None = None
    always: Always | None = None

    @model_validator(mode="before")
    @classmethod
    def _each(cls, written: Any) -> Any:
        return {} if written == "each" else written

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(named := sorted(self.model_fields_set)) > 1:
            raise PydanticCustomError(
                "one_of", "{named} stand side by side, only one may", {"named": " and ".join(named)}
            )
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        schema = handler.resolve_ref_schema(handler(core))
        for field in schema["properties"].values():
            field["anyOf"] = [choice for choice in field["anyOf"] if choice.get("type") != "null"]
            field.pop("default", None)
        schema |= {"minProperties": 1, "maxProperties": 1}
        return {"anyOf": [{"const": "each"}, schema], "description": cls.__doc__}

    @property
    def kind(self) -> str:
        """The name of the one that stands, else `each`."""
        return next(iter(self.model_fields_set), "each")


class Require(_Part):
    """What must be there."""

    origins: Annotated[int, Field(ge=1)] = Field(
        default=2,
        description="Independent first reporters from which on an alert is confirmed. It is sent before, marked "
        "UNCONFIRMED, and updated then.",
    )
    evidence: Annotated[int, Field(ge=1)] = Field(
        default=1, description="Quotes that a story must hold before it fires at all."
    )


def _group_once(names: list[GroupBy]) -> list[GroupBy]:
    if len(set(names)) < len(names):
        raise PydanticCustomError("twice", "it names one thing twice", {})
    return names


class RuleText(BaseModel):
    """One rule as it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,63}$")] = Field(
        description="Unique among all rules; small letters, digits and hyphens.", examples=["nuclear-signal"]
    )
    version: Annotated[int, Field(ge=1)] = Field(
        description="Raise it when the rule changes: what fired before then fires once more."
    )
    title: Annotated[str, Field(min_length=1, max_length=120)] = Field(description="A few words for people.")
    description: Annotated[str, Field(min_length=1)] = Field(
        description="What it is for, when it fires and when it does not."
    )
    match: Annotated[str, Field(min_length=1)] | None = Field(
        default=None,
        description="A CEL expression that is true for the stories that count; of a sequence, what all its steps "
        "share; of a zscore, for the dyads. Not for silence and always.",
        examples=['type == "nuclear_signal" && counts && novelty != "background"'],
    )
    when: When = Field(default=When(), description="When it fires: on each story, or on several.")
    group_by: Annotated[list[GroupBy], Field(max_length=3), AfterValidator(_group_once)] = Field(
        default=[],
        description="Of a rule over several: what must be the same. A story that has several, as dyads, counts "
        "in the group of each; a story that has none counts in no group.",
    )
    repeat: Duration | None = Field(
        default=None, description="The least time between two new alerts of one group; updates come at once."
    )
    cap: Annotated[int, Field(ge=1)] | None = Field(
        default=None, description="The most new alerts an hour to one receiver; the rest comes as a digest."
    )
    require: Require = Field(default=Require(), description="How well known it must be.")
    severity: Annotated[float, Field(ge=0, le=10)] | None = Field(
        default=None, description="Of its alerts; else that of the story."
    )
    route: Annotated[str, Field(min_length=1, max_length=100)] | None = Field(
        default=None, description="Where it is to be sent, a name that receivers know."
    )
    labels: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], str] = Field(
        default={}, description="For who routes and filters.", examples=[{"desk": "east"}]
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        kind = self.when.kind
        if self.match is None and kind not in {"silence", "always", "zscore", "sequence"}:
            raise PydanticCustomError("no_match", "the field match is missing", {})
        if self.match is not None and kind in {"silence", "always"}:
            raise PydanticCustomError(
                "idle_match", "match is not read where when is {kind}: no story makes it fire", {"kind": kind}
            )
        if self.group_by and kind in {"each", "zscore", "always"}:
            raise PydanticCustomError(
                "idle_group", "group_by is not read where when is {kind}", {"kind": kind}
            )
        if kind == "silence" and set(self.group_by) - {"source"}:
            raise PydanticCustomError("group_of_articles", "silence can be grouped by source alone", {})
        return self


class RuleFile(BaseModel):
    """A file of alert rules for tocsin."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="tocsin alert rules")

    rules: Annotated[list[RuleText], Field(min_length=1)] = Field(description="The rules of this file.")


def rule_file_schema() -> str:
    """Return the JSON Schema of rule files, as it stands in rules.schema.json."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | RuleFile.model_json_schema()
    return json.dumps(schema, indent=2) + "\n"


def in_words(length: timedelta) -> str:
    """Return a length of time as it is written, in the largest unit that fits."""
    seconds = int(length.total_seconds())
    unit = next(unit for unit in ("d", "h", "m", "s") if seconds % UNITS[unit] == 0)
    return f"{seconds // UNITS[unit]}{unit}"
