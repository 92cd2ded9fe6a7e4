"""The rule lab: posted rules are checked, then tried on the history beside the page, by the code of a worker."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import orjson

from streams.alerting import RuleErrors, load_rules
from streams.web.errand import ErrandFailed, run
from streams.web.story_answers import WhyAnswer
from streams.web.world_answers import (
    BacktestAnswer,
    DayCount,
    MistakeAnswer,
    RuleAnswer,
    SampleAnswer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.alerting import Rule, Rules

WITHIN = 60.0  # seconds for a back-test
AT_ONCE = 1  # back-tests; each takes a core
MOST_WAITING = 3  # more are refused: they would wait for minutes
MOST_SAMPLES = 12
MOST_DAYS = 400


class RuleLab:
    """Tries rules."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._trying = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def backtest(self, text: str) -> BacktestAnswer:
        """Return what rules would have said, or what is wrong with them. Raises ErrandFailed."""
        with tempfile.TemporaryDirectory(prefix="tocsin-rule-lab-") as folder:
            file = Path(folder) / "rules.yaml"
            await asyncio.to_thread(file.write_text, text, encoding="utf-8")
            try:
                await asyncio.to_thread(load_rules, file)
            except RuleErrors as error:
                return BacktestAnswer(
                    mistakes=[
                        MistakeAnswer(line=one.line, rule=one.entry, message=_said(one.problem, one.meant))
                        for one in error.mistakes
                    ]
                )
            said = await self._tried(file)
        return _answer(orjson.loads(said))

    async def _tried(self, file: Path) -> bytes:
        if self._waiting >= MOST_WAITING:
            raise ErrandFailed(f"{self._waiting} others wait for theirs: try again in a minute")
        self._waiting += 1
        try:
            async with self._trying:
                words = ["rules", "backtest", str(file), "--json"]
                return await run(words, self._environment, within=WITHIN)
        finally:
            self._waiting -= 1


def rule_answers(rules: Rules, alerts: Mapping[str, int]) -> Iterator[RuleAnswer]:
    """Yield the rules in force, as they are written. `alerts`: of the last 24 hours, by rule."""
    for rule in rules.rules:
        yield RuleAnswer(
            id=rule.id,
            title=rule.title,
            version=rule.version,
            description=rule.text.description,
            kind=rule.kind,
            condition=rule.condition,
            labels=rule.text.labels,
            yaml=_written(rule, rules),
            alerts_24h=alerts.get(rule.id, 0),
        )


def _written(rule: Rule, rules: Rules) -> str:
    """Return the lines of a rule in its file, as a file of its own."""
    try:
        lines = Path(rule.file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    later = [other.line for other in rules.rules if other.file == rule.file and other.line > rule.line]
    end = min(later, default=len(lines) + 1) - 1
    own = dedent("\n".join(lines[rule.line - 1 : end])).rstrip()
    return "rules:\n" + "\n".join(f"  {line}".rstrip() for line in own.splitlines()) + "\n"


def _said(problem: str, meant: str | None) -> str:
    return f"{problem} (did you mean {meant}?)" if meant else problem


def _answer(report: dict[str, Any]) -> BacktestAnswer:
    """Return a report of `tocsin rules backtest --json` as the page shows it."""
    counts: dict[date, int] = {}
    for rule in report["rules"]:
        for day, alerts in rule["per_day"].items():
            counts[date.fromisoformat(day)] = counts.get(date.fromisoformat(day), 0) + alerts
    total = sum(counts.values())
    noise = {
        name: round(
            sum(rule["noise"][name] * sum(rule["per_day"].values()) for rule in report["rules"]) / total, 3
        )
        for name in (report["rules"][0]["noise"] if report["rules"] and total else ())
    }
    return BacktestAnswer(
        days=report["days"],
        alerts=total,
        per_day=[DayCount(day=day, alerts=counts.get(day, 0)) for day in _days(report, counts)],
        samples=[_sample(rule["rule"], one) for rule in report["rules"] for one in rule["samples"]][
            :MOST_SAMPLES
        ],
        noise=noise,
        untried=report["untried"],
    )


def _days(report: dict[str, Any], counts: Mapping[date, int]) -> list[date]:
    known = [date.fromisoformat(day) for day in (report["first"], report["last"]) if day] + list(counts)
    if not known:
        return []
    length = min((max(known) - min(known)).days + 1, MOST_DAYS)
    return [max(known) - timedelta(days=back) for back in reversed(range(length))]


def _sample(rule: str, told: dict[str, Any]) -> SampleAnswer:
    return SampleAnswer(
        rule=rule,
        story=told["story"],
        summary=told["summary"],
        severity=told["severity"],
        polarity=told["polarity"],
        at=told["at"],
        quote=told["quote"],
        why=[WhyAnswer(name=name, value=value) for name, value in told["why"].items()],
    )
