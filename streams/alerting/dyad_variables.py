"""What the condition of a zscore rule can read: one watched dyad."""

from __future__ import annotations

from streams.alerting.variables import Kind, Variable


def _unread(_facts: object) -> None:
    """Return nothing: these are read from a dyad, not from a story."""


def _variable(name: str, kind: Kind, meaning: str) -> Variable:
    return Variable(name, kind, meaning, _unread)


DYAD_VARIABLES = {
    variable.name: variable
    for variable in (
        _variable("dyad", "text", "the watched pair, undirected, in alphabetical order: RUS-USA"),
        _variable("sides", "list of texts", "its two sides"),
        _variable("tension", "number", "its tension, both ways together"),
        _variable("z", "number", "how unusual that is for it; unknown without a baseline"),
        _variable("baseline_days", "number", "days that the baseline is taken over"),
        _variable("silence_days", "number", "days since the last contact; unknown when none is held"),
        _variable("refusals", "number", "contacts refused in a row since the last contact"),
        _variable("lines_open", "number", "lines last told to be open"),
        _variable("lines_cut", "number", "lines last told to be cut"),
    )
}
