"""The explanation of an article as a person reads it: sentences with their spans in colour, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from streams.tagging import Tagged
    from streams.tagging.explain import Explained, Part, Passage, Words

# In the order they are laid on: an actor's phrase may hold the trigger.
COLOURS = {
    "actor": "cyan",
    "target": "magenta",
    "third party": "blue",
    "date": "green",
    "cue": "black on yellow",
    "trigger": "bold reverse",
}
_INDENT = 4


def show(console: Console, where: str, tagged: Tagged, passages: list[Passage]) -> None:
    """Print the explanation of one article. Nothing in it can command the terminal."""
    console.rule(Text(_plain(where), "bold"), align="left")
    if tagged.outcome == "unsupported_language":
        console.print(Text(f"not read: its language is {_plain(tagged.lang)}, for which there is no lexicon"))
        return
    found = [candidate for passage in passages for candidate in passage.candidates]
    dropped = sum(1 for candidate in found if candidate.dropped)
    legend = Text(f"read as {tagged.lang}; {len(found) - dropped} kept, {dropped} dropped;")
    for name, colour in COLOURS.items():
        legend.append(" ").append(name, colour)
    console.print(legend)
    for passage in passages:
        _show_passage(console, passage)


def _show_passage(console: Console, passage: Passage) -> None:
    """Print a sentence in the colours of its first event, then its candidates; other events repeat it."""
    kept = [candidate for candidate in passage.candidates if not candidate.dropped]
    console.print()
    _print(console, f"{passage.number + 1:>{_INDENT - 1}} ", _first(passage, kept))
    for candidate in passage.candidates:
        if candidate.dropped:
            _print(console, " " * _INDENT, _dropped(candidate))
            continue
        if candidate is not kept[0]:
            _print(console, " " * _INDENT, _coloured(passage.words, candidate))
        _print(console, " " * _INDENT, _kept(candidate))


def _print(console: Console, margin: str, body: Text | Table) -> None:
    line = Table.grid()
    line.add_row(Text(margin, "dim"), body)
    console.print(line)


def _first(passage: Passage, kept: list[Explained]) -> Text:
    if passage.unread:
        return Text(f"(not read: {passage.unread})", "dim")
    if kept:
        return _coloured(passage.words, kept[0])
    return Text(_plain(passage.words.text), "" if passage.candidates else "dim")


def _dropped(candidate: Explained) -> Text:
    line = Text("dropped     ", "red")
    line.append(_plain(candidate.trigger.text), COLOURS["trigger"])
    line.append(f" {candidate.type} ({candidate.frame}): {_plain(candidate.dropped or '')}", "default")
    return line


def _kept(candidate: Explained) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_row(Text("event", "bold green"), Text(f"{candidate.type}, {candidate.status}", "bold"))
    for name, value in _reasons(candidate):
        table.add_row(Text(name.ljust(len("confidence")), "dim"), Text(value))
    return table


def _reasons(candidate: Explained) -> Iterator[tuple[str, str]]:
    partner = f", with {_quoted(candidate.partner)}" if candidate.partner else ""
    yield "fired", f"{_quoted(candidate.trigger)} is {candidate.frame}{partner}"
    yield (
        "status",
        f"{candidate.status}, {_plain(candidate.why)}"
        + (f": {_quoted(candidate.cue)}" if candidate.cue else ""),
    )
    for name, parts in (
        ("actor", candidate.actors),
        ("target", candidate.targets),
        ("third party", candidate.third_party),
    ):
        for part in parts:
            yield name, _of_part(part)
    if candidate.guessed:
        yield "guessed", "; ".join(candidate.guessed)
    yield "date", _of_date(candidate)
    if candidate.attributes:
        yield "attributes", ", ".join(f"{name} {value}" for name, value in candidate.attributes.items())
    yield "confidence", f"{candidate.confidence:.2f}"
    yield "id", candidate.event or "none"


def _of_part(part: Part) -> str:
    person = f", {_plain(part.person)}" if part.person else ""
    role = f" {part.role}" if part.role else ""
    return f"{part.party}{role}{person}: {_quoted(part.words)} ({part.how}; {part.relation})"


def _of_date(candidate: Explained) -> str:
    start, end = candidate.date_start, candidate.date_end
    said = _quoted(candidate.date_words) if candidate.date_words else "no date of its own"
    return f"{start}" + (f" to {end}" if end != start else "") + f" ({candidate.date_precision}): {said}"


def _coloured(sentence: Words, candidate: Explained) -> Text:
    text = Text(_plain(sentence.text))
    spans: dict[str, list[Words] | list[Words | None]] = {
        "actor": [part.words for part in candidate.actors],
        "target": [part.words for part in candidate.targets],
        "third party": [part.words for part in candidate.third_party],
        "date": [candidate.date_words],
        "cue": [candidate.cue],
        "trigger": [candidate.trigger],
    }
    for name, colour in COLOURS.items():
        for words in spans[name]:
            if (
                words and sentence.start <= words.start < sentence.end
            ):  # a pronoun's party may be named before
                text.stylize(colour, words.start - sentence.start, words.end - sentence.start)
    return text


def _quoted(words: Words | None) -> str:
    return f"“{_plain(words.text)}”" if words else ""


def _plain(text: str) -> str:
    """Return the text, as long as before, without anything that a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
