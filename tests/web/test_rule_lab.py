from __future__ import annotations

import asyncio
from datetime import date

from streams.alerting import load_rules
from streams.cli.trial_text import as_json
from streams.rehearsal import Rehearsal
from streams.rehearsal.backtest import begin
from streams.web.rule_lab import RuleLab, _answer, rule_answers
from tests.factories import DAY, a_story


def test_a_report_becomes_days_samples_and_noise():
    rules = load_rules()
    trial, line = begin(rules), Rehearsal(rules)
    trial.take(line.tell(a_story(actors=["USA"], targets=["RUS"])))
    trial.days = {DAY, date(2022, 5, 15)}
    told = _answer(as_json(trial, None))
    assert told.alerts == sum(day.alerts for day in told.per_day) >= 1
    assert [day.day for day in told.per_day] == [DAY, date(2022, 5, 14), date(2022, 5, 15)]
    assert told.samples[0].story
    assert told.samples[0].quote == "the words of the text"
    assert told.noise["never confirmed"] == 1


def test_a_history_without_a_report_has_no_day():
    trial = begin(load_rules())
    told = _answer(as_json(trial, None))
    assert (told.alerts, told.per_day, told.noise) == (0, [], {})


def test_mistakes_are_told_by_their_line_and_nothing_is_tried():
    text = (
        "rules:\n  - id: talks\n    version: 1\n    title: Talks\n    description: d\n    match: typ == 'x'\n"
    )
    told = asyncio.run(RuleLab({}).backtest(text))
    assert [(one.line, one.rule) for one in told.mistakes] == [(6, "rule talks")]
    assert "did you mean type?" in told.mistakes[0].message


def test_a_rule_in_force_is_shown_as_it_is_written_and_can_be_loaded_again(tmp_path):
    rules = load_rules()
    for rule in rule_answers(rules, {rules.rules[0].id: 2}):
        file = tmp_path / "rules.yaml"
        file.write_text(rule.yaml)
        assert [one.id for one in load_rules(file).rules] == [rule.id]
