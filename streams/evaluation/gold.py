"""Gold: texts with what a careful reader notes in them, and probes that ask one question of one sentence."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pydantic reads the annotation
from typing import Annotated, Any, Literal

import orjson
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from schemas import Article, Status, taxonomy, yaml12
from schemas.base import Instant, Lang
from streams.errors import TocsinError

Kind = Literal["negated", "denied", "conditional", "planned", "requested", "historical", "occurred"]


class GoldError(TocsinError):
    """A gold file that cannot be read, or an entry of it that is not sound."""


def _a_type(name: str) -> str:
    if name not in taxonomy():
        raise ValueError(f"{name} is no type of the taxonomy")
    return name


def _listed(status: object) -> object:
    return status if isinstance(status, list) else [status]


TypeName = Annotated[str, BeforeValidator(_a_type)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Want(_Row):
    """One event that must be found. Actors and targets hold at least these ids; no status: any will do."""

    type: TypeName
    status: Annotated[tuple[Status, ...], BeforeValidator(_listed)] = ()
    actors: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    object: str | None = None


class Trap(_Row):
    """What must not be found: a type, in any status or in this one."""

    type: TypeName
    status: Status | None = None

    def __str__(self) -> str:
        return f"{self.type}@{self.status}" if self.status else self.type


class _Text(_Row):
    id: str
    lang: Lang
    published_at: Instant
    title: str = ""
    body: str

    @property
    def article(self) -> Article:
        """The text as an article to tag."""
        return Article(
            id=self.id,
            source="gold",
            title=self.title,
            body=self.body,
            lang=self.lang,
            published_at=self.published_at,
        )


class Case(_Text):
    """A text with all that a careful reader notes in it.

    `alt` are types that may stand for another, `optional` types that may be found or not, `why` and `pair`
    are for people.
    """

    events: tuple[Want, ...]
    absent: tuple[Trap, ...] = ()
    optional: frozenset[TypeName] = frozenset()
    alt: dict[TypeName, frozenset[TypeName]] = Field(default_factory=dict)
    why: str = ""
    pair: str = ""

    @field_validator("absent", mode="before")
    @classmethod
    def _split_status(cls, rules: list[str]) -> list[dict[str, str]]:
        return [dict(zip(("type", "status"), rule.split("@"), strict=False)) for rule in rules]


class Probe(_Text):
    """A sentence that says of one type that it happened or that it did not, and of whom."""

    probe: Kind
    type: TypeName
    actor: str | None
    status: Status | None


def set_files(gold: Path) -> dict[str, list[Path]]:
    """Return the files of each set in this folder. Raises GoldError where there is no gold."""
    found = {
        "dev": sorted((gold / "dev").glob("*.jsonl")) + sorted(gold.parent.glob("tagging/*_cases.yaml")),
        "frozen": sorted((gold / "frozen").glob("*.jsonl")),
        "probes": sorted(gold.glob("probes.jsonl")),
    }
    if missing := [name for name, files in found.items() if not files]:
        raise GoldError(
            f"{gold}: no gold of {', '.join(missing)}; run this in a checkout of tocsin, or name gold files"
        )
    return found


def read_gold(path: Path) -> list[Case | Probe]:
    """Return the cases or probes of a JSON-lines or YAML file.

    Raises GoldError when the file cannot be read or an entry is not sound; it names file and entry.
    """
    try:
        rows = _yaml_rows(path) if path.suffix in (".yaml", ".yml") else _json_rows(path)
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from error
    except (orjson.JSONDecodeError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error
    return [_sound(path, number, row) for number, row in enumerate(rows, 1)]


def _json_rows(path: Path) -> list[Any]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines() if line.strip()]


def _yaml_rows(path: Path) -> list[Any]:
    file = yaml12.load(path.read_text(encoding="utf-8"))
    given = {"lang": file["language"], "published_at": file["published_at"]}
    return [
        given | {"body" if name == "text" else name: value for name, value in row.items()}
        for row in file["cases"]
    ]


def _sound(path: Path, number: int, row: Any) -> Case | Probe:
    try:
        return (Probe if "probe" in row else Case).model_validate(row)
    except (ValidationError, TypeError) as error:
        named = row.get("id", "?") if isinstance(row, dict) else "?"
        raise GoldError(f"{path}: entry {number} ({named}) is not sound: {error}") from error
