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
        built.files[f"{language}.json"] = b"".join(_table(table))
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
        "language": folder.name,
        "grammar": rest,
        **assemble(folder.name, [*forms, *actors.forms(folder.name)]),
    }


def _concepts_of(table: dict[str, Any]) -> set[str]:
    phrases = (senses for entries in table["phrases"].values() for _, senses in entries)
    groups = (*table["words"].values(), *phrases, *table["stems"].values())
    senses = {sense for group in groups for sense in group.split("|")}
    return {sense.split(" ")[1] for sense in senses if sense[0] in "vna"}


def _rows(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield b"[\n"
    yield b",\n".join(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in rows)
    yield b"\n]\n"


def _table(table: dict[str, Any]) -> Iterator[bytes]:
    """Write one entry a line, keys sorted, so that a change of the data shows as a change of few lines."""
    parts = [b'"language": ' + orjson.dumps(table["language"])]
    parts += [b'"grammar": ' + orjson.dumps(table["grammar"], option=orjson.OPT_SORT_KEYS)]
    for name in ("phrases", "stems", "words"):
        lines = (orjson.dumps(key) + b":" + orjson.dumps(table[name][key]) for key in sorted(table[name]))
        parts.append(b'"%s": {\n%s\n}' % (name.encode(), b",\n".join(lines)))
    yield b"{\n" + b",\n".join(parts) + b"\n}\n"
