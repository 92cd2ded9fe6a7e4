"""What time alone decides: no match for long, no article for long, and the watchdog. Time comes in, none is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from schemas import Alert, Match, Polarity, Status, Thread, Why
from schemas.alert import Period
from schemas.base import stable_id
from schemas.story import Change
from streams.alerting.matches import group_text
from streams.alerting.several import follow, group_id, stories_of, told
from streams.alerting.telling import links_of, of_rule
from streams.alerting.written import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from streams.alerting.groups import Group
    from streams.alerting.rule import Rule

Told = tuple[Alert, Thread]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Heard:
    """When each source was last heard from."""

    last: dict[str, Match] = field(default_factory=dict)

    def put(self, match: Match) -> None:
        """Take note of an article of a source."""
        known = self.last.get(match.subject)
        if known is None or known.at <= match.at:
            self.last[match.subject] = match


def absences(rule: Rule, group: Group, tick: datetime | None, now: datetime) -> Iterator[Told]:
    """Yield what a match, or a tick, makes of a silence: one that begins, ends, or never was."""
    asked = rule.when.absence
    matches = group.counting()
    if asked is None:
        return
    for thread in list(group.threads.values()):
        if thread.start and not thread.ended and not thread.cancelled:
            after = [match for match in matches if match.at > thread.start]
            broke = any(match.at <= thread.start + asked.of for match in after)
            gone = not any(match.at == thread.start for match in matches)
            if after or gone:
                yield _ended(rule, thread, after, now, cancelled=broke or gone)
    if not matches or tick is None or tick < matches[-1].at + asked.of:
        return
    last = matches[-1]
    id_ = group_id(rule, last.group, last.at)
    if id_ not in group.threads:
        about = _of_silence(rule, last, now) | {
            "summary": f"{rule.title}: none for {in_words(asked.of)} or longer. The last: {last.headline}.",
        }
        alert = Alert(id=id_, **about)
        yield alert, told(alert, _thread(rule, id_, group_text(last.group), alert, last.at), 0.0)


def silences(rule: Rule, heard: Heard, threads: Mapping[str, Thread], now: datetime) -> Iterator[Told]:
    """Yield which sources fell silent, or all of them, and which are heard again."""
    by_source = "source" in rule.text.group_by
    if not by_source and heard.last:
        yield from _silence(rule, {}, list(heard.last.values()), threads, now)
    elif by_source:
        for name, match in sorted(heard.last.items()):
            yield from _silence(rule, {"source": name}, [match], threads, now)


def _silence(
    rule: Rule, group: dict[str, str], matches: list[Match], threads: Mapping[str, Thread], now: datetime
) -> Iterator[Told]:
    """Yield whether these sources, of which one has a known rhythm at least, fell silent or are heard again."""
    asked = rule.when.silence
    rhythms = [match.value for match in matches if match.value]
    if asked is None or not rhythms:
        return
    last = max(matches, key=lambda match: (match.at, match.id))
    limit = timedelta(seconds=round(asked.times * min(rhythms)))
    key = stable_id("silence", rule.id, group_text(group))
    thread = threads.get(key)
    if thread and thread.version == rule.version and thread.start == last.at:
        return
    if thread and not thread.ended:
        yield _heard_again(rule, thread, group, last, now)
    if now - last.at > limit:
        about = _timed(rule, now, f"{rule.title}: no article for longer than the rhythm of the sources.")
        about |= {"why": [Why(name="longer than", value=in_words(limit))], "group": group}
        about |= {
            "dedup_key": _key(rule, group, last.at),
            "period": Period(start=last.at, end=last.at + limit),
        }
        alert = Alert(id=group_id(rule, group, last.at), **about)
        yield alert, told(alert, _thread(rule, key, group_text(group), alert, last.at), 0.0)


def always(rule: Rule, threads: Mapping[str, Thread], now: datetime) -> Told | None:
    """Return the watchdog's alert of this period, None when it was raised already."""
    asked = rule.when.always
    if asked is None:
        return None
    start = _EPOCH + asked.every * ((now - _EPOCH) // asked.every)
    known = threads.get(stable_id("always", rule.id))
    if known and known.version == rule.version and known.start and known.start >= start:
        return None
    about = _timed(rule, now, f"{rule.title}: the alerting works.") | {
        "why": [Why(name="every", value=in_words(asked.every))],
        "period": Period(start=start, end=start + asked.every),
        "dedup_key": rule.id,
    }
    alert = Alert(id=group_id(rule, {}, start), **about)
    return alert, told(alert, _thread(rule, stable_id("always", rule.id), "", alert, start), 0.0)


def _ended(rule: Rule, thread: Thread, after: list[Match], now: datetime, *, cancelled: bool) -> Told:
    """Return the message that a silence ended, or that there was none as long as it was said."""
    about = _of_silence(rule, after[0], now) if after else _timed(rule, now, "")
    about["dedup_key"] = f"{rule.id}:{thread.subject}:{_iso(thread)}"
    heard = f" {after[0].headline}." if after else ""
    about["summary"] = f"No longer so: {rule.title}." if cancelled else f"{rule.title}: ended.{heard}"
    about["changes"] = [Change(field="cancelled" if cancelled else "ended", before=False, after=True)]
    about["raised_at"] = now
    alert = follow(thread, "Cancel" if cancelled else "Update", about)
    return alert, told(alert, thread, 0.0, cancelled=cancelled, ended=True)


def _heard_again(rule: Rule, thread: Thread, group: dict[str, str], last: Match, now: datetime) -> Told:
    about = _timed(rule, now, f"{rule.title}: articles come in again.") | {
        "dedup_key": _key(rule, group, thread.start or last.at),
        "group": group,
        "why": [Why(name="heard at", value=last.at.isoformat())],
        "changes": [Change(field="ended", before=False, after=True)],
    }
    alert = follow(thread, "Update", about)
    return alert, told(alert, thread, 0.0, ended=True)


def _of_silence(rule: Rule, last: Match, now: datetime) -> dict[str, Any]:
    asked = rule.when.absence
    return _timed(rule, now, "") | {
        "why": [
            Why(name="last", value=last.at.isoformat()),
            Why(name="for", value=in_words(asked.of) if asked else ""),
        ],
        "stories": stories_of([last]),
        "group": last.group,
        "dyads": [last.group["dyad"]] if "dyad" in last.group else [],
        "period": Period(start=last.at, end=last.at + (asked.of if asked else timedelta(0))),
        "evidence": last.evidence,
        "links": links_of(last.evidence),
        "dedup_key": _key(rule, last.group, last.at),
    }


def _timed(rule: Rule, now: datetime, summary: str) -> dict[str, Any]:
    """Return what an alert says that no story speaks for; it is what the clock shows, so it is confirmed."""
    return of_rule(rule) | {
        "why": [],
        "severity": rule.text.severity or 0.0,
        "polarity": Polarity.NEUTRAL,
        "status": Status.ONGOING,
        "confirmed": True,
        "summary": summary,
        "evidence": [],
        "raised_at": now,
    }


def _thread(rule: Rule, id_: str, subject: str, alert: Alert, start: datetime) -> Thread:
    return Thread(
        id=id_,
        kind="group",
        rule=rule.id,
        version=rule.version,
        subject=subject,
        first=alert.id,
        start=start,
    )


def _key(rule: Rule, group: dict[str, str], start: datetime) -> str:
    return f"{rule.id}:{group_text(group)}:{start.isoformat()}"


def _iso(thread: Thread) -> str:
    return thread.start.isoformat() if thread.start else ""
