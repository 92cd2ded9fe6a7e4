"""zscore rules: the tension of a watched dyad far from what is usual for it. One thread while it lasts."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from cel import Context

from schemas import Alert, Polarity, Status, Thread, Why
from schemas.alert import Period
from schemas.base import stable_id
from schemas.story import Change
from streams.alerting.holding import holds
from streams.alerting.raised import Raised
from streams.alerting.several import follow, group_id, told
from streams.alerting.telling import of_rule, written

if TYPE_CHECKING:
    from schemas import Dyad
    from streams.alerting.rule import Rule, Rules
    from streams.alerting.variables import Value

REPEAT = timedelta(days=7)  # between two threads of one dyad, unless the rule says otherwise
GROWN = 1.5  # an open thread is told again when the z-score is so many times what was told


class Tense:
    """Remembers which dyads are out of the usual; it is rebuilt with `restore`."""

    def __init__(self, rules: Rules) -> None:
        self._rules = {rule.id: rule for rule in rules.of_kind("zscore")}
        self._threads: dict[str, Thread] = {}

    def restore(self, thread: Thread) -> None:
        """Take back what was said; of two the later holds."""
        known = self._threads.get(thread.id)
        if thread.rule in self._rules and (known is None or _age(known) <= _age(thread)):
            self._threads[thread.id] = thread

    def on_dyad(self, dyad: Dyad, *, now: datetime) -> Raised:
        """Return what the state of a dyad makes of the rules. Only `raised_at` depends on `now`."""
        raised = Raised()
        for rule in self._rules.values():
            raised.add(self._judged(rule, dyad, now))
        for thread in raised.threads:
            self._threads[thread.id] = thread
        return raised

    def _judged(self, rule: Rule, dyad: Dyad, now: datetime) -> tuple[Alert, Thread] | None:
        asked, z = rule.when.zscore, dyad.tension.z
        key = stable_id("tense", rule.id, rule.version, dyad.id)
        thread = self._threads.get(key)
        if asked is None or (z is None and thread is None):
            return None
        far = 0.0 if z is None else (z if asked.of == "tension" else -z)
        fires = far >= asked.at_least and _matches(rule, dyad)
        day = datetime.combine(dyad.as_of, time(), UTC)
        if dyad.backfill and (thread is None or thread.ended):
            return None
        if thread is None or (thread.ended and fires):
            rested = (
                thread is None or thread.start is None or day >= thread.start + (rule.text.repeat or REPEAT)
            )
            return self._begun(rule, dyad, key, day, far, now) if fires and rested else None
        if thread.ended or not (change := _change(thread, far, fires=fires)):
            return None
        about = _about(rule, dyad, thread.start or day, now) | {"changes": [change]}
        if not fires:
            about["summary"] = f"{rule.title}: {dyad.id} is back to what is usual for it."
        alert = follow(thread, "Update", about)
        return alert, told(alert, thread, far, ended=not fires)

    def _begun(
        self, rule: Rule, dyad: Dyad, key: str, day: datetime, far: float, now: datetime
    ) -> tuple[Alert, Thread]:
        id_ = group_id(rule, {"dyad": dyad.id}, day)
        alert = Alert(id=id_, **_about(rule, dyad, day, now))
        thread = Thread(
            id=key,
            kind="group",
            rule=rule.id,
            version=rule.version,
            subject=f"dyad {dyad.id}",
            first=id_,
            start=day,
        )
        return alert, told(alert, thread, far)


def values_of(dyad: Dyad) -> dict[str, Value]:
    """Return what a condition can read of a dyad, save what is unknown."""
    known: dict[str, Value | None] = {
        "dyad": dyad.id,
        "sides": dyad.sides,
        "tension": dyad.tension.value,
        "z": dyad.tension.z,
        "baseline_days": float(dyad.window.baseline_days),
        "silence_days": None if dyad.silence_days is None else float(dyad.silence_days),
        "refusals": float(dyad.refusals.in_a_row),
        "lines_open": float(dyad.lines_open),
        "lines_cut": float(dyad.lines_cut),
    }
    return {name: value for name, value in known.items() if value is not None}


def _matches(rule: Rule, dyad: Dyad) -> bool:
    return rule.program is None or holds(rule.program, Context(values_of(dyad)))


def _change(thread: Thread, far: float, *, fires: bool) -> Change | None:
    if not fires:
        return Change(field="ended", before=False, after=True)
    before = thread.toll.get("value", far)
    return Change(field="z", before=before, after=far) if far >= GROWN * before else None


def _about(rule: Rule, dyad: Dyad, start: datetime, now: datetime) -> dict[str, Any]:
    known = values_of(dyad)
    shown = dict.fromkeys(("z", "tension", "baseline_days", *rule.reads))
    calm = rule.when.zscore is not None and rule.when.zscore.of == "calm"
    return of_rule(rule) | {
        "why": [Why(name=name, value=written(known.get(name))) for name in shown],
        "group": {"dyad": dyad.id},
        "dyads": [dyad.id],
        "period": Period(start=start, end=datetime.combine(dyad.as_of, time.max, UTC).replace(microsecond=0)),
        "severity": rule.text.severity or 0.0,
        "polarity": Polarity.DEESCALATORY if calm else Polarity.ESCALATORY,
        "status": Status.ONGOING,
        "confirmed": True,
        "summary": f"{rule.title}: {dyad.id} is far from what is usual for it.",
        "evidence": [],
        "dedup_key": f"{rule.id}:dyad {dyad.id}:{start.isoformat()}",
        "raised_at": now,
    }


def _age(thread: Thread) -> tuple[float, int]:
    return thread.start.timestamp() if thread.start else 0.0, thread.messages
