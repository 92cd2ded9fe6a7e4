"""What a story must be for a condition to hold at all, as far as it can be read off its words.

A condition that is a chain of `&&` fails with any of its links. The links that compare one variable with fixed words
are kept; of 1,000 rules only those whose links a story meets need be computed on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Status, taxonomy
from streams.alerting.literals import tokens_of, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from streams.alerting.literals import Token

Needs = dict[str, frozenset[str]]
"""Variable → the words of which it must be one, or hold one."""

LISTS = (
    "parties", "actors", "targets", "dyads", "rivals", "third_parties", "sources", "persons", "blocs", "actor_blocs",
    "target_blocs", "place_blocs",
)  # fmt: skip
WORDS = ("type", "family", "status", "polarity", "object", "place_country")
_COUNTING = frozenset(status.value for status in Status if status.counts)
_OPEN, _CLOSE = {"(", "[", "{"}, {")", "]", "}"}


def needs_of(condition: str) -> Needs:
    """Return what must be so for the condition to hold."""
    return _of(tokens_of(condition))


def both(one: Needs, other: Needs) -> Needs:
    """Return what must be so for two conditions to hold together."""
    return {
        name: one[name] & other[name] if name in one and name in other else (one | other)[name]
        for name in {**one, **other}
    }


def either(needs: Sequence[Needs]) -> Needs:
    """Return what must be so for any of several conditions to hold."""
    shared = set(needs[0]).intersection(*needs[1:]) if needs else set()
    return {name: frozenset().union(*(each[name] for each in needs)) for name in shared}


def types_of(needs: Needs) -> frozenset[str] | None:
    """Return the types that a story must be one of; None when it may be any."""
    types = needs.get("type")
    if "family" in needs:
        family = frozenset(type_.name for type_ in taxonomy().types if type_.family in needs["family"])
        return family if types is None else types & family
    return types


def _of(tokens: Sequence[Token]) -> Needs:
    tokens = _bare(tokens)
    if any(token.text == "?" for token in _outside(tokens)):
        return {}
    choices = list(_split(tokens, "||"))
    if len(choices) > 1:
        return either([_of(choice) for choice in choices])
    links = list(_split(tokens, "&&"))
    if len(links) > 1:
        needs: Needs = {}
        for link in links:
            needs = both(needs, _of(link))
        return needs
    compared = _compared(tokens)
    return dict([compared]) if compared else {}


def _compared(tokens: Sequence[Token]) -> tuple[str, frozenset[str]] | None:
    """Return the variable that a link compares with fixed words, and the words."""
    texts = [token.text for token in tokens]
    match texts:
        case ["counts"]:
            return "status", _COUNTING
        case [name, "==", _] if name in WORDS and _fixed(tokens[2:]):
            return name, _words(tokens[2:])
        case [_, "==", name] if name in WORDS and _fixed(tokens[:1]):
            return name, _words(tokens[:1])
        case [name, "in", "[", *_, "]"] if name in WORDS and _fixed(tokens[3:-1]):
            return name, _words(tokens[3:-1])
        case [_, "in", name] if name in LISTS and _fixed(tokens[:1]):
            return name, _words(tokens[:1])
        case [name, ".", "exists", "(", one, ",", same, "in", "[", *_, "]", ")"] if (
            name in LISTS and one == same and _fixed(tokens[9:-2])
        ):
            return name, _words(tokens[9:-2])
    return None


def _words(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(unquoted(token) for token in tokens if token.kind == "text")


def _fixed(tokens: Sequence[Token]) -> bool:
    """Tell whether these are plain words; one with a backslash may stand for another."""
    return all((token.kind == "text" and "\\" not in token.text) or token.text == "," for token in tokens)


def _bare(tokens: Sequence[Token]) -> Sequence[Token]:
    """Take away brackets that enclose the whole."""
    while len(tokens) > 1 and tokens[0].text == "(" and _closes_at(tokens) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return tokens


def _closes_at(tokens: Sequence[Token]) -> int:
    depth = 0
    for at, token in enumerate(tokens):
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth == 0:
            return at
    return len(tokens)


def _outside(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens that stand in no bracket."""
    depth = 0
    for token in tokens:
        depth -= token.text in _CLOSE
        if depth == 0:
            yield token
        depth += token.text in _OPEN


def _split(tokens: Sequence[Token], sign: str) -> Iterator[list[Token]]:
    """Yield the parts between the signs that stand in no bracket."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if depth == 0 and token.text == sign:
            yield part
            part = []
        else:
            part.append(token)
    yield part
