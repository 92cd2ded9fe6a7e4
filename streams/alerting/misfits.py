"""What does not fit the model of rule files, in the words of someone who writes rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from streams.alerting.written import (
    Absence,
    Always,
    Count,
    Distinct,
    Require,
    RuleFile,
    RuleText,
    Sequence,
    Silence,
    Sum,
    When,
    Zscore,
)
from streams.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

_PARTS: dict[str, type[BaseModel]] = {
    "rules": RuleText,
    "when": When,
    "require": Require,
    "count": Count,
    "distinct": Distinct,
    "sum": Sum,
    "sequence": Sequence,
    "absence": Absence,
    "zscore": Zscore,
    "silence": Silence,
    "always": Always,
}


class Misfit(NamedTuple):
    """One thing that does not fit: where, what, and what was probably meant."""

    path: tuple[str | int, ...]
    problem: str
    meant: str | None


def misfits(value: Any) -> Iterator[Misfit]:
    """Yield everything that does not fit."""
    try:
        RuleFile.model_validate(value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            yield _misfit(details)


def _misfit(error: ErrorDetails) -> Misfit:
    path = error["loc"]
    name = str(path[-1]) if path else "file"
    said = f"{error['msg'][:1].lower()}{error['msg'][1:]}"
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {name} is missing"
        case "extra_forbidden":
            problem, meant = f"no field is named {name}", nearest(name, _fields(path[:-1]))
        case "string_pattern_mismatch" if "labels" in path:
            problem = f"the label {error['input']!r} must be small letters, digits and _, a letter first"
        case "string_pattern_mismatch":
            problem = f"{name} {error['input']!r} must be small letters, digits and hyphens, a letter first"
        case "model_type" | "model_attributes_type" if name == "when":
            problem = f"when: {error['input']!r} is neither each nor a field with fields of its own"
            meant = nearest(str(error["input"]), ("each", *When.model_fields))
        case "model_type" | "model_attributes_type":
            problem = "fields are expected here, as in `rules:` or `id: nuclear-signal`"
        case "literal_error":
            allowed = [word.strip("' ") for word in error["ctx"]["expected"].replace(" or ", ", ").split(",")]
            problem = f"{_field(path)}: {error['input']!r} is none of {', '.join(allowed)}"
            meant = nearest(str(error["input"]), allowed)
        case "no_match" | "idle_match" | "idle_group" | "group_of_articles":
            problem = error["msg"]
        case _:
            problem = f"{_field(path)}: {said}"
    return Misfit(path, problem, meant)


def _field(path: tuple[str | int, ...]) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "file")


def _fields(path: tuple[str | int, ...]) -> list[str]:
    """Return the names that fields may have at a path."""
    model = _PARTS.get(_field(path), RuleFile) if path else RuleFile
    return [field.alias or name for name, field in model.model_fields.items()]
