"""All data files to all look-up files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson

from lookups import concepts, words
from lookups.actors import Actors
from lookups.assemble import assemble
from lookups.inflect import Inflector
from lookups.models import Grammar, Lexicon
from lookups.paradigms import Paradigms
from lookups.source import BadData, Source
from streams.tagging.frames import Frames
from streams.tagging.table import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Built:
    """The look-up files by name, and what in the data has no effect: concepts without a frame or a word."""

    files: dict[str, bytes]
    unread: list[str]
    wordless: dict[str, list[str]]


def build(data: Path, shown_as: str) -> Built:
    """Build from the data folder, called `shown_as` in messages. Raises BadData with every mistake found."""
    frames = _frames(data / "frames.yaml", f"{shown_as}/frames.yaml")
    actors = Actors.read(data / "actors", f"{shown_as}/actors")
    built = Built({"entities.json": b"".join(_rows(actors.rows()))}, [], {})
    mistakes: list[str] = []
    for lexicon in sorted(data.glob("languages/*/lexicon.yaml")):
        language = lexicon.parent.name
        try:
            table = _language(
                lexicon.parent, f"{shown_as}/languages/{language}", frames, actors, built.unread
            )
        except BadData as error:
            mistakes += error.mistakes
            continue
        built.wordless[language] = sorted(concepts.known(frames) - _concepts_of(table))
        built.files[f"{language}.json"] = _grammar(table)
        built.files[f"{language}.tsv"] = written(table["entries"])
    if mistakes:
        raise BadData(mistakes)
    return built


def _frames(path: Path, shown_as: str) -> Frames:
    source = Source.read(path, shown_as)
    frames = source.parse(Frames)
    concepts.refuse_misfits(frames, source)
    return frames


def _language(
    folder: Path, shown_as: str, frames: Frames, actors: Actors, unread: list[str]
) -> dict[str, Any]:
    sources = {
        name: Source.read(folder / f"{name}.yaml", f"{shown_as}/{name}.yaml")
        for name in ("grammar", "paradigms", "lexicon")
    }
    grammar = sources["grammar"].parse(Grammar)
    lexicon = sources["lexicon"].parse(Lexicon)
    paradigms = sources["paradigms"].parse(Paradigms)
    paradigms.refuse_unknown_endings(sources["paradigms"])
    known = concepts.known(frames) | set(grammar.object_control)
    unread += words.unread(lexicon, sources["lexicon"], known)
    words.refuse_repetition(lexicon, sources["lexicon"])
    forms = words.forms(grammar, lexicon, sources["lexicon"], Inflector(paradigms))
    rest = {
        name: value for name, value in sources["grammar"].raw.items() if name not in ("language", "functions")
    }
    return {
        "grammar": rest,
        "entries": assemble(folder.name, [*forms, *actors.forms(folder.name)]),
    }


def _concepts_of(table: dict[str, Any]) -> set[str]:
    senses = {sense for row in table["entries"] for sense in row.senses.split("|")}
    return {sense.split(" ")[1] for sense in senses if sense[0] in "vna"}


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"[\n"
    yield b",\n".join(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in rows)
    yield b"\n]\n"


def _grammar(table: dict[str, Any]) -> bytes:
    """Write one member a line, so that a change of the data shows as a change of few lines."""
    options = orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(table["grammar"], option=options)
