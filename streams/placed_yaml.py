"""YAML with the line that every value stands on, for mistakes to point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from schemas import yaml12

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

Path = tuple[str | int, ...]
"""How to get to a value, as ("rules", 0, "when")."""

DEPTH = 3  # entries, one of them, a field of it; an alias may lead round in a ring


class UnreadableYaml(Exception):
    """The text is not YAML. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(frozen=True, slots=True)
class PlacedYaml:
    """A YAML text, read: its value, where the parts of it stand, and the fields that stand twice."""

    value: Any
    twice: list[tuple[Path, int]]
    _lines: dict[Path, int]
    _first_lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line, counted from 1, of a value; of what would hold it, when it is missing."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def line_within(self, path: Path, offset: int) -> int:
        """Return the line of a line of a text. A text that is folded is one line to who reads it."""
        return self._first_lines[path] + offset if path in self._first_lines else self.line(path)


def read_yaml(text: str, depth: int = DEPTH) -> PlacedYaml:
    """Read a YAML text with safe tags only; values down to `depth` are placed. Raises UnreadableYaml."""
    try:
        loader = yaml12.Loader(text)
        node = loader.get_single_node()
        value = loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"not YAML: {error.problem or error.context}"
        raise UnreadableYaml(mark.line + 1 if mark else 1, problem) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableYaml(1, f"not YAML: {error}") from error
    lines: dict[Path, int] = {}
    first_lines: dict[Path, int] = {}
    twice: list[tuple[Path, int]] = []
    for path, line, part in _parts((), 1, node, depth) if node else ():
        if path in lines:
            twice.append((path, line))
        lines[path] = line
        if isinstance(part, yaml.ScalarNode) and part.style == "|":
            first_lines[path] = part.start_mark.line + 2
    return PlacedYaml(value, twice, lines, first_lines)


def _parts(path: Path, line: int, node: Node, depth: int) -> Iterator[tuple[Path, int, Node]]:
    yield path, line, node
    if len(path) == depth:
        return
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _parts((*path, str(key.value)), key.start_mark.line + 1, value, depth)
    elif isinstance(node, yaml.SequenceNode):
        for at, value in enumerate(node.value):
            yield from _parts((*path, at), value.start_mark.line + 1, value, depth)
