"""`tocsin silence`: mute alerts until an end, list what is muted, end it early."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import Any

import click
import orjson
from pydantic import TypeAdapter, ValidationError

from schemas import Silence
from schemas.base import stable_id
from schemas.matcher import Matcher
from streams.delivery.policy.durations import Duration
from streams.delivery.policy.loading import unknown_types
from streams.delivery.records import send_silence, silences
from streams.delivery.terminal import one_line
from streams.errors import TocsinError
from streams.settings import Settings, read_settings

bootstrap_option = click.option("--bootstrap", metavar="HOST:PORT", help="Kafka brokers. [TOCSIN_BOOTSTRAP]")
_LISTS = {"rule", "route", "type", "status", "polarity", "dyad", "party", "country", "story"}
_NUMBERS = {"min_severity", "max_severity"}


class NoSuchSilence(TocsinError):
    """There is no silence of this id."""


@click.group()
def command() -> None:
    """Mute alerts until an end, list what is muted, or end it early."""


@command.command()
@click.argument("words", nargs=-1, required=True, metavar="NAME=VALUE…")
@click.option("--for", "lasts", required=True, metavar="DURATION", help="How long: 30m, 4h or 2d.")
@click.option("--reason", required=True, help="Why; it stands in every delivery that is muted.")
@click.option("--author", help="Who asks for it. [the user]")
@bootstrap_option
def add(words: tuple[str, ...], lasts: str, reason: str, author: str | None, bootstrap: str | None) -> None:
    """Mute the alerts that meet every NAME=VALUE, for all receivers.

    NAME is rule, route, type, status, polarity, dyad, party, country, story, min_severity, max_severity or
    label.LABEL. A NAME that stands more than once is met by any of its values. Prints the silence's id.
    """
    now = datetime.now(UTC)
    match = _matcher(words)
    who = author or getpass.getuser()
    try:
        ends = now + TypeAdapter(Duration).validate_python(lasts)
        id_ = stable_id("silence", match.model_dump_json(), now, who)[:10]
        silence = Silence(id=id_, match=match, starts_at=now, ends_at=ends, author=who, reason=reason)
    except ValidationError as error:
        raise click.BadParameter(_said(error), param_hint="--for or --reason") from error
    send_silence(read_settings(bootstrap=bootstrap), silence, now)
    click.echo(f"{silence.id}  until {silence.ends_at:%Y-%m-%d %H:%M} UTC")


@command.command(name="list")
@click.option("--all", "with_ended", is_flag=True, help="Those that have ended too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@bootstrap_option
def list_silences(bootstrap: str | None, *, with_ended: bool, as_json: bool) -> None:
    """List the silences in force."""
    now = datetime.now(UTC)
    for silence in silences(read_settings(bootstrap=bootstrap)):
        if not with_ended and not silence.holds(now):
            continue
        if as_json:
            click.echo(orjson.dumps(silence.model_dump(mode="json", exclude_defaults=True)))
            continue
        match = orjson.dumps(silence.match.model_dump(mode="json", exclude_defaults=True)).decode()
        ends = f"until {silence.ends_at:%Y-%m-%d %H:%M} UTC"
        click.echo(one_line(f"{silence.id}  {ends}  {match}  {silence.author}: {silence.reason}"))


@command.command()
@click.argument("id_", metavar="ID")
@bootstrap_option
def end(id_: str, bootstrap: str | None) -> None:
    """End the silence ID now."""
    settings: Settings = read_settings(bootstrap=bootstrap)
    now = datetime.now(UTC)
    found = next((silence for silence in silences(settings) if silence.id == id_), None)
    if found is None or not found.holds(now):
        raise NoSuchSilence(f"no silence {id_} is in force: `tocsin silence list` shows those that are")
    send_silence(settings, found.model_copy(update={"ends_at": now}), now)
    click.echo(f"{id_} has ended")


def _matcher(words: tuple[str, ...]) -> Matcher:
    raw: dict[str, Any] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value:
            raise click.BadParameter(f"{word!r} is no NAME=VALUE", param_hint="NAME=VALUE")
        if name.startswith("label."):
            raw.setdefault("labels", {})[name.removeprefix("label.")] = value
        elif name in _LISTS:
            raw.setdefault(name, []).append(value)
        elif name in _NUMBERS:
            raw[name] = value
        else:
            known = ", ".join(sorted(_LISTS | _NUMBERS))
            raise click.BadParameter(f"{name!r} is none of {known}, label.LABEL", param_hint="NAME=VALUE")
    try:
        match = Matcher.model_validate(raw)
    except ValidationError as error:
        raise click.BadParameter(_said(error), param_hint="NAME=VALUE") from error
    if unknown := unknown_types(match):
        raise click.BadParameter(f"no type is named {unknown[0]}", param_hint="NAME=VALUE")
    return match


def _said(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = str(first["loc"][0]) + ": " if first["loc"] else ""
    return where + first["msg"]
