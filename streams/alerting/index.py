"""Which rules can hold on a story at all: found by its type, its status and one more thing that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import Status, taxonomy
from streams.alerting.needs import LISTS, WORDS, types_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streams.alerting.rule import Rule

_KEYS = tuple(name for name in (*LISTS, *WORDS) if name not in {"type", "family", "status"})


class _Drawer:
    """The rules for one type and status: by one word that each of them needs, the others under none."""

    def __init__(self) -> None:
        self.any: list[int] = []
        self.by_word: dict[str, dict[str, list[int]]] = {}

    def put(self, at: int, rule: Rule) -> None:
        """Enter a rule under what it needs most particularly."""
        keys = [name for name in _KEYS if name in rule.needs]
        if not keys:
            self.any.append(at)
            return
        name = min(keys, key=lambda name: len(rule.needs[name]))
        for word in rule.needs[name]:
            self.by_word.setdefault(name, {}).setdefault(word, []).append(at)


class Index:
    """The rules that read stories, so laid out that few need be computed on any of them."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._drawers = {
            (type_.name, status.value): _Drawer() for type_ in taxonomy().types for status in Status
        }
        for at, rule in enumerate(rules):
            types, statuses = types_of(rule.needs), rule.needs.get("status")
            for (type_, status), drawer in self._drawers.items():
                if (types is None or type_ in types) and (statuses is None or status in statuses):
                    drawer.put(at, rule)

    def near(self, type_: str, status: str, value: Callable[[str], object]) -> list[Rule]:
        """Return the rules that may hold, in their order. `value` returns what a variable is, None if unknown."""
        drawer = self._drawers.get((type_, status))
        if drawer is None:  # a type of another version of the taxonomy
            return list(self._rules)
        if not drawer.by_word:
            return [self._rules[at] for at in drawer.any]
        found = set(drawer.any)
        for name, by_word in drawer.by_word.items():
            known = value(name)
            words = known if isinstance(known, list) else [known]
            found.update(at for word in words for at in by_word.get(str(word), ()))
        return [self._rules[at] for at in sorted(found)]
