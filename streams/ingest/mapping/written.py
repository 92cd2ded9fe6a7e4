"""A mapping as it is written: what a mapping file may hold, and its JSON Schema."""

from __future__ import annotations

import json
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from streams.errors import FileErrors

FIELDS: Final = (
    "url", "source", "title", "body", "lang", "published_at", "modified_at", "origin_hint", "retracted", "id",
)  # fmt: skip
NEEDED: Final = ("body", "published_at")

Expression = Annotated[str, Field(description="A JMESPath expression.", examples=["item.headline"])]


class MappingErrors(FileErrors):
    """A mapping file that cannot be used; `mistakes` lists everything that is wrong with it."""

    what = "the mapping"


class FieldText(BaseModel):
    """Where a field of the article comes from: from the message, or always the same value."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    from_: Expression | None = Field(default=None, alias="from")
    value: str | StrictBool | None = Field(default=None, description="The same for every message.")
    default: str | StrictBool | None = Field(
        default=None, description="What stands in where the message says nothing."
    )
    as_: Literal["text", "html"] = Field(
        default="text", alias="as", description="html: what is said is mark-up, and the text of it is taken."
    )

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.from_ is None) == (self.value is None):
            raise PydanticCustomError("either", "give either `from:` or `value:`")
        return self


class MappingText(BaseModel):
    """How messages of another system become articles."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={"$schema": "https://json-schema.org/draft/2020-12/schema"},
    )

    only: Expression | None = Field(
        default=None, description="Messages for which this is false or null are passed over."
    )
    each: Expression | None = Field(
        default=None, description="A list in the message, each element an article; else the message is one."
    )
    fields: dict[str, Expression | FieldText] = Field(
        description=f"By fields of the article: {', '.join(FIELDS)}. {' and '.join(NEEDED)} must be there."
    )


def mapping_file_schema() -> str:
    """Return the JSON Schema of mapping files, for editors and for checks."""
    schema = MappingText.model_json_schema()
    schema["title"] = "Mapping of messages to articles"
    schema["properties"]["fields"] |= {"propertyNames": {"enum": list(FIELDS)}, "required": list(NEEDED)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
