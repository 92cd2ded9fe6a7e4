"""A file of receivers → the plan, or a list of everything that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from schemas import taxonomy
from schemas.matcher import Matcher
from streams.delivery.policy.plan import Inhibition, Plan, ReceiverErrors, Route
from streams.delivery.policy.receivers import KINDS
from streams.errors import Mistake, nearest
from streams.placed_yaml import PlacedYaml, UnreadableYaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pydantic_core import ErrorDetails

_ENTRY = 2  # parts of a path that lead to an entry, as ("receivers", 0)
_ENTRIES = {"routes": "route", "inhibitions": "inhibition", "receivers": "receiver"}


def load_receivers(path: Path) -> Plan:
    """Return the plan that a file holds.

    Raises ReceiverErrors listing every mistake: file, line, entry, what is wrong and what was probably meant.
    Secrets are not read here, and a value that may be one is never repeated in a message.
    """
    try:
        placed = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReceiverErrors([Mistake(str(path), 0, None, f"the file cannot be read: {error}")]) from error
    except UnreadableYaml as error:
        raise ReceiverErrors([Mistake(str(path), error.line, None, error.problem)]) from error
    mistakes = [
        Mistake(str(path), line, _entry(placed, where), f"the field {where[-1]} stands twice")
        for where, line in placed.twice
    ]
    try:
        plan = Plan.model_validate(placed.value)
    except ValidationError as error:
        mistakes += [_misfit(path, placed, details) for details in error.errors(include_url=False)]
    else:
        mistakes += _unlinked(path, placed, plan)
    if mistakes:
        raise ReceiverErrors(sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake.line))
    return plan


def _unlinked(path: Path, placed: PlacedYaml, plan: Plan) -> Iterator[Mistake]:
    """Find names that name nothing, and receivers that nobody leads to."""
    names = [receiver.name for receiver in plan.receivers]
    for at, name in enumerate(names):
        where = ("receivers", at, "name")
        if name in names[:at]:
            yield Mistake(str(path), placed.line(where), f"receiver {name}", "the name is taken")
        if not any(name in route.receivers for route in plan.routes):
            yield Mistake(str(path), placed.line(where), f"receiver {name}", "no route leads to it")
    for at, route in enumerate(plan.routes):
        for name in route.receivers:
            if name not in names:
                line = placed.line(("routes", at, "receivers"))
                problem, meant = f"no receiver is named {name}", nearest(name, names)
                yield Mistake(str(path), line, f"route number {at + 1}", problem, meant)
    matchers = [(("routes", at, "match"), route.match) for at, route in enumerate(plan.routes)]
    for at, inhibition in enumerate(plan.inhibitions):
        matchers += [(("inhibitions", at, "by"), inhibition.by)]
        matchers += [(("inhibitions", at, "mutes"), inhibition.mutes)]
    for where, matcher in matchers:
        for type_ in unknown_types(matcher):
            problem, meant = (
                f"no type is named {type_}",
                nearest(type_, (known.name for known in taxonomy().types)),
            )
            yield Mistake(str(path), placed.line(where), _entry(placed, where), problem, meant)


def unknown_types(matcher: Matcher) -> list[str]:
    """Return the types that a matcher names and the taxonomy does not."""
    return [type_ for type_ in matcher.type if type_ not in taxonomy()]


def _entry(placed: PlacedYaml, where: tuple[str | int, ...]) -> str | None:
    match where:
        case (str() as group, int() as at, *_) if group in _ENTRIES:
            raw = placed.value[group][at]
            name = raw.get("name") if isinstance(raw, dict) else None
            return f"{_ENTRIES[group]} {name if isinstance(name, str) else f'number {at + 1}'}"
    return None


def _misfit(path: Path, placed: PlacedYaml, error: ErrorDetails) -> Mistake:
    """Say what pydantic says in the words of someone who writes receivers."""
    where = tuple(
        part for number, part in enumerate(error["loc"]) if number < _ENTRY or _stands_in_file(part)
    )
    name = str(where[-1]) if where else "file"
    meant = None
    match error["type"]:
        case "missing":
            problem = f"the field {name} is missing"
        case "extra_forbidden":
            problem, meant = f"no field is named {name}", nearest(name, _fields_beside(placed, where))
        case "union_tag_invalid":
            problem = f"kind is none of {', '.join(KINDS)}"
            meant = nearest(str(error.get("ctx", {}).get("tag")), KINDS)
        case "union_tag_not_found":
            problem = f"the field kind is missing: {', '.join(KINDS)}"
        case "string_pattern_mismatch" | "model_type" | "string_type" if "Secret" in error["loc"] or name in {
            "url",
            "token",
            "secret",
            "password",
            "topic",
        }:
            problem = f"{name} must be {{env: VARIABLE}} or {{file: PATH}}"
        case _:
            problem = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    return Mistake(str(path), placed.line(where), _entry(placed, where), problem, meant)


def _stands_in_file(part: str | int) -> bool:
    """Tell the name of a field from what pydantic puts into a path: the alternatives of a union."""
    return isinstance(part, int) or (part not in {*KINDS, "str"} and part.isidentifier() and part.islower())


def _fields_beside(placed: PlacedYaml, where: tuple[str | int, ...]) -> list[str]:
    """Return the fields that could stand where an unknown one does."""
    model: type[BaseModel] | None = Plan
    match where:
        case ("receivers", int() as at, _):
            raw: Any = placed.value["receivers"][at]
            model = KINDS.get(str(raw.get("kind")))
        case ("routes", int(), _):
            model = Route
        case ("inhibitions", int(), _):
            model = Inhibition
        case ("routes" | "inhibitions", int(), "match" | "by" | "mutes", _):
            model = Matcher
    return list(model.model_fields) if model else []
