"""Story → alerts. Pure: which rules a story meets, alone or with others, and what to say about it."""

from streams.alerting import lean_cel  # noqa: F401 - before the engine itself
from streams.alerting.alerts import Alerts
from streams.alerting.loading import load_rules
from streams.alerting.rule import Rule, RuleErrors, Rules
from streams.alerting.tense import Tense
from streams.alerting.variables import Surroundings
from streams.alerting.windows import Windows
from streams.alerting.written import rule_file_schema

__all__ = [
    "Alerts",
    "Rule",
    "RuleErrors",
    "Rules",
    "Surroundings",
    "Tense",
    "Windows",
    "load_rules",
    "rule_file_schema",
]
