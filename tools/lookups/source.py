"""A YAML file with the line of every entry, and models that refuse what they do not know.

A key that stands twice is a mistake here instead of a silent loss.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from schemas import yaml12
from streams.errors import TocsinError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Loc = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


class BadData(TocsinError):
    """Mistakes in the data files, one a line, each with file, line and entry."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = list(mistakes)
        super().__init__("\n".join(self.mistakes))


class Entry(BaseModel):
    """A part of a data file; a field that no model knows is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True)
class Source:
    """One data file: what it says, and where each entry stands."""

    path: str
    raw: Any
    root: yaml.Node

    @classmethod
    def read(cls, path: Path, shown_as: str) -> Source:
        """Read a file. Raises BadData when it is missing, empty or no YAML, or names a key twice."""
        try:
            loader = yaml12.Loader(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise BadData([f"{shown_as}:1: the file is missing"]) from error
        try:
            root = loader.get_single_node()
            if root is None:
                raise BadData([f"{shown_as}:1: the file is empty"])
            if twice := list(_keys_twice(root, shown_as)):
                raise BadData(twice)
            return cls(shown_as, loader.construct_document(root), root)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise BadData([f"{shown_as}:{line}: not YAML: {error.problem}"]) from error
        finally:
            loader.dispose()

    def line(self, loc: Loc) -> int:
        """Return the line of the entry, or of the nearest thing around it that is written."""
        node, line = self.root, 1
        for step in loc:
            found = _child(node, step)
            if found is None:
                break
            node, line = found
        return line

    def mistake(self, loc: Loc, what: str) -> str:
        """Return the mistake as it is shown: file, line, entry, what is wrong."""
        entry = ".".join(str(step) for step in loc) or "the file"
        return f"{self.path}:{self.line(loc)}: {entry}: {what}"

    def parse(self, model: type[M]) -> M:
        """Return the file as this model. Raises BadData naming every entry that does not fit."""
        try:
            return model.model_validate(self.raw)
        except ValidationError as error:
            raise BadData(
                self.mistake(self._written(each["loc"]), _plain(each, model)) for each in error.errors()
            ) from error

    def _written(self, loc: Loc) -> Loc:
        """Drop the steps that pydantic adds for unions and keys, which stand nowhere in the file."""
        node, steps = self.root, []
        for step in loc:
            found = _child(node, step)
            if found is not None:
                node = found[0]
                steps.append(step)
        return tuple(steps)


def near_miss(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean A or B?` when something known looks like the name, else nothing."""
    close = difflib.get_close_matches(name, sorted(known), n=2, cutoff=0.7)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        flat = list(_flat(node))
        return (flat[step], flat[step].start_mark.line + 1) if step < len(flat) else None
    return None


def _flat(node: yaml.SequenceNode) -> Iterable[yaml.Node]:
    """Yield the elements; those of a list in the list count as its own, see `models.Texts`."""
    for value in node.value:
        if isinstance(value, yaml.SequenceNode):
            yield from _flat(value)
        else:
            yield value


def _keys_twice(node: yaml.Node, path: str) -> Iterable[str]:
    if isinstance(node, yaml.MappingNode):
        first: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in first:
                yield f"{path}:{line}: {key.value}: stands a second time, first in line {first[key.value]}"
            first.setdefault(key.value, line)
            yield from _keys_twice(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _keys_twice(value, path)


def _plain(error: Any, model: type[BaseModel]) -> str:
    """Say a pydantic error in the words of somebody who writes data."""
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        return f"unknown field{near_miss(name, _fields(model))}"
    if error["type"] == "missing":
        return f"{error['loc'][-1]!r} is missing"
    message = str(error["msg"]).removeprefix("Value error, ")
    message = message[0].lower() + message[1:]
    if error["type"] == "literal_error":
        allowed = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        message = (
            f"{error['input']!r} is none of {', '.join(allowed)}{near_miss(str(error['input']), allowed)}"
        )
    return message


def _fields(model: type[BaseModel]) -> set[str]:
    """Return the field names of a model and of the models in it."""
    names: set[str] = set()
    seen: set[Any] = set()
    todo: list[Any] = [model]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and issubclass(one, BaseModel):
            if one not in seen:
                seen.add(one)
                names |= {field.alias or name for name, field in one.model_fields.items()}
                todo += [field.annotation for field in one.model_fields.values()]
        else:
            todo += getattr(one, "__args__", ())
    return names
