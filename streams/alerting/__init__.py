"""Story → alerts. Pure: which rules a story meets, and what to say about it."""

from streams.alerting.alerts import Alerts
from streams.alerting.loading import load_rules
from streams.alerting.rule import Mistake, Rule, RuleErrors, Rules, rule_file_schema

__all__ = ["Alerts", "Mistake", "Rule", "RuleErrors", "Rules", "load_rules", "rule_file_schema"]
