"""Can a condition hold? Syntax, names, literals and kinds are checked before any story comes.

CEL itself finds a wrong name only when it reads it on a story, and only if nothing before it decides.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import cel

from schemas import Novelty, Status, taxonomy
from streams.alerting.literals import Fault, tokens_of, wrong_literals
from streams.alerting.variables import VARIABLES
from streams.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from streams.alerting.literals import Token
    from streams.alerting.variables import Kind, Value, Variable

# The functions and macros of CEL that are of use on our variables.
FUNCTIONS = (
    "contains", "endsWith", "startsWith", "matches", "size", "string", "int", "double",
    "has", "exists", "exists_one", "all", "map", "filter",
)  # fmt: skip
_BINDING = {"exists", "exists_one", "all", "map", "filter"}  # macros whose first word is a name of their own
_SYNTAX = re.compile(r"<input>:(\d+):(\d+): (?:Syntax error: )?([^\n]*?)(?: expecting [^\n]*)?(?:\n|$)")
_SAMPLES: dict[Kind, Value] = {
    "text": "",
    "number": 1.0,
    "true or false": True,
    "list of texts": ["RUS", "USA"],
    "map": {},
}


def compile_condition(
    condition: str, variables: Mapping[str, Variable] = VARIABLES
) -> tuple[cel.Program | None, list[Fault]]:
    """Return the compiled condition, none when it cannot be read, and everything that is wrong with it.

    `variables`: what it may read.
    """
    try:
        program = cel.compile(condition)
    except ValueError as error:
        return None, [_syntax_fault(condition, str(error))]
    tokens = tokens_of(condition)
    faults = [*_unknown_names(program, tokens, variables), *wrong_literals(tokens, variables)]
    return program, faults or list(_failures(program, variables))


def variables_read(program: cel.Program, variables: Mapping[str, Variable] = VARIABLES) -> tuple[str, ...]:
    """Return the variables that a condition reads, in alphabetical order."""
    return tuple(name for name in program.references()["variables"] if name in variables)


def _syntax_fault(condition: str, message: str) -> Fault:
    found = _SYNTAX.search(message)
    if not found:
        return Fault(0, f"the condition cannot be read: {message}")
    line, column, problem = int(found[1]) - 1, int(found[2]), found[3]
    if "<EOF>" in problem:
        problem = "the condition ends where more must follow"
    lines = condition.splitlines() or [""]
    text = lines[min(line, len(lines) - 1)]
    return Fault(line, f"syntax, at character {column} of `{text}`: {problem}")


def _unknown_names(
    program: cel.Program, tokens: Sequence[Token], variables: Mapping[str, Variable]
) -> Iterator[Fault]:
    bound = {
        name.text
        for macro, bracket, name in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if macro.text in _BINDING and macro.member and bracket.text == "("
    }
    references = program.references()
    for name in references["variables"]:
        if name not in variables and name not in bound:
            yield Fault(_line_of(name, tokens), f"no variable is named {name}", nearest(name, variables))
    for name in references["functions"]:
        if re.fullmatch(r"[A-Za-z]\w*", name) and name not in FUNCTIONS:  # operators have names like _==_
            yield Fault(_line_of(name, tokens), f"no function is named {name}", nearest(name, FUNCTIONS))


def _line_of(name: str, tokens: Sequence[Token]) -> int:
    return next((token.line for token in tokens if token.text == name), 0)


def _failures(program: cel.Program, variables: Mapping[str, Variable]) -> Iterator[Fault]:
    """Run the condition on samples; find the first that shows a mistake."""
    for sample in _samples() if variables is VARIABLES else (cel.Context(_anything(variables)),):
        try:
            result = program.execute(sample)
        except (KeyError, IndexError, ArithmeticError):
            continue  # an absent attribute: the condition does not hold on this one
        except (TypeError, ValueError, RuntimeError) as error:
            problem = str(error).split(". ", maxsplit=1)[0]
            kinds = ", ".join(
                f"{name} is a {variables[name].kind}" for name in variables_read(program, variables)
            )
            yield Fault(0, f"the condition cannot be computed: {problem}; {kinds}")
            return
        if not isinstance(result, bool):
            yield Fault(0, f"the condition gives {result!r}, it must give true or false")
            return


@cache
def _samples() -> tuple[cel.Context, ...]:
    """Return one sample for every type and status, so that no part of a condition is passed over."""
    anything = _anything(VARIABLES)
    return tuple(
        cel.Context(
            anything
            | {
                "type": type_.name,
                "family": type_.family,
                "polarity": type_.polarity.value,
                "severity": float(type_.severity),
                "status": status.value,
                "counts": status.counts,
                "novelty": (Novelty.BACKGROUND if status is Status.HISTORICAL else Novelty.FIRST).value,
            }
        )
        for type_, status in product(taxonomy().types, Status)
    )


def _anything(variables: Mapping[str, Variable]) -> dict[str, Value]:
    return {variable.name: _SAMPLES[variable.kind] for variable in variables.values()}
