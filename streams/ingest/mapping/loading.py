"""A mapping file → a mapping, or a list of everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jmespath
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions
from pydantic import ValidationError

from streams.errors import Mistake, nearest
from streams.ingest.dating import read_stamp
from streams.ingest.mapping.mapping import DATES, FieldRule, Mapping
from streams.ingest.mapping.written import FIELDS, NEEDED, FieldText, MappingErrors, MappingText
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jmespath.parser import ParsedResult
    from pydantic_core import ErrorDetails

_At = tuple[str | int, ...]


def load_mapping(file: Path) -> Mapping:
    """Return the mapping of a file.

    Raises MappingErrors listing every mistake: file, line, field, what is wrong and what was probably meant.
    """
    try:
        placed = read_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise MappingErrors([Mistake(str(file), 0, None, f"the file cannot be read: {error}")]) from error
    except UnreadableYaml as error:
        raise MappingErrors([Mistake(str(file), error.line, None, error.problem)]) from error
    reader = _Reader(str(file), placed)
    mapping = reader.read()
    if reader.mistakes or mapping is None:
        raise MappingErrors(sorted(reader.mistakes, key=lambda mistake: mistake.line))
    return mapping


class _Reader:
    """Reads one file, noting what is wrong with it."""

    def __init__(self, file: str, placed: PlacedYaml) -> None:
        self._file, self._placed = file, placed
        self.mistakes: list[Mistake] = []
        for path, _ in placed.twice:
            self._wrong(path, f"the field {path[-1]} stands twice")

    def read(self) -> Mapping | None:
        """Return the mapping, None where it does not fit the schema."""
        try:
            text = MappingText.model_validate(self._placed.value)
        except ValidationError as error:
            for details in error.errors(include_url=False):
                self._misfit(details)
            text = None
        given = self._placed.value.get("fields") if isinstance(self._placed.value, dict) else None
        if isinstance(given, dict):
            self._names(given)
            if text is None:
                self._expressions(given)
        return self._mapping(text) if text else None

    def _expressions(self, given: dict[str, Any]) -> None:
        """Check the expressions of a file that does not fit the schema for other reasons."""
        for name, said in given.items():
            match said:
                case str():
                    self._expression(("fields", name), said)
                case {"from": str() as said_from}:
                    self._expression(("fields", name, "from"), said_from)

    def _names(self, given: dict[str, Any]) -> None:
        for name in given:
            if name not in FIELDS:
                self._wrong(("fields", name), f"an article has no field {name}", nearest(str(name), FIELDS))
        for name in NEEDED:
            if name not in given:
                self._wrong(("fields",), f"the field {name} is missing")

    def _mapping(self, text: MappingText) -> Mapping:
        return Mapping(
            only=self._expression(("only",), text.only),
            each=self._expression(("each",), text.each),
            rules=tuple(self._rule(name, said) for name, said in text.fields.items()),
        )

    def _rule(self, name: str, said: str | FieldText) -> FieldRule:
        if isinstance(said, str):
            return FieldRule(name, said, self._expression(("fields", name), said))
        stand_in = said.default if said.value is None else said.value
        if name in DATES and stand_in is not None and read_stamp(stand_in) is None:
            self._wrong(("fields", name), f"{stand_in!r} is no date, as 2022-05-13T20:00:00Z")
        expression = self._expression(("fields", name, "from"), said.from_)
        return FieldRule(name, said.from_ or "", expression, stand_in, is_html=said.as_ == "html")

    def _expression(self, path: _At, text: str | None) -> ParsedResult | None:
        if text is None:
            return None
        try:
            parsed = jmespath.compile(text)
        except JMESPathError as error:
            self._wrong(path, f"{text!r} is no JMESPath expression: {_first_line(error)}")
            return None
        for function in _functions(parsed.parsed):
            if function not in Functions.FUNCTION_TABLE:
                problem = f"{text!r} calls {function}(), which JMESPath does not have"
                self._wrong(path, problem, nearest(function, Functions.FUNCTION_TABLE))
        return parsed

    def _misfit(self, error: ErrorDetails) -> None:
        """Say what pydantic says in the words of someone who writes mappings."""
        path = tuple(part for part in error["loc"] if part not in {"constrained-str", "str", "FieldText"})
        name = str(path[-1]) if path else "the file"
        match error["type"]:
            case "missing":
                self._wrong(path, f"the field {name} is missing")
            case "extra_forbidden":
                known = [one.alias or key for key, one in self._model(path).model_fields.items()]
                self._wrong(path, f"no field is named {name}", nearest(name, known))
            case "string_type" if isinstance(error["input"], dict):
                return  # the other form, which says itself what is wrong
            case "model_type" if isinstance(error["input"], int | float | list | None) and len(path) > 1:
                self._wrong(
                    path, "must be an expression in quotes, or `from:` or `value:` with fields beside it"
                )
            case "string_type" if len(path) > 1 and path[0] == "fields":
                return  # said with the other form
            case "model_type" | "dict_type":
                self._wrong(path, "fields are expected here, as in `fields:` with `body: text`")
            case "either":
                self._wrong(path, error["msg"])
            case "string_type":
                self._wrong(path, f"{name}: must be an expression in quotes")
            case _:
                self._wrong(path, f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}")

    def _model(self, path: _At) -> type[MappingText | FieldText]:
        return FieldText if len(path) > 1 else MappingText

    def _wrong(self, path: _At, problem: str, meant: str | None = None) -> None:
        entry = f"field {path[1]}" if len(path) > 1 and path[0] == "fields" else None
        self.mistakes.append(Mistake(self._file, self._placed.line(path), entry, problem, meant))


def _functions(node: Any) -> Iterator[str]:
    """Yield the names of the functions that an expression calls."""
    if node["type"] == "function_expression":
        yield node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _functions(child)


def _first_line(error: JMESPathError) -> str:
    return " ".join(str(error).split("\n")[0].removesuffix(", for expression:").split())
