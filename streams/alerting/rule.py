"""A rule once it is checked, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cel import Program

from streams.alerting.needs import Needs
from streams.alerting.written import RuleText
from streams.errors import FileErrors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.alerting.written import When

OVER_STORIES = frozenset({"count", "distinct", "sum", "sequence", "absence"})
TIMED = frozenset({"absence", "silence", "always"})  # judged on a tick


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule. `reads` are the variables of its conditions, in alphabetical order.

    `program` is None where there is no condition, `steps` are those of a sequence. `needs`: what a story must be for
    any of it to hold.
    """

    text: RuleText
    file: str
    line: int
    program: Program | None
    steps: tuple[Program, ...]
    reads: tuple[str, ...]
    needs: Needs

    @property
    def id(self) -> str:
        """Its id."""
        return self.text.id

    @property
    def version(self) -> int:
        """Its version."""
        return self.text.version

    @property
    def title(self) -> str:
        """A few words for people."""
        return self.text.title

    @property
    def when(self) -> When:
        """When it fires."""
        return self.text.when

    @property
    def kind(self) -> str:
        """`each`, or what it waits for."""
        return self.text.when.kind

    @property
    def condition(self) -> str:
        """Its conditions as they were written."""
        parts = [self.text.match.strip()] if self.text.match else []
        if self.when.sequence:
            parts += [f"{number}. {step.strip()}" for number, step in enumerate(self.when.sequence.steps, 1)]
        return "\n".join(parts)


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules in force."""

    rules: tuple[Rule, ...]

    def of_kind(self, *kinds: str) -> Iterator[Rule]:
        """Yield the rules of these kinds."""
        return (rule for rule in self.rules if rule.kind in kinds)


class RuleErrors(FileErrors):
    """The rules cannot be used; `mistakes` lists everything that is wrong with them."""

    what = "the alert rules"
