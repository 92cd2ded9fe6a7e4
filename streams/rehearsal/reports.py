"""Reports as tests of rules write them → the events that the tagger would read in such articles."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas import (
    ArticleRef,
    Claim,
    Codes,
    Event,
    EventDate,
    Evidence,
    Party,
    Place,
    Status,
    Withdrawal,
    taxonomy,
)
from schemas.base import stable_id
from schemas.event import event_id
from streams.alerting.written import Duration
from streams.errors import nearest

BEGAN = datetime(2024, 1, 10, 12, tzinfo=UTC)  # when the reports of a test begin, unless they say otherwise


class WrittenPlace(BaseModel):
    """Where."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = Field(default=None, description="As a text names it; the country when absent.")
    country: str = Field(description="ISO 3166-1 alpha-3.")


class Report(BaseModel):
    """One report of a happening. What it does not say is as in most: it occurred, that day, as one source says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str | None = Field(default=None, description="A type of the taxonomy.")
    status: Status = Field(default=Status.OCCURRED, description="Whether it happened.")
    actors: list[str] = Field(default=[], description="Ids of who did it.")
    targets: list[str] = Field(default=[], description="Ids of whom it was done to.")
    rivals: list[str] = Field(default=[], description="Ids of whom it is against.")
    third_parties: list[str] = Field(default=[], description="Ids of who else has a part in it.")
    object: str | None = Field(default=None, description="What it is about.")
    place: WrittenPlace | None = Field(default=None, description="Where; unknown when absent.")
    after: Duration | None = Field(
        default=None, description="How long after the first report it is published."
    )
    day: date | None = Field(
        default=None, description="When it happened; the day of publication when absent."
    )
    source: str | None = Field(
        default=None, description="Who reports it; someone else each time when absent."
    )
    article: str | None = Field(
        default=None, description="Id of the article, for a report that takes it back."
    )
    severity: float | None = Field(default=None, description="That of the type when absent.")
    confidence: float = Field(default=0.8, description="Share of such events that are right.")
    attributes: dict[str, str | int | float | bool] = Field(default={}, description="What else it tells.")
    heard: str | None = Field(
        default=None,
        description="Instead of all else: a source of which an article comes in that reports nothing.",
    )
    withdraws: str | None = Field(
        default=None, description="Instead of all else: the article that is taken back."
    )

    @model_validator(mode="after")
    def _tells_something(self) -> Self:
        if self.withdraws is None and self.heard is None and self.type is None:
            raise PydanticCustomError("no_type", "the field type is missing", {})
        if self.type is not None and self.type not in taxonomy():
            meant = nearest(self.type, [type_.name for type_ in taxonomy().types])
            hint = f" (did you mean {meant}?)" if meant else ""
            raise PydanticCustomError(
                "type", "no type is named {type}{hint}", {"type": self.type, "hint": hint}
            )
        return self


def told(report: Report, number: int) -> Event | Withdrawal:
    """Return what a report, the `number`th of its test, comes onto the topic of events as."""
    published = BEGAN + (report.after or timedelta(0))
    if report.withdraws is not None:
        id_ = stable_id("withdrawal", report.withdraws, number)
        return Withdrawal(id=id_, article=report.withdraws, reason="retracted", withdrawn_at=published)
    return _event(report, report.type or "", published, number)


def _event(report: Report, type_: str, published: datetime, number: int) -> Event:
    known = taxonomy()[type_]
    article = report.article or f"article-{number}"
    day = report.day or published.date()
    quote = f"{', '.join(report.actors) or 'Someone'}: {known.definition}"
    roles = (*report.actors, ">", *report.targets)
    return Event(
        id=event_id(article, type_, report.status.value, (0, len(quote)), roles),
        type=type_,
        family=known.family,
        polarity=known.polarity,
        severity=known.severity if report.severity is None else report.severity,
        status=report.status,
        actors=_parties(report.actors),
        targets=_parties(report.targets),
        rival=_parties(report.rivals),
        third_party=_parties(report.third_parties),
        object=report.object,
        event_date=EventDate(start=day, end=day, precision="day", text=day.isoformat()),
        place=_place(report.place),
        claim=Claim(kind="article"),
        evidence=Evidence(quote=quote, start=0, end=len(quote), lang="en", trigger=quote),
        attributes=report.attributes,
        confidence=report.confidence,
        codes=Codes(cameo=known.codes.cameo, quadclass=known.codes.quadclass),
        article=ArticleRef(id=article, source=report.source or f"source-{number}", published_at=published),
        tagged_at=published,
        taxonomy=taxonomy().version,
        tagger="test of rules",
    )


def _parties(ids: list[str]) -> list[Party]:
    return [Party(id=id_, name=id_) for id_ in ids]


def _place(written: WrittenPlace | None) -> Place | None:
    if written is None:
        return None
    precision = "city" if written.name else "country"
    return Place(name=written.name or written.country, country=written.country, precision=precision)
