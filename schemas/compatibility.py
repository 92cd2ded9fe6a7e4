"""Whether a new version of a JSON Schema still takes every message of the last released one.

The rules are Confluent's BACKWARD mode for closed models: an optional property may be added; removing a
property, requiring one, or narrowing a type, an enumeration or a limit is a break. The libraries that
compare JSON Schemas answer only yes or no, or know no `$id`; this one says what breaks and where.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]

UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
EXACT = ("pattern", "format")  # of two different ones, neither can be told to be the wider


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return what breaks, each as `path: what`; nothing when `new` is backward compatible."""
    return list(_Comparison(old, new).of(old, new, "message"))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two whole schemas; their parts refer to each other's definitions."""

    old: Schema
    new: Schema

    def of(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        """Yield the breaks of one part."""
        before, after = _alternatives(self.old, old), _alternatives(self.new, new)
        if len(before) == len(after) == 1:
            yield from self._part(before[0], after[0], path)
            return
        for choice in before:
            if all(any(self._part(choice, other, path)) for other in after):
                yield f"{path}: no longer takes {_in_words(choice)}"

    def _part(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        yield from _values(old, new, path)
        yield from _limits(old, new, path)
        if "properties" in old or "properties" in new:
            yield from self._properties(old, new, path)
        if "items" in new:
            yield from self.of(old.get("items", {}), new["items"], f"{path}[]")
        if isinstance(values := new.get("additionalProperties"), dict) and not _closed(old):
            held = old.get("additionalProperties", {})
            yield from self.of(held if isinstance(held, dict) else {}, values, f"{path}.*")

    def _properties(self, old: Schema, new: Schema, path: str) -> Iterator[str]:
        before, after = old.get("properties", {}), new.get("properties", {})
        closed_before, closed_after = _closed(old), _closed(new)
        if closed_after and not closed_before:
            yield f"{path}: closed to unknown fields"
        for name in sorted(before.keys() - after.keys()) if closed_after else ():
            yield f"{path}.{name}: removed"
        for name in sorted(after.keys() - before.keys()) if not closed_before else ():
            yield f"{path}.{name}: added to an open model, where it may have held anything"
        for name in sorted({*new.get("required", ())} - {*old.get("required", ())}):
            yield f"{path}.{name}: now required"
        for name in sorted(before.keys() & after.keys()):
            yield from self.of(before[name], after[name], f"{path}.{name}")


def _alternatives(root: Schema, part: Schema) -> list[Schema]:
    """Return what the part may be, references followed."""
    if "$ref" in part:
        return _alternatives(root, root["$defs"][part["$ref"].removeprefix("#/$defs/")])
    if "anyOf" in part:
        return [choice for each in part["anyOf"] for choice in _alternatives(root, each)]
    return [part]


def _values(old: Schema, new: Schema, path: str) -> Iterator[str]:
    """Yield the types and the enumerated values that are no longer taken."""
    if "type" in new and not _type_fits(old.get("type"), new["type"]):
        yield f"{path}: type {old.get('type', 'any')} narrowed to {new['type']}"
    if (after := _enumerated(new)) is None:
        return
    if (before := _enumerated(old)) is None:
        yield f"{path}: narrowed to an enumeration"
    elif gone := [value for value in before if value not in after]:
        yield f"{path}: no longer takes {', '.join(map(str, gone))}"


def _limits(old: Schema, new: Schema, path: str) -> Iterator[str]:
    """Yield the limits that became tighter."""
    for names, tighter in ((UPPER, operator.lt), (LOWER, operator.gt)):
        for name in names:
            if name in new and (name not in old or tighter(new[name], old[name])):
                yield f"{path}: {name} {old.get(name, 'none')} tightened to {new[name]}"
    for name in EXACT:
        if name in new and new[name] != old.get(name):
            yield f"{path}: {name} {old.get(name, 'none')} changed to {new[name]}"


def _type_fits(old: str | None, new: str) -> bool:
    return old == new or (old == "integer" and new == "number")


def _enumerated(part: Schema) -> list[Any] | None:
    return [part["const"]] if "const" in part else part.get("enum")


def _closed(part: Schema) -> bool:
    return part.get("additionalProperties") is False


def _in_words(part: Schema) -> str:
    return str(part.get("enum") or part.get("type", "anything"))
