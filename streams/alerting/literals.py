"""The texts and numbers that a condition compares variables with, and which of them can never be met.

CEL takes `type == "ceasefir"` and `actors == "USA"` as they are, and both are false for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from streams.alerting.variables import Variable

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*)
      | (?P<text>[rR]?(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
      | (?P<number>\d[\w.]*)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>==|!=|<=|>=|&&|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
_COMPARISONS = {"==", "!=", "<", ">", "<=", ">="}
_KINDS = {"text": "text", "number": "number", "name": "true or false"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a condition. `line` counts from 0 at its first line."""

    line: int
    problem: str
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a condition; `member` when it follows a dot."""

    kind: str
    text: str
    line: int
    member: bool

    @property
    def is_literal(self) -> bool:
        """Whether it is a value as written."""
        return self.kind in {"text", "number"} or self.text in {"true", "false"}


def tokens_of(condition: str) -> list[Token]:
    """Return the words of a condition, without comments."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(condition):
        if (kind := found.lastgroup or "sign") != "skip":
            follows_dot = bool(tokens) and tokens[-1].text == "."
            tokens.append(Token(kind, found[0], condition.count("\n", 0, found.start()), follows_dot))
    return tokens


def wrong_literals(tokens: Sequence[Token], variables: Mapping[str, Variable]) -> Iterator[Fault]:
    """Find what a variable is compared with and can never be."""

    def variable(at: int) -> Variable | None:
        return variables.get(tokens[at].text) if _stands_alone(tokens, at) else None

    for at in range(1, len(tokens) - 1):
        left, sign, right = tokens[at - 1 : at + 2]
        if sign.text in _COMPARISONS:
            yield from _compared(variable(at - 1), right)
            yield from _compared(variable(at + 1), left)
        elif sign.text == "in" and right.text == "[":
            for literal in _listed(tokens[at + 2 :]):
                yield from _compared(variable(at - 1), literal)
        elif sign.text == "in" and right.text == "dyads" and left.kind == "text":
            yield from _unordered(left)
        elif sign.text == "in" and left.kind == "text" and (listed := variable(at + 1)) and listed.words:
            yield from _no_word(listed, left)


def _stands_alone(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a token is a name that does not go on, as `attributes.stage` does."""
    goes_on = at + 1 < len(tokens) and tokens[at + 1].text in {".", "[", "("}
    return tokens[at].kind == "name" and not tokens[at].member and not goes_on


def _listed(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.text == "]":
            return
        yield token


def _compared(variable: Variable | None, literal: Token) -> Iterator[Fault]:
    if variable is None or not literal.is_literal:
        return
    if variable.kind == "list of texts":
        meant = f"{literal.text} in {variable.name}"
        yield Fault(literal.line, f"{variable.name} is a list and never {literal.text}", meant)
    elif variable.kind != _KINDS[literal.kind]:
        yield Fault(literal.line, f"{variable.name} is a {variable.kind} and never {literal.text}")
    elif variable.words:
        yield from _no_word(variable, literal)


def _no_word(variable: Variable, literal: Token) -> Iterator[Fault]:
    """Find a word that a variable never is, or never holds."""
    word = unquoted(literal)
    if word in variable.words:
        return
    near = nearest(word, variable.words)
    rest = "" if near else f"; it is one of {', '.join(variable.words)}"
    verb = "never holds" if variable.kind == "list of texts" else "is never"
    yield Fault(literal.line, f"{variable.name} {verb} {literal.text}{rest}", near and f'"{near}"')


def _unordered(literal: Token) -> Iterator[Fault]:
    dyad = unquoted(literal)
    ordered = "-".join(sorted(dyad.split("-")))
    if dyad.count("-") == 1 and dyad != ordered:
        yield Fault(literal.line, f"dyads are in alphabetical order, never {literal.text}", f'"{ordered}"')


def unquoted(literal: Token) -> str:
    """Return the text that a literal stands for."""
    return literal.text.lstrip("rR")[1:-1]
