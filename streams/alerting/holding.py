"""Which rules hold on one story: the few that may, found by the index, are computed on what they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cel import Context

from streams.alerting.index import Index
from streams.alerting.rule import OVER_STORIES, Rule
from streams.alerting.variables import VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cel import Program

    from streams.alerting.variables import Facts, Value

# What CEL raises where a condition cannot be computed on one story: a variable that is unknown, an absent attribute,
# a place in a list that is not there, an attribute of another kind, a division by zero.
_NOT_COMPUTABLE = (KeyError, IndexError, TypeError, ValueError, ArithmeticError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Held:
    """A rule that holds on a story; of a sequence, at these steps."""

    rule: Rule
    steps: tuple[int, ...] = ()


class Known:
    """What the variables are for one story, each computed when first asked for."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._values: dict[str, Value | None] = {}
        self._context = Context({})
        self._given: set[str] = set()

    def __getitem__(self, name: str) -> Value | None:
        if name not in self._values:
            self._values[name] = VARIABLES[name].of(self._facts)
        return self._values[name]

    def context(self, reads: Iterable[str]) -> Context:
        """Return a context with these variables in it, save those that are unknown."""
        for name in reads:
            if name not in self._given:
                self._given.add(name)
                if (value := self[name]) is not None:
                    self._context.add_variable(name, value)  # a thousandth of a second for a whole context
        return self._context


class Holding:
    """The rules that read stories."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._index = Index([rule for rule in rules if rule.kind == "each" or rule.kind in OVER_STORIES])

    def on(self, facts: Facts, known: Known) -> Iterator[Held]:
        """Yield the rules that hold on a story, in their order; none on one that was taken back."""
        story = facts.story
        if story.cancelled:
            return
        for rule in self._index.near(story.type, story.status.value, known.__getitem__):
            context = known.context(rule.reads)
            if rule.program is not None and not holds(rule.program, context):
                continue
            steps = tuple(at for at, step in enumerate(rule.steps) if holds(step, context))
            if steps or not rule.steps:
                yield Held(rule, steps)


def holds(program: Program, context: Context) -> bool:
    """Tell whether a condition holds; one that cannot be computed does not."""
    try:
        return program.execute(context) is True
    except _NOT_COMPUTABLE:
        return False
