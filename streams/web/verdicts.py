"""What the rules made of a story: which fired, which would, and which link of the others does not hold. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from streams.alerting.conditions import compile_condition
from streams.alerting.holding import Known, holds
from streams.alerting.literals import tokens_of
from streams.alerting.rule import OVER_STORIES
from streams.alerting.telling import written
from streams.alerting.variables import Facts, Surroundings
from streams.web.story_answers import PartAnswer, RuleVerdict, WhyAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas import Story
    from streams.alerting import Rule, Rules
    from streams.alerting.literals import Token
    from streams.web.gist import AlertGist

_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_JOINTS = frozenset({"||", "?"})
_TIGHT_BEFORE, _TIGHT_AFTER = frozenset(").,]}"), frozenset("(.[{!")


def verdicts(
    story: Story, rules: Rules, alerts: Sequence[AlertGist], fired: Sequence[str], beside: Surroundings
) -> list[RuleVerdict]:
    """Return what each rule on stories made of one: those that fired first, then those nearest to it.

    `alerts`: those on the story that are held; `fired`: rules of which it is known that they alerted to it.
    """
    by_rule = {alert.rule.id: alert for alert in alerts}
    known = Known(Facts(story, beside))
    judged = [
        _judged(rule, known, by_rule.get(rule.id), fired, is_over=story.cancelled)
        for rule in rules.rules
        if rule.kind == "each" or rule.kind in OVER_STORIES
    ]
    told = {verdict.id for verdict in judged}
    gone = [_gone(alert) for id_, alert in by_rule.items() if id_ not in told]
    return sorted([*judged, *gone], key=_distance)


def _judged(
    rule: Rule, known: Known, alert: AlertGist | None, fired: Sequence[str], *, is_over: bool
) -> RuleVerdict:
    context = known.context(rule.reads)
    does_hold = not is_over and (rule.program is None or holds(rule.program, context))
    if rule.steps:
        does_hold = does_hold and any(holds(step, context) for step in rule.steps)
    why = _told(alert) if alert else [WhyAnswer(name=name, value=_shown(known, name)) for name in rule.reads]
    links = _links(rule.text.match) if rule.text.match else ()
    return RuleVerdict(
        id=rule.id,
        title=rule.title,
        version=rule.version,
        kind=rule.kind,
        fired=alert is not None or rule.id in fired,
        holds=does_hold,
        why=why,
        parts=[
            PartAnswer(text=link.text, holds=holds(link.program, context)) for link in links if link.program
        ],
        condition=alert.condition if alert else rule.condition,
    )


def _gone(alert: AlertGist) -> RuleVerdict:
    """Return the verdict of a rule that is in force no more, as its alert tells it."""
    rule = alert.rule
    return RuleVerdict(
        id=rule.id,
        title=rule.title,
        version=rule.version,
        kind="each",
        fired=True,
        holds=False,
        why=_told(alert),
        condition=alert.condition,
    )


def _told(alert: AlertGist) -> list[WhyAnswer]:
    return [WhyAnswer(name=why.name, value=why.value) for why in alert.why]


def _shown(known: Known, name: str) -> str:
    value = known[name]
    return "unknown" if value is None else written(value)


def _distance(verdict: RuleVerdict) -> tuple[bool, bool, float, str]:
    missing = sum(not part.holds for part in verdict.parts) / (len(verdict.parts) or 1)
    return not verdict.fired, not verdict.holds, missing, verdict.id


class _Link:
    """One link of a chain of `&&`, with its program."""

    def __init__(self, text: str) -> None:
        self.text, self.program = text, compile_condition(text)[0]


@lru_cache(maxsize=4_096)
def _links(condition: str) -> tuple[_Link, ...]:
    """Return the links of a condition that is a chain of `&&`; nothing when it is none."""
    chain = _chain(tokens_of(condition))
    return tuple(_Link(_text(link)) for link in chain) if len(chain) > 1 else ()


def _chain(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens between each `&&` that stands in no brackets; nothing where `||` or `?` joins them."""
    chain: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        if not depth and token.text in _JOINTS:
            return []
        if not depth and token.text == "&&":
            chain.append([])
        else:
            chain[-1].append(token)
    return chain


def _text(link: Sequence[Token]) -> str:
    """Return tokens as people write them, without comments."""
    text = ""
    before: Token | None = None
    for token in link:
        is_call = (
            token.text in {"(", "["} and before is not None and before.kind == "name" and before.text != "in"
        )
        is_close = (
            token.text in _TIGHT_BEFORE or is_call or (before is not None and before.text in _TIGHT_AFTER)
        )
        text += token.text if is_close or not text else f" {token.text}"
        before = token
    return text
